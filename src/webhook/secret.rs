use base64::{Engine, prelude::BASE64_STANDARD};
use entity::{Timestamp, webhook_subscription as subscription};
use ring::hmac;
use uuid::Uuid;

use crate::{
    Error, Result,
    crypto::{AssociatedData, DataKey, provider},
};

/// Prefix of an encoded secret.
const PREFIX: &str = "whsec_";
/// Length of a generated secret, in bytes.
const LENGTH: usize = 32;

/// The signing secret of one endpoint.
///
/// Source: Standard Webhooks, "Signature scheme".
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Generates a secret.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn random() -> Result<Self> {
        let mut bytes = vec![0; LENGTH];
        provider::fill(&mut bytes)
            .map_err(|_| Error::Fault("the operating system provides no randomness"))?;
        Ok(Self(bytes))
    }

    /// Parses `whsec_` and the base64 of 24 to 64 bytes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (24..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// Returns the encoded secret.
    #[must_use]
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}", BASE64_STANDARD.encode(&self.0))
    }

    /// Returns the signature of a message.
    #[must_use]
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let signature = hmac::sign(&key, format!("{id}.{}.{body}", at.seconds()).as_bytes());
        format!("v1,{}", BASE64_STANDARD.encode(signature))
    }

    /// Seals the secret for a subscription's row.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn seal(&self, key: &DataKey, project: Uuid, row: Uuid, column: &'static str) -> Result<Vec<u8>> {
        Ok(key.seal(associated_data(project, row, column), &self.0)?)
    }

    /// Opens the secret in a subscription's row.
    ///
    /// # Errors
    ///
    /// When the secret was modified, or sealed for another row.
    pub fn open(
        key: &DataKey,
        project: Uuid,
        row: Uuid,
        column: &'static str,
        sealed: &[u8],
    ) -> Result<Self> {
        Ok(Self(key.open(associated_data(project, row, column), sealed)?))
    }
}

/// The column of the current secret.
pub const CURRENT: &str = "secret";
/// The column of the previous secret.
pub const PREVIOUS: &str = "previous_secret";

const fn associated_data(project: Uuid, row: Uuid, column: &'static str) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "webhook_subscriptions", column, row }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret([secret])")
    }
}

/// Returns the secrets that sign a subscription's deliveries: two while the previous secret is still valid.
///
/// # Errors
///
/// When one of them was modified.
pub fn secrets(row: &subscription::Model, key: &DataKey, now: Timestamp) -> Result<Vec<Secret>> {
    let mut secrets = vec![Secret::open(key, row.project_id, row.id, CURRENT, &row.secret)?];
    if let (Some(sealed), Some(until)) = (&row.previous_secret, row.previous_secret_until)
        && now < until
    {
        secrets.push(Secret::open(key, row.project_id, row.id, PREVIOUS, sealed)?);
    }
    Ok(secrets)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: the tests of the `standardwebhooks` crate.
    #[test]
    fn signs_as_the_reference_implementation_does() {
        let secret = Secret::parse("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap();
        let body = r#"{"email":"test@example.com","username":"test_user"}"#;
        let signature = secret.sign("msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", Timestamp(1_649_367_553_000), body);
        assert_eq!(signature, "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    #[test]
    fn a_secret_has_24_to_64_bytes_and_its_prefix() {
        let of = |length: usize| format!("whsec_{}", BASE64_STANDARD.encode(vec![7; length]));
        for length in [24, 32, 64] {
            assert_eq!(Secret::parse(&of(length)).unwrap().expose(), of(length));
        }
        for wrong in [&of(23), &of(65), "whsec_", "", "whsec_!!!!", of(32).strip_prefix("whsec_").unwrap()] {
            assert!(Secret::parse(wrong).is_none(), "{wrong}");
        }
        let random = Secret::random().unwrap();
        assert_eq!(Secret::parse(&random.expose()), Some(random.clone()));
        assert_ne!(random, Secret::random().unwrap());
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::random().unwrap();
        assert_eq!(format!("{secret:?}"), "Secret([secret])");
    }
}

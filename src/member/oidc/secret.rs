//! The secrets of this installation at identity providers, sealed.

use entity::oidc_provider::Model as Provider;
use sealing::AssociatedData;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Error, Result, crypto::RootKey};

/// Seals the secret at a provider.
///
/// # Errors
///
/// When the operating system provides no randomness.
pub fn seal(root: &RootKey, provider: Uuid, secret: &str) -> Result<Vec<u8>> {
    Ok(root.sign_in_key().seal(of(provider), secret.as_bytes())?)
}

/// Opens the secret at a provider, if there is one.
///
/// # Errors
///
/// When it was sealed with another root key.
pub fn open(root: &RootKey, provider: &Provider) -> Result<Option<Zeroizing<String>>> {
    let Some(sealed) = &provider.client_secret else { return Ok(None) };
    let text = String::from_utf8(root.sign_in_key().open(of(provider.id), sealed)?);
    text.map(|text| Some(Zeroizing::new(text))).map_err(|_| Error::Fault("a client's secret is not text"))
}

fn of(provider: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: Uuid::nil(), table: "oidc_providers", column: "client_secret", row: provider }
}

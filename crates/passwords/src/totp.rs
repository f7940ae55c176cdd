use std::fmt;

use qrcode::{Color, QrCode};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::{PasswordError, error::random};

/// Duration of a time step in seconds.
const STEP: i64 = 30;
/// Steps before and after the current one whose codes are accepted, for clocks that differ and slow typing.
const SKEW: u16 = 1;
/// Digits of a code. With SHA-1 and 30 seconds, the only values that all authenticator apps support.
const DIGITS: u8 = 6;

/// The secret of an authenticator app: 160 random bits, as RFC 4226 recommends.
#[derive(Clone)]
pub struct TotpSecret(Secret);

/// What an authenticator app needs to begin.
pub struct Enrolment {
    /// The `otpauth://` URI.
    pub uri: Zeroizing<String>,
    /// The secret in base32, in groups of four characters, for typing.
    pub secret: Zeroizing<String>,
    /// The URI as a QR code: rows of `0` (light) and `1` (dark). Without the quiet zone: leave a margin of
    /// four modules.
    pub qr_code: Vec<String>,
}

impl TotpSecret {
    /// Generates a new secret.
    pub fn generate() -> Result<Self, PasswordError> {
        Ok(Self(Secret::new_stack(random()?)))
    }

    /// The secret with these bytes, as [`TotpSecret::as_bytes`] returned them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PasswordError> {
        if bytes.len() < 16 {
            return Err(PasswordError::ShortSecret);
        }
        Ok(Self(Secret::new(bytes.into())))
    }

    /// The bytes to seal and store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Returns the time step of a code that is valid at `now`, in seconds of Unix time, and whose step is after
    /// `last_step`. `None` if the code is wrong or was used.
    ///
    /// The caller stores the step as the account's `last_step`, and only if the stored one is still smaller:
    /// of two requests with the same code at the same time, one is accepted.
    #[must_use]
    pub fn verify(&self, code: &str, now: i64, last_step: Option<i64>) -> Option<i64> {
        // Apps show the code in two groups, and people type it so.
        let code: Zeroizing<String> =
            Zeroizing::new(code.chars().filter(|character| !character.is_whitespace()).collect());
        let now = u64::try_from(now).ok()?;
        let step = self.totp().ok()?.check(&code, now)?;
        let step = i64::try_from(step).ok()?;
        (last_step.is_none_or(|last| step > last)).then_some(step)
    }

    /// The code at a time, in seconds of Unix time: what the app shows. For tests and demos.
    #[must_use]
    pub fn code_at(&self, now: i64) -> Option<String> {
        let now = u64::try_from(now).ok()?;
        Some(self.totp().ok()?.generate(now).to_string())
    }

    /// What to show once to the person who adds an authenticator app: `issuer` is the name of the service and
    /// `account` of the account.
    pub fn enrolment(&self, issuer: &str, account: &str) -> Result<Enrolment, PasswordError> {
        let totp = self.builder().with_issuer(Some(issuer)).with_account_name(account).build();
        let uri = totp.and_then(|totp| totp.to_url()).map_err(|_| PasswordError::Label)?;
        let uri = Zeroizing::new(uri);
        let code = QrCode::new(uri.as_bytes()).map_err(|_| PasswordError::Label)?;
        let width = code.width();
        let modules: Vec<char> = code
            .into_colors()
            .into_iter()
            .map(|color| if color == Color::Dark { '1' } else { '0' })
            .collect();
        let qr_code = modules.chunks(width).map(|row| row.iter().collect()).collect();
        Ok(Enrolment { uri, secret: grouped(&self.0.to_base32()), qr_code })
    }

    fn builder(&self) -> Builder {
        Builder::new()
            .with_secret(self.0.clone())
            .with_digits(DIGITS)
            .with_skew(SKEW)
            .with_step_duration(STEP.unsigned_abs())
    }

    fn totp(&self) -> Result<Totp, PasswordError> {
        self.builder().build().map_err(|_| PasswordError::ShortSecret)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret([secret])")
    }
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment([secret])")
    }
}

fn grouped(text: &str) -> Zeroizing<String> {
    let mut grouped = Zeroizing::new(String::with_capacity(text.len() * 5 / 4));
    for (index, character) in text.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(character);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    /// RFC 6238, appendix B, SHA-1, the last six of eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.code_at(time).as_deref(), Some(code));
            assert_eq!(secret.verify(code, time, None), Some(time / 30));
        }
    }

    #[test]
    fn accepts_codes_of_the_steps_beside_the_current_one_only() {
        let secret = TotpSecret::generate().unwrap();
        for (ahead, is_accepted) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let code = secret.code_at(NOW + ahead).unwrap();
            let expected = is_accepted.then_some((NOW + ahead) / 30);
            // Two steps have the same code once in a million.
            if secret.code_at(NOW) != Some(code.clone()) || ahead == 0 {
                assert_eq!(secret.verify(&code, NOW, None), expected, "{ahead}");
            }
        }
    }

    #[test]
    fn a_code_is_accepted_once() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        let code = secret.code_at(NOW).unwrap();
        let step = secret.verify(&code, NOW, None).unwrap();
        assert_eq!(secret.verify(&code, NOW, Some(step - 1)), Some(step));
        assert_eq!(secret.verify(&code, NOW, Some(step)), None);
        assert_eq!(secret.verify(&code, NOW + 29, Some(step)), None);
        // A code of an earlier step is not accepted after one of a later step.
        let earlier = secret.code_at(NOW - 30).unwrap();
        assert_eq!(secret.verify(&earlier, NOW, Some(step)), None);
        assert_eq!(secret.verify(&secret.code_at(NOW + 30).unwrap(), NOW + 30, Some(step)), Some(step + 1));
    }

    #[test]
    fn reads_a_code_in_groups_and_rejects_what_is_none() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        assert!(secret.verify(" 287 082 ", 59, None).is_some());
        for code in ["", "28708", "2870820", "94287082", "+87082", "abcdef", "２８７０８２", "287082\0"]
        {
            assert_eq!(secret.verify(code, 59, None), None, "{code}");
        }
        assert_eq!(secret.verify("287082", -1, None), None);
        assert_eq!(secret.verify("287082", i64::MAX, None), None);
    }

    #[test]
    fn a_secret_is_stored_as_bytes_and_never_shown_in_logs() {
        let secret = TotpSecret::generate().unwrap();
        assert_eq!(secret.as_bytes().len(), 20);
        assert_ne!(secret.as_bytes(), TotpSecret::generate().unwrap().as_bytes());
        let read = TotpSecret::from_bytes(secret.as_bytes()).unwrap();
        assert_eq!(read.code_at(NOW), secret.code_at(NOW));
        assert_eq!(TotpSecret::from_bytes(&[0; 15]).unwrap_err(), PasswordError::ShortSecret);
        assert_eq!(format!("{secret:?}"), "TotpSecret([secret])");
    }

    #[test]
    fn an_enrolment_has_the_uri_as_text_and_as_a_qr_code() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        let enrolment = secret.enrolment("Acme & Söhne", "ada+1@example.org").unwrap();
        assert_eq!(
            enrolment.uri.as_str(),
            "otpauth://totp/Acme%20%26%20S%C3%B6hne:ada%2B1%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20%26%20S%C3%B6hne"
        );
        assert_eq!(enrolment.secret.as_str(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let width = enrolment.qr_code.len();
        assert!(width >= 21 && width % 4 == 1, "{width}");
        for row in &enrolment.qr_code {
            assert_eq!(row.len(), width);
            assert!(row.chars().all(|module| matches!(module, '0' | '1')));
        }
        // A finder pattern in three corners.
        assert!(enrolment.qr_code[0].starts_with("1111111") && enrolment.qr_code[0].ends_with("1111111"));
        assert!(enrolment.qr_code[width - 1].starts_with("1111111"));
        assert!(!enrolment.qr_code[width - 1].ends_with("1111111"));
        for (issuer, account) in [("Acme", ""), ("A:B", "ada"), ("Acme", "a:b"), ("Acme", &"x".repeat(4000))]
        {
            assert_eq!(secret.enrolment(issuer, account).unwrap_err(), PasswordError::Label);
        }
        assert_eq!(format!("{enrolment:?}"), "Enrolment([secret])");
    }
}

use ring::rand::{SecureRandom, SystemRandom};

/// Why a value cannot be generated, hashed or compared. None of these is a wrong password or code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub enum PasswordError {
    /// The operating system provides no randomness.
    NoRandomness,
    /// The stored hash is not an Argon2 hash in the PHC string format.
    MalformedHash,
    /// The hash could not be computed: there is not enough memory.
    NotHashed,
    /// The stored TOTP secret has fewer than 16 bytes.
    ShortSecret,
    /// The label of an account or service contains a colon, is empty, or does not fit in a QR code.
    Label,
}

impl PasswordError {
    /// The message, for errors that keep a static text.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoRandomness => "the operating system provides no randomness",
            Self::MalformedHash => "the stored password hash is not an Argon2 hash in the PHC string format",
            Self::NotHashed => "the password cannot be hashed: there is not enough memory",
            Self::ShortSecret => "the stored TOTP secret has fewer than 16 bytes",
            Self::Label => {
                "the names of the service and of the account must not be empty, contain a colon, or be too long for a QR code"
            }
        }
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], PasswordError> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| PasswordError::NoRandomness)?;
    Ok(bytes)
}

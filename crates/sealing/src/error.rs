use std::{io, path::PathBuf};

/// Why a value cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub enum SealError {
    /// The value was sealed with another key or for another location, or was changed.
    Broken,
    /// The cipher cannot seal a value of this length; the limit is about 256 GiB.
    TooLong,
    /// The operating system provides no randomness.
    NoRandomness,
    /// The unwrapped value is not a key.
    NotAKey,
}

impl SealError {
    /// The message, for errors that keep a static text.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Broken => "a sealed value cannot be opened: it was sealed with another key, or was changed",
            Self::TooLong => "the value is too long to be sealed",
            Self::NoRandomness => "the operating system provides no randomness",
            Self::NotAKey => "the key does not have 32 bytes",
        }
    }
}

/// Why the derivation key is not available.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The text is not 32 bytes in base64.
    #[error("the key must be 32 bytes in base64")]
    Malformed,
    /// The file cannot be read or created.
    #[error("the key file `{}` cannot be used: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
}

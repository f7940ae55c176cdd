use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use sealing::{DataKey, DerivationKey, KeyFileError, key_name};
use uuid::Uuid;

/// The key that only the installation has. Everything keyed is keyed with a value derived from it.
#[derive(Clone)]
pub struct RootKey(DerivationKey);

/// Why there is no root key: one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyError {
    #[error("the root key has to be 32 bytes in base64, as `openssl rand -base64 32` prints them")]
    Malformed,
    #[error("the root key file `{}` cannot be used ({source}): make it readable, or name another with --root-key-file", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(
        "this database belongs to another root key than `{0}`: start with the key file it was created with \
         (--root-key-file), or its content in VERIGRAPH_ROOT_KEY"
    )]
    Foreign(String),
    #[error(
        "this database belongs to the root key {key}, and there is no root key file at `{}`: put the file it was created \
         with there, name it with --root-key-file, or give its content in VERIGRAPH_ROOT_KEY", path.display()
    )]
    Missing { key: String, path: PathBuf },
}

impl From<KeyFileError> for RootKeyError {
    fn from(error: KeyFileError) -> Self {
        match error {
            KeyFileError::Malformed => Self::Malformed,
            KeyFileError::File { path, source } => Self::File { path, source },
        }
    }
}

impl RootKey {
    /// Reads a key as base64.
    ///
    /// # Errors
    ///
    /// [`RootKeyError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, RootKeyError> {
        Ok(Self(DerivationKey::parse(text)?))
    }

    /// Reads the key in a file. `None` if there is no such file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or has other content.
    pub fn read(path: &Path) -> Result<Option<Self>, RootKeyError> {
        Ok(sealing::read(path)?.map(Self))
    }

    /// Reads the key in a file, or creates the file, readable by its owner only, on the very first start. The caller has
    /// made sure that the database belongs to no key yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or created, or has other content.
    ///
    /// # Panics
    ///
    /// When the operating system has no randomness to give.
    pub fn read_or_create(path: &Path) -> Result<Self, RootKeyError> {
        Ok(Self(sealing::read_or_create(path)?))
    }

    /// Distinguishes this key from others without revealing anything about it.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<u8> {
        self.0.fingerprint().to_vec()
    }

    /// The name of this key, to tell it from others: the beginning of its fingerprint.
    #[must_use]
    pub fn name(&self) -> String {
        key_name(&self.fingerprint())
    }

    /// The keyed hash under which a credential's secret is stored.
    // Fast on purpose: secrets are 256 random bits, so there is nothing to guess that a slow hash would protect.
    #[must_use]
    pub fn hash_secret(&self, secret: &str) -> Vec<u8> {
        self.derive("credential secret", secret.as_bytes())
    }

    /// The keyed hash under which an API key is stored, and found.
    #[must_use]
    pub fn hash_api_key(&self, key: &str) -> Vec<u8> {
        self.derive("api key", key.as_bytes())
    }

    /// The bytes of a token-signing key.
    #[must_use]
    pub fn signing_key(&self, id: Uuid) -> Vec<u8> {
        self.derive("token signing key", id.as_bytes())
    }

    /// The signature of an address that stands for a token.
    #[must_use]
    pub fn sign_ticket(&self, ticket: &str) -> Vec<u8> {
        self.derive("ticket", ticket.as_bytes())
    }

    /// The key that wraps the keys of projects.
    pub(super) fn wrapping_key(&self) -> DataKey {
        DataKey::from_bytes(self.0.derive("project key", &[]))
    }

    /// The keyed hash by which a value can be looked up that is stored sealed. Only for values that cannot be guessed by
    /// trying them all.
    #[must_use]
    pub fn lookup(&self, project: Uuid, what: &str, value: &str) -> Vec<u8> {
        self.derive("lookup", &[project.as_bytes(), what.as_bytes(), b"\0", value.as_bytes()].concat())
    }

    /// The keyed hash under which a credential's idempotency key is stored.
    #[must_use]
    pub fn idempotency_key(&self, credential: Uuid, key: &str) -> Vec<u8> {
        self.derive("idempotency key", &[credential.as_bytes(), key.as_bytes()].concat())
    }

    /// The keyed hash of the input that an idempotency key is used with. Keyed, since short or personal inputs could be
    /// guessed from a plain hash.
    #[must_use]
    pub fn idempotency_input(&self, credential: Uuid, operation: &str, input: &[u8]) -> Vec<u8> {
        // Names of operations have no NUL, so no two inputs read alike.
        let parts = [credential.as_bytes(), operation.as_bytes(), b"\0", input];
        self.derive("idempotency input", &parts.concat())
    }

    /// The key that seals what an idempotency key is answered with. It derives from the key as the caller wrote it, which is
    /// never stored: the database and the root key alone do not open it.
    #[must_use]
    pub fn idempotency_seal(&self, credential: Uuid, key: &str) -> DataKey {
        let input = [credential.as_bytes(), key.as_bytes()].concat();
        DataKey::from_bytes(self.0.derive("idempotency answer", &input))
    }

    /// What the key that signs receipts of erasures is made of.
    #[must_use]
    pub fn receipt_seed(&self) -> Vec<u8> {
        self.derive("erasure receipts", &[])
    }

    fn derive(&self, purpose: &str, input: &[u8]) -> Vec<u8> {
        self.0.derive(purpose, input).to_vec()
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey([secret])")
    }
}

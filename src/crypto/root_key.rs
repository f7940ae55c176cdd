use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use sealing::{DataKey, DerivationKey, KeyFileError, key_name};
use uuid::Uuid;

/// The key that only the installation has. Every keyed value uses a key derived from it.
#[derive(Clone)]
pub struct RootKey(DerivationKey);

/// Reason why the root key is unavailable: one line that says how to fix it.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyError {
    #[error("the root key must be 32 bytes in base64, as `openssl rand -base64 32` prints them")]
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
    #[error(transparent)]
    Database(#[from] crate::Error),
}

impl From<sea_orm::DbErr> for RootKeyError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
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
    /// Parses a base64 key.
    ///
    /// # Errors
    ///
    /// [`RootKeyError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, RootKeyError> {
        Ok(Self(DerivationKey::parse(text)?))
    }

    /// Reads the key from a file. Returns `None` if the file does not exist.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is malformed.
    pub fn read(path: &Path) -> Result<Option<Self>, RootKeyError> {
        Ok(sealing::read(path)?.map(Self))
    }

    /// Reads the key from a file. On the very first start it creates the file, readable by its owner only.
    /// The caller has checked that the database belongs to no key yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or created, or is malformed.
    ///
    /// # Panics
    ///
    /// When the operating system provides no randomness.
    pub fn read_or_create(path: &Path) -> Result<Self, RootKeyError> {
        Ok(Self(sealing::read_or_create(path)?))
    }

    /// Returns a value that distinguishes this key from others without revealing anything about it.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<u8> {
        self.0.fingerprint().to_vec()
    }

    /// Returns the display name of the key: the start of its fingerprint.
    #[must_use]
    pub fn name(&self) -> String {
        key_name(&self.fingerprint())
    }

    /// Returns the keyed hash under which a credential's secret is stored.
    // Fast on purpose: secrets are 256 random bits, so a slow hash would not protect them any better.
    #[must_use]
    pub fn hash_secret(&self, secret: &str) -> Vec<u8> {
        self.derive("credential secret", secret.as_bytes())
    }

    /// Returns the keyed hash under which an API key is stored and found.
    #[must_use]
    pub fn hash_api_key(&self, key: &str) -> Vec<u8> {
        self.derive("api key", key.as_bytes())
    }

    /// Returns the keyed hash under which a session is stored and found by its cookie.
    #[must_use]
    pub fn session_token(&self, token: &str) -> Vec<u8> {
        self.derive("sign-in session", token.as_bytes())
    }

    /// Returns the keyed hash under which a link or a sign-in attempt is stored and found by its token.
    #[must_use]
    pub fn link_token(&self, token: &str) -> Vec<u8> {
        self.derive("sign-in link", token.as_bytes())
    }

    /// Returns the keyed hash that finds a member by its e-mail address.
    #[must_use]
    pub fn member_email(&self, address: &str) -> Vec<u8> {
        self.derive("member e-mail", address.trim().to_lowercase().as_bytes())
    }

    /// Returns the keyed hash that finds a member by what an identity provider calls it.
    #[must_use]
    pub fn oidc_subject(&self, provider: Uuid, subject: &str) -> Vec<u8> {
        self.derive("oidc subject", &[provider.as_bytes(), subject.as_bytes()].concat())
    }

    /// Returns the keyed hash of a member's recovery code.
    #[must_use]
    pub fn recovery_code(&self, member: Uuid, code: &[u8]) -> Vec<u8> {
        self.derive("recovery code", &[member.as_bytes(), code].concat())
    }

    /// Returns the keyed hash under which failed sign-ins are counted.
    #[must_use]
    pub fn sign_in_bucket(&self, what: &str, of: &[u8], from: &str) -> Vec<u8> {
        self.derive("sign-in failures", &[what.as_bytes(), b"\0", of, b"\0", from.as_bytes()].concat())
    }

    /// Returns the value that marks a device on which an account has signed in.
    #[must_use]
    pub fn known_device(&self, account: &[u8]) -> Vec<u8> {
        self.derive("known device", account)
    }

    /// Returns the secret that is hashed together with passwords.
    #[must_use]
    pub fn password_pepper(&self) -> [u8; 32] {
        self.0.derive("password pepper", &[])
    }

    /// Derives the key that wraps members' keys.
    #[must_use]
    pub fn member_wrapping_key(&self) -> DataKey {
        DataKey::from_bytes(self.0.derive("member key", &[]))
    }

    /// Derives the key that seals links and sign-in attempts.
    #[must_use]
    pub fn sign_in_key(&self) -> DataKey {
        DataKey::from_bytes(self.0.derive("sign-in state", &[]))
    }

    /// Derives a token-signing key.
    #[must_use]
    pub fn signing_key(&self, id: Uuid) -> Vec<u8> {
        self.derive("token signing key", id.as_bytes())
    }

    /// Signs a ticket, for a URL that replaces a token.
    #[must_use]
    pub fn sign_ticket(&self, ticket: &str) -> Vec<u8> {
        self.derive("ticket", ticket.as_bytes())
    }

    /// Derives the key that wraps project keys.
    pub(super) fn wrapping_key(&self) -> DataKey {
        DataKey::from_bytes(self.0.derive("project key", &[]))
    }

    /// Returns the keyed hash that finds a value stored sealed. Only for values that cannot be guessed by
    /// trying them all.
    #[must_use]
    pub fn lookup(&self, project: Uuid, what: &str, value: &str) -> Vec<u8> {
        self.derive("lookup", &[project.as_bytes(), what.as_bytes(), b"\0", value.as_bytes()].concat())
    }

    /// Returns the keyed hash under which a credential's idempotency key is stored.
    #[must_use]
    pub fn idempotency_key(&self, credential: Uuid, key: &str) -> Vec<u8> {
        self.derive("idempotency key", &[credential.as_bytes(), key.as_bytes()].concat())
    }

    /// Returns the keyed hash of the input of an idempotency key. It is keyed because short or personal
    /// inputs could be guessed from a plain hash.
    #[must_use]
    pub fn idempotency_input(&self, credential: Uuid, operation: &str, input: &[u8]) -> Vec<u8> {
        // Operation names contain no NUL, so no two inputs encode to the same bytes.
        let parts = [credential.as_bytes(), operation.as_bytes(), b"\0", input];
        self.derive("idempotency input", &parts.concat())
    }

    /// Derives the key that seals the stored result of an idempotency key. It depends on the key as the
    /// client sent it, which is never stored: the database and the root key alone cannot open the result.
    #[must_use]
    pub fn idempotency_seal(&self, credential: Uuid, key: &str) -> DataKey {
        let input = [credential.as_bytes(), key.as_bytes()].concat();
        DataKey::from_bytes(self.0.derive("idempotency answer", &input))
    }

    /// Derives the seed of the key that signs erasure receipts.
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

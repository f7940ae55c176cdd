use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use ring::hmac;
use uuid::Uuid;

use super::{provider, seal::DataKey};

/// 32 random bytes that only the installation has. Everything keyed is keyed with a value derived from it.
#[derive(Clone)]
pub struct RootKey(hmac::Key);

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

impl RootKey {
    /// Reads a key as base64.
    ///
    /// # Errors
    ///
    /// [`RootKeyError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, RootKeyError> {
        let bytes = BASE64_STANDARD.decode(text.trim()).map_err(|_| RootKeyError::Malformed)?;
        if bytes.len() != 32 {
            return Err(RootKeyError::Malformed);
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// Reads the key in a file. `None` if there is no such file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or holds something else.
    pub fn read(path: &Path) -> Result<Option<Self>, RootKeyError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map(Some),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            Err(source) => Err(RootKeyError::File { path: path.to_owned(), source }),
        }
    }

    /// Reads the key in a file, or creates the file, readable by its owner only, on the very first start. The caller has
    /// made sure that the database belongs to no key yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or created, or holds something else.
    ///
    /// # Panics
    ///
    /// When the operating system has no randomness to give.
    pub fn read_or_create(path: &Path) -> Result<Self, RootKeyError> {
        let refused = |source| RootKeyError::File { path: path.to_owned(), source };
        if let Some(directory) = path.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(refused)?;
        }
        // Written beside and linked into place, so that of two servers that start at once both read the same whole key.
        if !path.exists() {
            let mut bytes = [0; 32];
            provider::fill(&mut bytes).expect("the operating system gives randomness");
            let draft = path.with_extension(format!("{}.new", std::process::id()));
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&draft)
                .map_err(refused)?;
            writeln!(file, "{}", BASE64_STANDARD.encode(bytes))
                .and_then(|()| file.sync_all())
                .map_err(refused)?;
            let linked = fs::hard_link(&draft, path);
            fs::remove_file(&draft).map_err(refused)?;
            match linked {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(refused(error)),
                Ok(()) | Err(_) => {}
            }
        }
        Self::parse(&fs::read_to_string(path).map_err(refused)?)
    }

    /// Tells this key from another without telling anything about it.
    #[must_use]
    pub fn fingerprint(&self) -> Vec<u8> {
        self.derive("fingerprint", &[])
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
        let bytes = self.derive("project key", &[]);
        // A block of HMAC-SHA256 is as long as a key.
        DataKey::of(&bytes.try_into().unwrap_or_default())
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
        let bytes = self.derive("idempotency answer", &[credential.as_bytes(), key.as_bytes()].concat());
        let mut seal = [0; 32];
        seal.copy_from_slice(&bytes);
        DataKey::of(&seal)
    }

    /// What the key that signs receipts of erasures is made of.
    #[must_use]
    pub fn receipt_seed(&self) -> Vec<u8> {
        self.derive("erasure receipts", &[])
    }

    /// One block of HMAC-SHA256 over a purpose and its input: a pseudo-random function, as HKDF's expand step.
    fn derive(&self, purpose: &str, input: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(input);
        context.sign().as_ref().to_vec()
    }
}

/// The name of the key that has this fingerprint: its first eight bytes in hexadecimal digits.
#[must_use]
pub fn key_name(fingerprint: &[u8]) -> String {
    fingerprint.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The permissions of a root key file, if others than its owner may read or change it.
#[must_use]
pub fn too_open(path: &Path) -> Option<u32> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    Some(mode).filter(|mode| mode & 0o077 != 0)
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey([secret])")
    }
}

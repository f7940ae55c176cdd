use std::{
    fmt::{self, Write},
    sync::Arc,
};

use moka::sync::Cache;
use ring::digest::{SHA256, digest};
use serde_json::Value as Json;
use uuid::Uuid;

/// Capacity of the cache of persisted documents, in bytes.
const CAPACITY: u64 = 16 * 1024 * 1024;

/// Cache of documents that clients request by hash (automatic persisted queries). The key contains the
/// project, so that a project can neither use nor detect the documents of another.
pub struct Persisted(Cache<(Uuid, Hash), Arc<str>>);

/// SHA-256 of a document, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hash(String);

impl Hash {
    /// Parses the hash in the `extensions` of a request, if present.
    ///
    /// # Errors
    ///
    /// The reason why the extension is invalid.
    pub fn asked_for(extensions: &Json) -> Result<Option<Self>, &'static str> {
        let Some(extension) = extensions.get("persistedQuery").filter(|extension| !extension.is_null())
        else {
            return Ok(None);
        };
        if extension["version"] != 1 {
            return Err("`extensions.persistedQuery.version` must be 1");
        }
        match extension["sha256Hash"].as_str() {
            Some(hash) if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Ok(Some(Self(hash.to_ascii_lowercase())))
            }
            Some(_) | None => Err("`extensions.persistedQuery.sha256Hash` must be 64 hexadecimal digits"),
        }
    }

    /// Computes the hash of a document.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let digest = digest(&SHA256, text.as_bytes());
        Self(digest.as_ref().iter().fold(String::new(), |mut text, byte| {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Persisted {
    fn default() -> Self {
        let weigh = |(_, hash): &(Uuid, Hash), text: &Arc<str>| {
            u32::try_from(hash.0.len() + text.len()).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weigh).max_capacity(CAPACITY).build())
    }
}

impl Persisted {
    /// Returns the document with a hash, if a client of the project has sent it.
    #[must_use]
    pub fn find(&self, project: Uuid, hash: &Hash) -> Option<Arc<str>> {
        self.0.get(&(project, hash.clone()))
    }

    /// Stores a document that passed the guard.
    pub fn remember(&self, project: Uuid, hash: Hash, text: &str) {
        self.0.insert((project, hash), text.into());
    }
}

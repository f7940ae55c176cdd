use std::{fmt, fmt::Write, sync::Arc};

use moka::sync::Cache;
use ring::digest::{SHA256, digest};
use serde_json::Value as Json;
use uuid::Uuid;

/// Bytes of documents that are remembered by their hashes.
const CAPACITY: u64 = 16 * 1024 * 1024;

/// Documents that clients ask for by their hash (automatic persisted queries). Each project has its own: what one has
/// sent opens nothing for another, and tells it nothing.
pub struct Persisted(Cache<(Uuid, Hash), Arc<str>>);

/// The SHA-256 of a document, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hash(String);

impl Hash {
    /// The hash that the `extensions` of a request ask for, if they do.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn asked_for(extensions: &Json) -> Result<Option<Self>, &'static str> {
        let Some(asked) = extensions.get("persistedQuery").filter(|asked| !asked.is_null()) else {
            return Ok(None);
        };
        if asked["version"] != 1 {
            return Err("`extensions.persistedQuery.version` has to be 1");
        }
        match asked["sha256Hash"].as_str() {
            Some(hash) if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Ok(Some(Self(hash.to_ascii_lowercase())))
            }
            Some(_) | None => Err("`extensions.persistedQuery.sha256Hash` has to be 64 hexadecimal digits"),
        }
    }

    /// The hash of a document.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let digest = digest(&SHA256, text.as_bytes());
        Self(digest.as_ref().iter().fold(String::new(), |mut text, byte| {
            // Writing to a text cannot fail.
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
    /// The document of a hash, if a client of the project has sent it.
    #[must_use]
    pub fn find(&self, project: Uuid, hash: &Hash) -> Option<Arc<str>> {
        self.0.get(&(project, hash.clone()))
    }

    /// Remembers a document that has been through the guard.
    pub fn remember(&self, project: Uuid, hash: Hash, text: &str) {
        self.0.insert((project, hash), text.into());
    }
}

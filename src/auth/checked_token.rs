//! Tokens whose signature was checked. Checking it and reading the claims takes longer than many a statement.

use entity::Timestamp;
use moka::future::Cache;

use super::token_grant::{Audience, KEYS_LIVE, LEEWAY, TokenGrant};

/// A token whose signature was checked.
#[derive(Clone, Copy)]
pub(super) struct CheckedToken {
    pub grant: TokenGrant,
    /// Seconds since the Unix epoch.
    pub issued_at: i64,
    /// When its signing key ends.
    pub key_until: Option<Timestamp>,
}

/// The hash of a token, for one audience.
pub(super) type TokenHash = ([u8; 32], Audience);

/// What tokens grant, by their hashes. Cheap to clone.
#[derive(Clone)]
pub(super) struct CheckedTokens(Cache<TokenHash, CheckedToken>);

impl CheckedToken {
    /// Whether the token is valid at this time.
    fn is_valid(&self, now: Timestamp) -> bool {
        !self.grant.is_over(now)
            && self.issued_at <= now.seconds() + LEEWAY
            && self.key_until.is_none_or(|until| now < until)
    }
}

impl CheckedTokens {
    /// An empty cache. It keeps tokens no longer than the signing keys are kept, so that a key that was deleted ends its
    /// tokens as without it.
    pub fn new() -> Self {
        Self(Cache::builder().max_capacity(10_000).time_to_live(KEYS_LIVE).build())
    }

    pub fn hash(token: &str, audience: Audience) -> TokenHash {
        let mut hash = [0; 32];
        hash.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, token.as_bytes()).as_ref());
        (hash, audience)
    }

    /// What a token grants. `None` if it was not checked, or is not valid now: the check says why.
    pub async fn get(&self, hash: &TokenHash, now: Timestamp) -> Option<TokenGrant> {
        self.0.get(hash).await.filter(|token| token.is_valid(now)).map(|token| token.grant)
    }

    pub async fn insert(&self, hash: TokenHash, token: CheckedToken) {
        self.0.insert(hash, token).await;
    }
}

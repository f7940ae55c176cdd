//! What a token grants: to whom, for which API, until when.

use std::time::Duration;

use entity::Timestamp;
use strum::IntoStaticStr;
use uuid::Uuid;

use super::{Caller, Permissions};

/// Allowed clock difference between two servers, in seconds.
pub(super) const LEEWAY: i64 = 5;
/// How long a server caches the signing keys.
pub(super) const KEYS_LIVE: Duration = Duration::from_secs(30);

/// The API that a token is valid for. It is valid for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(const_into_str)]
pub enum Audience {
    /// The GraphQL API, and the REST APIs that share its tokens.
    #[strum(serialize = "verigraph:graphql")]
    Graph,
    /// The verification-results API.
    #[strum(serialize = "verigraph:results")]
    Results,
    /// The device of a user, for one session. Only [`super::Signer::verify_for_session`] accepts it.
    #[strum(serialize = "verigraph:session")]
    Session,
}

impl Audience {
    pub(super) const fn name(self) -> &'static str {
        self.into_str()
    }

    /// Returns the error message for an expired token.
    #[must_use]
    pub const fn expired(self) -> &'static str {
        match self {
            Self::Graph => "this access token has expired: get a new one from /oauth2/token",
            Self::Results => "this token has expired: get a new one from /v1/integration/authorize/server",
            Self::Session => "this session token has expired: start the session again",
        }
    }
}

/// The subject of a valid token.
#[derive(Clone, Copy, Debug)]
pub struct VerifiedToken {
    pub subject: TokenSubject,
    pub scope: Permissions,
}

/// What a token was issued to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenSubject {
    Credential(Uuid),
    /// The sign-in session of a member, in one project.
    Session {
        id: Uuid,
        project: Uuid,
    },
}

impl TokenSubject {
    /// The id of the credential or of the sign-in session.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Credential(id) | Self::Session { id, .. } => id,
        }
    }

    /// Returns the error message for a token whose subject has lost its access.
    #[must_use]
    pub const fn revoked(self) -> &'static str {
        match self {
            Self::Credential(_) => "the credential of this access token has been revoked",
            Self::Session { .. } => "the session has ended: sign in again",
        }
    }

    pub(super) const fn project(self) -> Option<Uuid> {
        match self {
            Self::Credential(_) => None,
            Self::Session { project, .. } => Some(project),
        }
    }
}

/// The subject and permissions of a token, with its expiry.
#[derive(Clone, Copy, Debug)]
pub struct TokenGrant {
    pub subject: TokenSubject,
    pub scope: Permissions,
    /// Time at which the token expires.
    pub until: Timestamp,
}

impl TokenGrant {
    /// Returns whether the token has expired.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// Narrows a caller to the token's permissions.
    #[must_use]
    pub fn narrow(&self, mut caller: Caller) -> Caller {
        caller.permissions = caller.permissions.and(self.scope);
        caller
    }
}

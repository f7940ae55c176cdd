//! Why a request failed. What a client must handle as an outcome of its own is a union member instead.

use std::sync::Arc;

use sea_orm::DbErr;

use crate::{
    auth::Permission,
    db::failure::{Cause, cause},
    idempotency::StoredRejection,
};

/// What resolvers and stores return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request failed.
// `Display` is what the client reads, so no variant prints its source: texts of the database are for the log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// There is no token, or it does not open anything.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// The token is good, but its credential lacks a permission.
    #[error("this needs the permission {0}")]
    Forbidden(Permission),
    /// An argument has a value that the field cannot work with.
    #[error("invalid argument `{name}`: {reason}")]
    Argument {
        /// The argument as the client spells it.
        name: &'static str,
        /// What is wrong with it, and what would be right.
        reason: String,
    },
    /// A cursor that is not one, or belongs to another list, ordering or project.
    #[error("invalid argument `{0}`: this cursor is not one of this list in this order")]
    Cursor(&'static str),
    /// A document or request that is over a limit of this server.
    #[error("{what}: the limit is {limit} (`limits.{setting}`)")]
    Limit {
        /// What there was too much of, with the number if it was counted to the end.
        what: String,
        /// The number it may reach.
        limit: u64,
        /// The key that sets the limit.
        setting: &'static str,
        /// Which code of the closed list it answers with.
        code: Code,
    },
    /// A document or its variables that cannot run, in words for its author.
    #[error("{0}")]
    BadDocument(String),
    /// A document that was sent before, by its hash alone, and that this server does not remember.
    // In these words clients know what to do: send it again, with its text.
    #[error("PersistedQueryNotFound")]
    PersistedQueryNotFound,
    /// It took longer than the server allows.
    #[error("the request took too long: the limit is {0} seconds (`limits.query_seconds`)")]
    Timeout(u64),
    /// A statement took longer than the database lets it.
    #[error("the database took longer than its limit (`limits.statement_seconds`)")]
    Slow(#[source] Arc<DbErr>),
    /// No connection to the database was free in time.
    #[error("the database has too much to do: try again in a moment")]
    Busy(#[source] Arc<DbErr>),
    /// The database cannot be reached, or does not answer. Whether a write was made before it went is not known.
    #[error("the database is not available: try again in a moment")]
    Unavailable(#[source] Arc<DbErr>),
    /// The disk of the database is full, or fails. Nothing was written.
    #[error(
        "the storage of the database is full: nothing can be written until there is room, reading goes on"
    )]
    StorageFull(#[source] Arc<DbErr>),
    /// Not a failure: what an idempotency key was answered with before, on its way to who answers it again.
    #[error("internal error")]
    Replayed(Box<StoredRejection>),
    /// The database failed. The text is for the log only.
    #[error("internal error")]
    Database(#[source] Arc<DbErr>),
    /// Something that must hold did not. The text is for the log only.
    #[error("internal error")]
    Fault(&'static str),
}

/// The closed list of `extensions.code`. Part of the contract: clients switch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Unauthenticated,
    Forbidden,
    BadUserInput,
    BadCursor,
    BadRequest,
    ValidationFailed,
    QueryTooDeep,
    QueryTooComplex,
    DocumentTooLarge,
    PersistedQueryNotFound,
    Timeout,
    Overloaded,
    Unavailable,
    StorageFull,
    Internal,
}

impl Code {
    /// The code as clients read it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::BadCursor => "BAD_CURSOR",
            Self::BadRequest => "BAD_REQUEST",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::QueryTooDeep => "QUERY_TOO_DEEP",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::DocumentTooLarge => "DOCUMENT_TOO_LARGE",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::Timeout => "TIMEOUT",
            Self::Overloaded => "OVERLOADED",
            Self::Unavailable => "UNAVAILABLE",
            Self::StorageFull => "STORAGE_FULL",
            Self::Internal => "INTERNAL",
        }
    }
}

impl Code {
    /// Whether the database cannot work at all for now. The same request may be sent again.
    #[must_use]
    pub const fn is_outage(self) -> bool {
        matches!(self, Self::Unavailable | Self::StorageFull)
    }
}

impl Error {
    /// An argument that the field cannot work with.
    pub fn argument(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Argument { name, reason: reason.into() }
    }

    /// Which code of the closed list this is.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Unauthenticated(_) => Code::Unauthenticated,
            Self::Forbidden(_) => Code::Forbidden,
            Self::Argument { .. } => Code::BadUserInput,
            Self::Cursor(_) => Code::BadCursor,
            Self::Limit { code, .. } => *code,
            Self::BadDocument(_) => Code::ValidationFailed,
            Self::PersistedQueryNotFound => Code::PersistedQueryNotFound,
            Self::Timeout(_) | Self::Slow(_) => Code::Timeout,
            Self::Busy(_) => Code::Overloaded,
            Self::Unavailable(_) => Code::Unavailable,
            Self::StorageFull(_) => Code::StorageFull,
            Self::Database(_) | Self::Fault(_) | Self::Replayed(_) => Code::Internal,
        }
    }

    /// What the log says of a fault; `None` for what the client did wrong.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Slow(source) | Self::Database(source) => Some(source.to_string()),
            Self::Fault(text) => Some((*text).to_owned()),
            Self::Replayed(_) => Some("a refusal was replayed to nobody".to_owned()),
            Self::Unauthenticated(_)
            | Self::Forbidden(_)
            | Self::Argument { .. }
            | Self::Cursor(_)
            | Self::Limit { .. }
            | Self::BadDocument(_)
            | Self::PersistedQueryNotFound
            | Self::Timeout(_)
            // The log has the change of the database's condition, once, and not each request that met it.
            | Self::Busy(_)
            | Self::Unavailable(_)
            | Self::StorageFull(_) => None,
        }
    }

    /// What the database said, for whoever operates it: of every failure of the database.
    #[must_use]
    pub fn of_database(&self) -> Option<&DbErr> {
        match self {
            Self::Slow(source)
            | Self::Database(source)
            | Self::Busy(source)
            | Self::Unavailable(source)
            | Self::StorageFull(source) => Some(source),
            _ => None,
        }
    }

    /// Whether the database cannot work at all for now: a condition, which the log tells of when it begins and ends.
    #[must_use]
    pub const fn is_outage(&self) -> bool {
        self.code().is_outage()
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let cause = cause(&error);
        let error = Arc::new(error);
        match cause {
            Cause::Slow => Self::Slow(error),
            Cause::Busy => Self::Busy(error),
            Cause::Unavailable => Self::Unavailable(error),
            Cause::StorageFull => Self::StorageFull(error),
            Cause::Statement => Self::Database(error),
        }
    }
}

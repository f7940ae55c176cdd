//! Why a request failed. An outcome that clients must handle separately is a union member instead.

use std::sync::Arc;

use sea_orm::DbErr;
use strum::IntoStaticStr;

use crate::{
    auth::Permission,
    db::failure::{Cause, cause},
    idempotency::rejection::StoredRejection,
};

/// Result of resolvers and stores.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a check has no result: the input was rejected, or the check could not run.
#[derive(Clone, Debug)]
pub enum CheckError<R> {
    /// The input was rejected, for this reason.
    Rejected(R),
    /// The check failed.
    Error(Error),
}

impl<R> CheckError<R> {
    /// Ends an operation whose outcome the rejection is.
    ///
    /// # Errors
    ///
    /// When the check failed.
    pub fn into_outcome(self) -> Result<R> {
        match self {
            Self::Rejected(outcome) => Ok(outcome),
            Self::Error(error) => Err(error),
        }
    }

    /// Converts a rejection into an error.
    pub fn into_error<E: From<Error>>(self, convert: impl FnOnce(R) -> E) -> E {
        match self {
            Self::Rejected(reason) => convert(reason),
            Self::Error(error) => error.into(),
        }
    }

    /// Converts the reason of a rejection.
    pub fn map<S>(self, convert: impl FnOnce(R) -> S) -> CheckError<S> {
        match self {
            Self::Rejected(reason) => CheckError::Rejected(convert(reason)),
            Self::Error(error) => CheckError::Error(error),
        }
    }
}

impl<R, E: Into<Error>> From<E> for CheckError<R> {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Why a request failed.
// Clients read `Display`, so no variant prints its source: database messages are only for the log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The token is missing or invalid.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// The member has no membership in the project of the request, or there is no such project.
    #[error("there is no such project, or you have no access to it: name it in `x-verigraph-project`")]
    NoAccess,
    /// A request by cookie that the page of another site may have made.
    #[error("requests by cookie are accepted from this server's own pages only")]
    ForeignPage,
    /// A document that is not in the list of those that a request by cookie may run.
    #[error("requests by cookie run the dashboard's own documents only: use an access token")]
    UnlistedDocument,
    /// The token is valid, but its credential lacks a permission.
    #[error("this requires the permission {0}")]
    Forbidden(Permission),
    /// An argument has an invalid value.
    #[error("invalid argument `{name}`: {reason}")]
    Argument {
        /// The argument's name as the client writes it.
        name: &'static str,
        /// What is wrong, and what is valid.
        reason: String,
    },
    /// A cursor that is invalid, or belongs to another list, order or project.
    #[error("invalid argument `{0}`: the cursor is not valid for this list and order")]
    Cursor(&'static str),
    /// The document or request exceeds a limit of this server.
    #[error("{what}: the limit is {limit} (`limits.{setting}`)")]
    Limit {
        /// What exceeds the limit, with the number if it was fully counted.
        what: String,
        /// The limit.
        limit: u64,
        /// The key of the setting.
        setting: &'static str,
        /// The error code of the response.
        code: Code,
    },
    /// A document or its variables are invalid. The message is for the document's author.
    #[error("{0}")]
    BadDocument(String),
    /// A document that was named by its hash or id alone, and that this server does not know.
    // Clients recognize this exact message and send the document's text again.
    #[error("PersistedQueryNotFound")]
    PersistedQueryNotFound,
    /// The request exceeded the server's time limit.
    #[error("the request took too long: the limit is {0} seconds (`limits.query_seconds`)")]
    Timeout(u64),
    /// A statement exceeded the database's time limit.
    #[error("the database took longer than its limit (`limits.statement_seconds`)")]
    Slow(#[source] Arc<DbErr>),
    /// No database connection became free in time.
    #[error("the database is busy: try again in a moment")]
    Busy(#[source] Arc<DbErr>),
    /// The database is unreachable or does not respond. It is unknown whether a preceding write succeeded.
    #[error("the database is not available: try again in a moment")]
    Unavailable(#[source] Arc<DbErr>),
    /// The disk of the database is full or fails. Nothing was written.
    #[error("the database storage is full: reads succeed, writes fail until there is free space")]
    StorageFull(#[source] Arc<DbErr>),
    /// Not an error: the stored result of an idempotency key, passed to the code that returns it again.
    #[error("internal error")]
    Replayed(Box<StoredRejection>),
    /// The database failed. The details are only for the log.
    #[error("internal error")]
    Database(#[source] Arc<DbErr>),
    /// An invariant was violated. The details are only for the log.
    #[error("internal error")]
    Fault(&'static str),
}

/// The values of `extensions.code`. Part of the API contract: clients depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
pub enum Code {
    Unauthenticated,
    Forbidden,
    BadUserInput,
    BadCursor,
    BadRequest,
    #[strum(serialize = "GRAPHQL_VALIDATION_FAILED")]
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
    /// The code in responses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

impl Code {
    /// Whether the database is currently unable to work at all. The same request may be sent again.
    #[must_use]
    pub const fn is_outage(self) -> bool {
        matches!(self, Self::Unavailable | Self::StorageFull)
    }
}

impl Error {
    /// Creates an error for an invalid argument.
    pub fn argument(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Argument { name, reason: reason.into() }
    }

    /// The error's code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Unauthenticated(_) => Code::Unauthenticated,
            Self::Forbidden(_) | Self::NoAccess | Self::ForeignPage => Code::Forbidden,
            Self::UnlistedDocument => Code::BadRequest,
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

    /// The log message of an internal error; `None` for a client's mistake.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Slow(source) | Self::Database(source) => Some(source.to_string()),
            Self::Fault(text) => Some((*text).to_owned()),
            Self::Replayed(_) => Some("a stored rejection was not handled".to_owned()),
            Self::Unauthenticated(_)
            | Self::Forbidden(_)
            | Self::NoAccess
            | Self::ForeignPage
            | Self::UnlistedDocument
            | Self::Argument { .. }
            | Self::Cursor(_)
            | Self::Limit { .. }
            | Self::BadDocument(_)
            | Self::PersistedQueryNotFound
            | Self::Timeout(_)
            // The log has the change of the database's state once, instead of every affected request.
            | Self::Busy(_)
            | Self::Unavailable(_)
            | Self::StorageFull(_) => None,
        }
    }

    /// The database's error, for operators; for every failure of the database.
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

    /// Whether the database is currently unable to work at all: a state whose start and end are logged.
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

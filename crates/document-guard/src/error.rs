/// Why a document or its variables are rejected. `Display` is written for the author of the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    /// A limit is exceeded.
    #[error("{what}: the limit is {limit} (`{setting}`)")]
    Limit {
        /// What exceeds the limit, with the number if it was fully counted.
        what: String,
        /// The limit.
        limit: u64,
        /// The field of [`Limits`](crate::Limits) with this limit.
        setting: &'static str,
        kind: LimitKind,
    },
    /// The document is not GraphQL, or cannot run.
    #[error("{0}")]
    Invalid(String),
}

/// Which kind of limit was exceeded: an API has an error code for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// The document is too long or has too many parts.
    Size,
    /// Fields are nested too deep.
    Depth,
    /// The operation would do too much work.
    Complexity,
    /// A list or a string in the input is too long.
    Input,
}

/// Creates the error for an exceeded limit.
pub(crate) fn over(
    what: impl Into<String>,
    limit: u64,
    setting: &'static str,
    kind: LimitKind,
) -> GuardError {
    GuardError::Limit { what: what.into(), limit, setting, kind }
}

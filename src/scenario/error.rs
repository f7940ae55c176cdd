/// Error in a scenario file, with its position.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct ParseError {
    /// Line, from 1.
    pub line: u64,
    /// Column, from 1.
    pub column: u64,
    pub what: String,
}

impl ParseError {
    pub(super) fn at_start(what: impl Into<String>) -> Self {
        Self { line: 1, column: 1, what: what.into() }
    }
}

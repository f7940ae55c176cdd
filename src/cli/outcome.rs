use std::{
    fmt::Display,
    io::{self, Write},
};

/// A command's error: one line that says what failed and how to fix it.
#[derive(Debug)]
pub struct Failure(pub(super) String);

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl From<crate::Error> for Failure {
    // Internal details are hidden from API clients, but shown to the operator.
    fn from(error: crate::Error) -> Self {
        let of_database = error.of_database().map(ToString::to_string);
        Self(error.fault().or(of_database).unwrap_or_else(|| error.to_string()))
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(error: sea_orm::DbErr) -> Self {
        crate::Error::from(error).into()
    }
}

/// Result of a command.
pub(super) type Outcome<T = ()> = Result<T, Failure>;

/// Writes a line to standard output.
pub(super) fn say(text: impl Display) -> Outcome {
    match writeln!(io::stdout(), "{text}") {
        // A closed pipe means that the reader has enough: `verigraph schema | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Lifetime of a session's token in seconds.
pub const TOKEN_LIFE: i64 = 30 * 60;

/// Maximum number of a user's sessions in a response, newest first.
pub const SESSIONS: u64 = 100;

/// Lifetime in seconds of a token from `authenticate`.
pub const TOKEN_LIFE: i64 = 15 * 60;

/// Page size if the body has none.
pub const DEFAULT_LIMIT: u32 = 100;

/// Maximum page size.
pub const MAX_LIMIT: u32 = 100;

//! The paths. `policy.rs` uses the same names.

/// Starts a session.
pub const SESSIONS: &str = "/v2/sessions";
/// A user with its sessions and documents.
pub const USER: &str = "/v2/users/{refId}";
/// The same, at the path in the document's sample code.
pub const SESSION: &str = "/v2/sessions/{refId}";
/// The same, at the short path in the document's sample code.
pub const SHORT: &str = "/sessions/{refId}";
/// The documents of a user with their images.
pub const DOCUMENTS: &str = "/v2/users/{refId}/documents";
/// An image.
pub const IMAGE: &str = "/v2/images/{id}";
/// An image at a signed URL. The signature replaces a token, so the policy table has no row for it.
pub const TICKET: &str = "/images/{ticket}";

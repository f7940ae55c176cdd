//! The paths. `policy.rs` uses the same names.

/// Issues an access token. Requires none, so the policy table has no row for it.
pub const AUTHENTICATE: &str = "/api/web/v1/adminapi/authenticate";
/// Lists of requests.
pub const LIST: &str = "/api/web/v1/idproofing";
/// One request.
pub const ONE: &str = "/api/web/v1/idproofing/{requestId}";
/// Starts a request.
pub const INIT: &str = "/api/web/v1/idproofing/init";
/// An image of a request.
pub const IMAGE: &str = "/api/web/v1/idproofing/{requestId}/image/{side}";
/// Completes a request.
pub const COMPLETE: &str = "/api/web/v1/idproofing/{requestId}/complete";
/// An image upload to a signed URL. The signature replaces a token, so the policy table has no row for
/// it.
pub const UPLOAD: &str = "/uploads/{token}";

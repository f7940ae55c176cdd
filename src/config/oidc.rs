use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Sign-in of people by `OpenID` Connect.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Oidc {
    /// Whether identity providers may be in private networks and without TLS.
    pub allow_private: bool,
}

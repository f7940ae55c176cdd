//! Sign-in by `OpenID` Connect: identity providers, and the roles that their groups have.
//!
//! | file | content |
//! |---|---|
//! | `provider` | providers and mappings |
//! | `secret` | secrets at providers, sealed |
//! | `identity` | the members that providers know |
//! | `client` | requests to providers |
//! | `admit` | the account and the memberships of a person that signs in |

pub mod admit;
pub mod client;
pub mod identity;
pub mod provider;
pub mod secret;

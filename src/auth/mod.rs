//! Authentication and authorization.
//!
//! A [`Caller`] is created from a valid token or API key, never from anything else in a request. Its
//! permissions are a set of [`Permission`]s, which one hook checks against one table (`policy`). Each
//! concept's `visible_to(caller)` limits the rows.

pub mod authenticator;
mod caller;
mod checked_token;
pub mod credential;
pub mod issue;
mod permission;
pub mod policy;
pub mod role;
pub mod rotate;
pub mod session;
mod signing_key;
mod token;
mod token_grant;

pub use authenticator::Authenticator;
pub use caller::{ActorId, Caller, CallerScope, MemberAccess, Principal};
pub use permission::{Permission, Permissions};
pub use signing_key::{ensure_signing_key, rotate_signing_key};
pub use token::{MAX_LIFE, Signer};
pub use token_grant::{Audience, TokenGrant, TokenSubject, VerifiedToken};

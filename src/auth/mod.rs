//! Who calls, and what they may do.
//!
//! A [`Caller`] is made from an access token, never from anything else in a request. What it may do is a set of
//! [`Permission`]s checked by one hook against one table (`policy`); about which rows is said by each concept's
//! `visible_to(caller)`.

mod caller;
pub mod credential;
pub mod issue;
mod permission;
pub mod policy;
mod token;

pub use caller::{Authenticator, Caller, TokenGrant};
pub use permission::{Permission, Permissions};
pub use token::{Audience, MAX_LIFE, Signer, VerifiedToken, ensure_signing_key, rotate_signing_key};

//! Accounts of people: sign-in, sessions by cookie, roles.

mod access;
mod authenticator;
mod browser;
mod csrf;
mod links;
mod oidc;
mod oidc_provider;
mod passkeys;
mod pauses;
mod roles;
mod search;
mod secrets;
mod sessions;
mod settings;
mod sign_in;
mod step_up;

use browser::{Browser, PASSWORD};
pub use browser::{Person, invitation};

//! Accounts of people: sign-in, sessions by cookie, roles.

mod access;
mod authenticator;
mod browser;
mod credentials;
mod csrf;
mod fresh;
mod leaving;
mod links;
mod oidc;
mod oidc_provider;
mod open_attempts;
mod passkeys;
mod passkeys_only;
mod pauses;
mod roles;
mod search;
mod secrets;
mod sessions;
mod settings;
mod sign_in;
mod sockets;
mod step_up;
mod timing;

use browser::PASSWORD;
pub use browser::{Browser, Person, base32, invitation};
pub use oidc_provider::Behaviour as ProviderBehaviour;

//! Signs people in by OIDC: the authorization code flow with PKCE, `state` and `nonce`.
//!
//! A [`Client`] is this application at one provider. [`Client::start`] gives the URL to send the browser to and
//! a [`Transaction`], which the caller keeps for this browser, sealed. The provider sends the browser back with
//! a [`Callback`]; [`Client::finish`] exchanges its code for an ID token, validates it, and returns the
//! [`Identity`].
//!
//! What is checked: the issuer of the discovery document, of the response (RFC 9207) and of the token, each
//! exactly; `state`, `nonce`, `aud`, `azp`, `exp`, `iat`, `nbf`; the signature, by RS256, PS256, ES256 or `EdDSA`
//! alone, with a key of the provider's set that is of the algorithm's type. A sign-in that must be fresh asks
//! for it with `prompt=login` and `max_age=0`, and fails unless `auth_time` proves it.
//!
//! The crate reads no clock and sends no request: times are Unix times in seconds, and a [`Fetch`] of the
//! caller decides where requests may go.
//!
//! `jsonwebtoken` reads headers and keys. Signatures are verified by `ring` directly: that crate verifies
//! through one provider for the whole process, and expires tokens by the machine's clock.

mod claims;
mod client;
mod config;
mod discovery;
mod error;
mod fetch;
mod keys;
mod signature;
mod token;
mod transaction;

pub use claims::Identity;
pub use client::{Client, ProviderSummary, Started};
pub use config::{ClientConfig, ConfigError};
pub use error::{Document, SignInError};
pub use fetch::{Fetch, FetchError, RESPONSE_LIMIT, Response, TIMEOUT};
pub use transaction::{Callback, Prompt, TRANSACTION_LIFETIME, Transaction};

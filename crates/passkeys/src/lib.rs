//! Passkeys (Web Authentication): registration, and sign-in for which the person types nothing.
//!
//! A [`RelyingParty`] starts a ceremony: it gives options for the browser as JSON, and a state that the caller
//! seals and keeps on the server for a few minutes. The browser's response, again as JSON, finishes the ceremony
//! with that state. The caller uses each state once: it marks it used before it finishes the ceremony.
//!
//! Every passkey is discoverable (`residentKey: required`) and every ceremony verifies the person
//! (`userVerification: required`), so a passkey alone is a sign-in with two factors. Attestation is not asked
//! for. The relying party's id is the host of the public URL; an IP address has no passkeys.
//!
//! In the browser, without a library:
//!
//! ```js
//! const options = PublicKeyCredential.parseCreationOptionsFromJSON(answer.options.publicKey)
//! const response = (await navigator.credentials.create({ publicKey: options })).toJSON()
//! ```
//!
//! and likewise `parseRequestOptionsFromJSON` and `navigator.credentials.get`. The options have no `mediation`:
//! the page sets `mediation: "conditional"` for suggestions in a text field, and leaves it out for a button.

#[cfg(any(test, feature = "authenticator"))]
pub mod authenticator;
mod error;
mod registration;
mod relying_party;
mod sign_in;
#[cfg(test)]
mod tests;

pub use error::{PasskeyError, RelyingPartyError};
pub use registration::Registered;
pub use relying_party::{Account, RelyingParty, Started};
pub use sign_in::{Claimed, SignedIn};

//! The exchange with a device that has a passkey, by the crate `passkeys`.

use passkeys::RelyingPartyError;
pub use passkeys::{Account, Claimed, PasskeyError, Registered, RelyingParty, SignedIn, Started};

/// Why there are no passkeys at an address of this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The address is that of an IP address: passkeys belong to a name.
    IpAddress,
    /// The address is neither https nor that of this machine.
    NotSecure,
    /// The program is built without the feature `passkeys`.
    NotBuilt,
}

/// The relying party of an origin of this server.
///
/// # Errors
///
/// Why it has no passkeys.
pub fn relying_party(origin: &str) -> Result<RelyingParty, Obstacle> {
    RelyingParty::new(origin, "verigraph").map_err(|error| match error {
        RelyingPartyError::IpAddress { .. } => Obstacle::IpAddress,
        RelyingPartyError::Malformed | RelyingPartyError::NotSecure => Obstacle::NotSecure,
    })
}

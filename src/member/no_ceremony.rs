//! What stands for the exchange with a device in a program that is built without the feature `passkeys`: there is
//! no relying party, so none of its functions can be called.

use serde_json::Value;
use uuid::Uuid;

/// Why there are no passkeys at an address of this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    IpAddress,
    NotSecure,
    NotBuilt,
}

/// A relying party. There is none.
#[derive(Clone, Copy, Debug)]
pub enum RelyingParty {}

/// An error of a ceremony. There is none.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum PasskeyError {}

pub struct Account<'a> {
    pub user_handle: Uuid,
    pub name: &'a str,
    pub display_name: &'a str,
}

pub struct Started {
    pub options: Value,
    pub state: Vec<u8>,
}

pub struct Registered {
    pub credential_id: Vec<u8>,
    pub is_backed_up: bool,
    pub passkey: Vec<u8>,
}

pub struct Claimed {
    pub credential_id: Vec<u8>,
}

pub struct SignedIn {
    pub is_backed_up: bool,
    pub updated: Option<Vec<u8>>,
}

/// There is no relying party in this program.
///
/// # Errors
///
/// [`Obstacle::NotBuilt`].
pub const fn relying_party(_: &str) -> Result<RelyingParty, Obstacle> {
    Err(Obstacle::NotBuilt)
}

impl RelyingParty {
    pub const fn start_registration(&self, _: Account<'_>, _: &[Vec<u8>]) -> Result<Started, PasskeyError> {
        match *self {}
    }

    pub const fn finish_registration(&self, _: &[u8], _: &Value) -> Result<Registered, PasskeyError> {
        match *self {}
    }

    pub const fn start_sign_in(&self) -> Result<Started, PasskeyError> {
        match *self {}
    }

    pub const fn identify(&self, _: &Value) -> Result<Claimed, PasskeyError> {
        match *self {}
    }

    pub const fn finish_sign_in(&self, _: &[u8], _: &Value, _: &[u8]) -> Result<SignedIn, PasskeyError> {
        match *self {}
    }
}

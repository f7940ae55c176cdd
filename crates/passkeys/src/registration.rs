use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{Credential, Passkey, PasskeyRegistration};

use crate::{Account, PasskeyError, RelyingParty, Started};

/// A new passkey.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Identifies the passkey; unique among all accounts, which the caller checks when it stores it.
    pub credential_id: Vec<u8>,
    pub user_handle: Uuid,
    /// Number of its signatures, or 0 if it does not count.
    pub counter: u32,
    /// Whether the passkey can be copied to other devices of the person.
    pub is_backup_eligible: bool,
    /// Whether it is copied now.
    pub is_backed_up: bool,
    /// The passkey, to seal and to store: the public key and all that sign-ins are checked against.
    pub passkey: Vec<u8>,
}

/// The state of a registration.
#[derive(Serialize, Deserialize)]
struct Registration {
    user_handle: Uuid,
    registration: PasskeyRegistration,
}

/// A passkey as it is stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) user_handle: Uuid,
    pub(crate) passkey: Passkey,
}

impl Stored {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PasskeyError> {
        serde_json::from_slice(bytes).map_err(|_| PasskeyError::Stored)
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, PasskeyError> {
        serde_json::to_vec(self).map_err(|_| PasskeyError::Stored)
    }
}

impl RelyingParty {
    /// Starts the registration of a passkey for an account. `existing` are the credential ids of the account's
    /// passkeys: a device that has one of them makes no second one.
    pub fn start_registration(
        &self,
        account: Account<'_>,
        existing: &[Vec<u8>],
    ) -> Result<Started, PasskeyError> {
        let Account { user_handle, name, display_name } = account;
        let (challenge, registration) = self.webauthn.start_passkey_registration(
            user_handle,
            name,
            display_name,
            Some(existing.to_vec()),
        )?;
        let mut options = serde_json::to_value(&challenge).map_err(|_| PasskeyError::State)?;
        // The library asks for passkeys that may need the account's name at sign-in.
        let selection =
            options.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut);
        let selection = selection.ok_or(PasskeyError::State)?;
        selection.insert("residentKey".to_owned(), "required".into());
        selection.insert("requireResidentKey".to_owned(), true.into());
        let state = serde_json::to_vec(&Registration { user_handle, registration });
        Ok(Started { options, state: state.map_err(|_| PasskeyError::State)? })
    }

    /// Finishes a registration with the browser's response.
    pub fn finish_registration(&self, state: &[u8], response: &Value) -> Result<Registered, PasskeyError> {
        let state: Registration = serde_json::from_slice(state).map_err(|_| PasskeyError::State)?;
        // What the browser says of a passkey that a sign-in without a name would not find.
        if response.pointer("/clientExtensionResults/credProps/rk") == Some(&Value::Bool(false)) {
            return Err(PasskeyError::NotDiscoverable);
        }
        let response = serde_json::from_value(response.clone()).map_err(|_| PasskeyError::Malformed)?;
        let passkey = self.webauthn.finish_passkey_registration(&response, &state.registration)?;
        let stored = Stored { user_handle: state.user_handle, passkey };
        let bytes = stored.to_bytes()?;
        let credential: Credential = stored.passkey.into();
        Ok(Registered {
            credential_id: credential.cred_id,
            user_handle: state.user_handle,
            counter: credential.counter,
            is_backup_eligible: credential.backup_eligible,
            is_backed_up: credential.backup_state,
            passkey: bytes,
        })
    }
}

use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

use crate::{PasskeyError, RelyingParty, Started, registration::Stored};

/// The passkey and account that a response claims to be of. Nothing is proven yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub credential_id: Vec<u8>,
    pub user_handle: Uuid,
}

/// A sign-in by passkey.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub credential_id: Vec<u8>,
    pub user_handle: Uuid,
    /// Number of the passkey's signatures, or 0 if it does not count.
    pub counter: u32,
    /// Whether the passkey is copied to other devices now.
    pub is_backed_up: bool,
    /// The passkey to store in place of the one before, if its counter or flags changed.
    pub updated: Option<Vec<u8>>,
}

impl RelyingParty {
    /// Starts a sign-in, or proves anew that a person is there. The device offers the passkeys that it has.
    pub fn start_sign_in(&self) -> Result<Started, PasskeyError> {
        let (mut challenge, state) = self.webauthn.start_discoverable_authentication()?;
        // The library sets `conditional`; which it is, is the page's choice.
        challenge.mediation = None;
        let options = serde_json::to_value(&challenge).map_err(|_| PasskeyError::State)?;
        let state = serde_json::to_vec(&state).map_err(|_| PasskeyError::State)?;
        Ok(Started { options, state })
    }

    /// Reads which passkey a response claims to be of, so that the caller finds the stored one.
    pub fn identify(&self, response: &Value) -> Result<Claimed, PasskeyError> {
        let response = parse(response)?;
        let (user_handle, id) = self.webauthn.identify_discoverable_authentication(&response)?;
        Ok(Claimed { credential_id: id.to_vec(), user_handle })
    }

    /// Finishes a sign-in with the browser's response and the stored passkey that it claims to be of.
    pub fn finish_sign_in(
        &self,
        state: &[u8],
        response: &Value,
        passkey: &[u8],
    ) -> Result<SignedIn, PasskeyError> {
        let state: DiscoverableAuthentication =
            serde_json::from_slice(state).map_err(|_| PasskeyError::State)?;
        let mut stored = Stored::read(passkey)?;
        let response = parse(response)?;
        let (user_handle, _) = self.webauthn.identify_discoverable_authentication(&response)?;
        if user_handle != stored.user_handle {
            return Err(PasskeyError::OtherPasskey);
        }
        if is_cross_origin(&response) {
            return Err(PasskeyError::Origin);
        }
        let result =
            self.webauthn.finish_discoverable_authentication_v2(&response, state, &stored.passkey)?;
        let is_changed = stored.passkey.update_credential(&result).unwrap_or_default();
        Ok(SignedIn {
            credential_id: result.cred_id().clone(),
            user_handle,
            counter: result.counter(),
            is_backed_up: result.backup_state(),
            updated: if is_changed { Some(stored.to_bytes()?) } else { None },
        })
    }
}

fn parse(response: &Value) -> Result<PublicKeyCredential, PasskeyError> {
    serde_json::from_value(response.clone()).map_err(|_| PasskeyError::Malformed)
}

/// Whether a page in a frame of another site asked. The library checks it at registration alone.
fn is_cross_origin(response: &PublicKeyCredential) -> bool {
    let data: Option<Value> = serde_json::from_slice(&response.response.client_data_json).ok();
    data.and_then(|data| data.get("crossOrigin").and_then(Value::as_bool)).unwrap_or_default()
}

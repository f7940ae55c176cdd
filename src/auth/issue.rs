//! Issues credentials for API callers.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::credential;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{
    Caller,
    credential::{IssuedCredential, NewCredential, insert, new_api_key, new_secret, random},
};
use crate::{
    Result,
    clock::Clock,
    crypto::RootKey,
    db::Store,
    idempotency::{self, IdempotencyKey, KeyState},
};

/// Outcome of issuing a credential for a caller.
#[derive(Clone)]
pub enum IssueOutcome {
    Done(credential::Model, IssuedCredential),
    KeyReused,
}

/// Issues a credential for a caller. With an idempotency key, the secrets are derived from the key, so a
/// repeated request returns the same secrets as long as the key is stored.
pub async fn make(
    store: &Store,
    root: &RootKey,
    caller: &Caller,
    clock: &Clock,
    new: &NewCredential,
    key: Option<&IdempotencyKey>,
) -> Result<IssueOutcome> {
    idempotency::retry_on_conflict(|| try_to_make(store, root, caller, clock, new, key)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_make(
    store: &Store,
    root: &RootKey,
    caller: &Caller,
    clock: &Clock,
    new: &NewCredential,
    key: Option<&IdempotencyKey>,
) -> Result<Option<IssueOutcome>> {
    let transaction = store.begin().await?;
    let id = match idempotency::find(&transaction, caller, clock, key).await? {
        KeyState::Unused => clock.new_id(),
        KeyState::Conflict => return Ok(Some(IssueOutcome::KeyReused)),
        KeyState::Used(id) => id,
    };
    let mut pair = IssuedCredential {
        credential: id,
        client_id: format!("vgc_{}", random::<12>()),
        client_secret: new_secret(),
        api_key: Some(new_api_key()),
    };
    if let Some(key) = key {
        pair.client_secret = derived_secret(root, id, key);
        pair.api_key = Some(derived_api_key(root, id, key));
    }
    let known = credential::Entity::find_by_id(id).one(&transaction).await?;
    if let Some(row) = known {
        pair.client_id.clone_from(&row.client_id);
        return Ok(Some(IssueOutcome::Done(row, pair)));
    }
    let row = insert(&transaction, root, clock, new, &pair).await?;
    if !idempotency::remember(&transaction, caller, clock, key, id).await? {
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(IssueOutcome::Done(row, pair)))
}

/// Derives a client secret of 256 bits from the root key, from a server-generated id, and from a key that only
/// the client and the table have.
pub(super) fn derived_secret(root: &RootKey, id: Uuid, key: &IdempotencyKey) -> String {
    format!("vgs_{}", derived(root, id, "credential secret", key))
}

/// Derives an API key as [`derived_secret`] does.
pub(super) fn derived_api_key(root: &RootKey, id: Uuid, key: &IdempotencyKey) -> String {
    format!("vgk_{}", derived(root, id, "credential API key", key))
}

fn derived(root: &RootKey, id: Uuid, what: &'static str, key: &IdempotencyKey) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(root.lookup(id, what, key.text()))
}

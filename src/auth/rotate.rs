//! Rotates the secrets of credentials for API callers.

use entity::{credential, credential_secret::Kind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    Caller, Permissions,
    credential::{changed, new_api_key, new_secret, replace_locked},
    issue::{derived_api_key, derived_secret},
};
use crate::{
    Result,
    audit::Action,
    clock::Clock,
    crypto::RootKey,
    db::{Store, Transaction},
    idempotency::{self, IdempotencyKey, KeyState},
};

/// The secrets of a credential to rotate.
#[derive(Clone, Copy, Debug)]
pub struct Rotation {
    pub credential: Uuid,
    pub secret: bool,
    pub api_key: bool,
    /// Seconds for which the current secrets stay valid.
    pub keep_seconds: i64,
}

/// New secrets, which are shown once and not stored.
#[derive(Clone)]
pub struct RotatedSecrets {
    pub client_secret: Option<String>,
    pub api_key: Option<String>,
}

/// Outcome of a rotation.
#[derive(Clone)]
pub enum RotateOutcome {
    Done(credential::Model, RotatedSecrets),
    /// The credential does not exist in the project, or is revoked.
    NotFound,
    /// The credential has permissions that the caller lacks.
    Exceeds,
    /// The credential of an integration has no API key of its own.
    NoApiKey,
    KeyReused,
}

/// Rotates secrets of a credential of the caller's project. With an idempotency key, the secrets are derived from the
/// key, so a repeated request returns the same secrets, and the ones before stay valid as promised.
pub async fn rotate(
    store: &Store,
    root: &RootKey,
    caller: &Caller,
    clock: &Clock,
    rotation: Rotation,
    key: Option<&IdempotencyKey>,
) -> Result<RotateOutcome> {
    idempotency::retry_on_conflict(|| try_to_rotate(store, root, caller, clock, rotation, key)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_rotate(
    store: &Store,
    root: &RootKey,
    caller: &Caller,
    clock: &Clock,
    rotation: Rotation,
    key: Option<&IdempotencyKey>,
) -> Result<Option<RotateOutcome>> {
    let transaction = store.begin().await?;
    let (id, is_repeated) = match idempotency::find(&transaction, caller, clock, key).await? {
        KeyState::Unused => (clock.new_id(), false),
        KeyState::Conflict => return Ok(Some(RotateOutcome::KeyReused)),
        KeyState::Used(id) => (id, true),
    };
    // Two concurrent rotations wait for each other; otherwise both current secrets would stay valid.
    let row = credential::Entity::find_by_id(rotation.credential)
        .filter(credential::Column::ProjectId.eq(caller.project_id()))
        .filter(credential::Column::RevokedAt.is_null())
        .lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(Some(RotateOutcome::NotFound)) };
    // A caller with fewer permissions must not get the secrets of a credential with more.
    if Permissions::of(&row).iter().any(|permission| !caller.holds(permission)) {
        return Ok(Some(RotateOutcome::Exceeds));
    }
    if rotation.api_key && row.integration_id.is_some() {
        return Ok(Some(RotateOutcome::NoApiKey));
    }
    let secrets = RotatedSecrets {
        client_secret: rotation
            .secret
            .then(|| key.map_or_else(new_secret, |key| derived_secret(root, id, key))),
        api_key: rotation.api_key.then(|| key.map_or_else(new_api_key, |key| derived_api_key(root, id, key))),
    };
    if is_repeated {
        return Ok(Some(RotateOutcome::Done(row, secrets)));
    }
    write(&transaction, root, clock, (&row, rotation.keep_seconds), &secrets).await?;
    if !idempotency::remember(&transaction, caller, clock, key, id).await? {
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(RotateOutcome::Done(row, secrets)))
}

async fn write(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    (row, keep_seconds): (&credential::Model, i64),
    secrets: &RotatedSecrets,
) -> Result<()> {
    let secret = secrets.client_secret.as_deref().map(|secret| (Kind::Secret, root.hash_secret(secret)));
    let api_key = secrets.api_key.as_deref().map(|key| (Kind::ApiKey, root.hash_api_key(key)));
    for hashed in secret.into_iter().chain(api_key) {
        replace_locked(transaction, clock, row.id, keep_seconds, hashed).await?;
    }
    changed(transaction, clock, Action::CredentialChanged, (row.project_id, row.id)).await
}

//! The secrets of credentials: stored as hashes, at most two valid at a time, compared in constant time.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    Timestamp, credential,
    credential_secret::{self, Kind},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{IssuedCredential, changed, live};
use crate::{
    Result,
    audit::Action,
    clock::Clock,
    crypto::RootKey,
    db::{Store, Transaction},
};

/// Maximum number of live secrets of a credential: the current one and its replacement.
const LIVE_SECRETS: usize = 2;

/// Rotates a credential's secret. The current secret stays valid for the given number of seconds; any older
/// one expires now. Returns `None` if the credential does not exist or is revoked.
pub async fn rotate(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    client_id: &str,
    keep_seconds: i64,
) -> Result<Option<IssuedCredential>> {
    let client_secret = new_secret();
    let hashed = (Kind::Secret, root.hash_secret(&client_secret));
    let credential = replace(store, clock, client_id, keep_seconds, hashed).await?;
    let client_id = client_id.to_owned();
    Ok(credential.map(|credential| IssuedCredential { credential, client_id, client_secret, api_key: None }))
}

/// Rotates a credential's API key, with the same rules as [`rotate`].
pub async fn rotate_key(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    client_id: &str,
    keep_seconds: i64,
) -> Result<Option<String>> {
    let key = new_api_key();
    let hashed = (Kind::ApiKey, root.hash_api_key(&key));
    Ok(replace(store, clock, client_id, keep_seconds, hashed).await?.map(|_| key))
}

/// Replaces secrets of a credential in its own transaction. Returns the credential, if it exists.
async fn replace(
    store: &Store,
    clock: &Clock,
    client_id: &str,
    keep_seconds: i64,
    hashed: (Kind, Vec<u8>),
) -> Result<Option<Uuid>> {
    let transaction = store.begin().await?;
    // Two concurrent rotations wait for each other; otherwise both current secrets would stay valid.
    let found = live(client_id).lock_exclusive().one(&transaction).await?;
    // An integration has its own API key, which does not belong to its credential.
    let is_possible = |row: &credential::Model| row.integration_id.is_none() || hashed.0 == Kind::Secret;
    let Some(row) = found.filter(is_possible) else { return Ok(None) };
    replace_locked(&transaction, clock, row.id, keep_seconds, hashed).await?;
    changed(&transaction, clock, Action::CredentialChanged, (row.project_id, row.id)).await?;
    transaction.commit().await?;
    Ok(Some(row.id))
}

/// Replaces a secret of a locked credential.
pub(in crate::auth) async fn replace_locked(
    transaction: &Transaction,
    clock: &Clock,
    credential: Uuid,
    keep_seconds: i64,
    hashed: (Kind, Vec<u8>),
) -> Result<()> {
    let now = clock.now();
    let mut live = live_secrets(transaction, credential, hashed.0, now).await?;
    // The current secret has no expiry yet. Sorting by time alone could swap two secrets of the same
    // millisecond.
    live.sort_by_key(|secret| secret.expires_at.is_some());
    for (age, secret) in live.iter().enumerate() {
        let ends = if age + 1 < LIVE_SECRETS { now.plus_seconds(keep_seconds) } else { now };
        let ends = secret.expires_at.map_or(ends, |at| at.min(ends));
        credential_secret::Entity::update_many()
            .col_expr(credential_secret::Column::ExpiresAt, Expr::value(ends))
            .filter(credential_secret::Column::Id.eq(secret.id))
            .exec(transaction)
            .await?;
    }
    add_secret(transaction, clock, credential, hashed).await
}

/// Returns the credential whose API key has this hash, and the key's expiry. The caller checks whether the
/// credential is live.
pub async fn of_key(store: &Store, hash: &[u8]) -> Result<Option<(Uuid, Option<Timestamp>)>> {
    let row = credential_secret::Entity::find()
        .filter(credential_secret::Column::Hash.eq(hash))
        .filter(credential_secret::Column::Kind.eq(Kind::ApiKey))
        .one(store.read())
        .await?;
    Ok(row.map(|row| (row.credential_id, row.expires_at)))
}

/// Returns the credential of a client id and secret, if the credential is live and the secret is valid.
/// Integrations cannot authenticate here, only with [`authenticate_integration`], which also checks their API
/// key.
pub async fn authenticate(
    store: &Store,
    root: &RootKey,
    now: Timestamp,
    client_id: &str,
    secret: &str,
) -> Result<Option<credential::Model>> {
    let candidate = live(client_id).filter(credential::Column::IntegrationId.is_null());
    matching(store, root, now, candidate, secret).await
}

/// Returns the credential of an integration, if it is live and the secret is valid. The caller checks the API
/// key.
pub async fn authenticate_integration(
    store: &Store,
    root: &RootKey,
    now: Timestamp,
    integration: Uuid,
    secret: &str,
) -> Result<Option<credential::Model>> {
    let candidate = live(&integration.to_string()).filter(credential::Column::IntegrationId.eq(integration));
    matching(store, root, now, candidate, secret).await
}

async fn matching(
    store: &Store,
    root: &RootKey,
    now: Timestamp,
    candidate: Select<credential::Entity>,
    secret: &str,
) -> Result<Option<credential::Model>> {
    let hash = root.hash_secret(secret);
    let Some(row) = candidate.one(store.read()).await? else { return Ok(None) };
    let secrets = live_secrets(store.read(), row.id, Kind::Secret, now).await?;
    let matches =
        secrets.iter().fold(subtle::Choice::from(0), |found, secret| found | secret.hash.ct_eq(&hash));
    Ok(bool::from(matches).then_some(row))
}

/// Returns the live secrets, newest first.
async fn live_secrets(
    db: &impl ConnectionTrait,
    credential: Uuid,
    kind: Kind,
    now: Timestamp,
) -> Result<Vec<credential_secret::Model>> {
    let unending = credential_secret::Column::ExpiresAt.is_null();
    Ok(credential_secret::Entity::find()
        .filter(credential_secret::Column::CredentialId.eq(credential))
        .filter(credential_secret::Column::Kind.eq(kind))
        .filter(Condition::any().add(unending).add(credential_secret::Column::ExpiresAt.gt(now)))
        .order_by_desc(credential_secret::Column::CreatedAt)
        .order_by_desc(credential_secret::Column::Id)
        .all(db)
        .await?)
}

/// Adds a secret to a credential.
pub(super) async fn add_secret(
    db: &impl ConnectionTrait,
    clock: &Clock,
    credential: Uuid,
    (kind, hash): (Kind, Vec<u8>),
) -> Result<()> {
    let row = credential_secret::ActiveModel {
        id: Set(clock.new_id()),
        credential_id: Set(credential),
        kind: Set(kind),
        hash: Set(hash),
        created_at: Set(clock.now()),
        expires_at: Set(None),
    };
    credential_secret::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Creates a secret of 256 random bits. The prefix lets scanners find a secret that was committed or posted
/// by mistake.
pub fn new_secret() -> String {
    format!("vgs_{}", random::<32>())
}

/// Creates an API key of 256 random bits, with a prefix for scanners.
pub fn new_api_key() -> String {
    format!("vgk_{}", random::<32>())
}

/// Returns `N` random bytes as text.
pub fn random<const N: usize>() -> String {
    let mut bytes = [0; N];
    crate::crypto::provider::fill(&mut bytes).expect("the operating system provides randomness");
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

//! Credentials: made, listed, rotated, revoked, and told from impostors.

use aws_lc_rs::rand;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    Timestamp,
    credential::{self, Strings},
    credential_secret::{self, Kind},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{Caller, Permissions};
use crate::{
    Result,
    clock::Clock,
    crypto::RootKey,
    db::{Store, counter, page::column},
};

/// How many live secrets a credential can have: the one in use, and the one that replaces it.
const LIVE_SECRETS: usize = 2;

/// What a new credential is to be.
#[derive(Clone, Debug)]
pub struct NewCredential {
    pub project: Uuid,
    pub label: String,
    pub permissions: Permissions,
    pub tag_limits: Option<Vec<String>>,
    /// The number it gets, if not the project's next one.
    pub number: Option<i32>,
}

/// A credential's pair and its API key, with the secrets that are shown once and kept nowhere.
#[derive(Clone)]
pub struct Pair {
    pub credential: Uuid,
    pub client_id: String,
    pub client_secret: String,
    /// What stands for both where a client sends one header only. `None` where it stays what it was.
    pub api_key: Option<String>,
}

/// Makes a credential with one secret.
///
/// # Errors
///
/// When the database fails.
pub async fn create(store: &Store, root: &RootKey, clock: &Clock, new: NewCredential) -> Result<Pair> {
    let pair = Pair {
        credential: clock.new_id(),
        client_id: format!("vgc_{}", random::<12>()),
        client_secret: new_secret(),
        api_key: Some(new_api_key()),
    };
    create_as(store, root, clock, new, pair).await
}

/// Makes a credential with a given pair, for demos whose pair is printed in a document.
///
/// # Errors
///
/// When the database fails.
pub async fn create_as(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    new: NewCredential,
    pair: Pair,
) -> Result<Pair> {
    let transaction = store.begin().await?;
    insert(&transaction, root, clock, &new, &pair).await?;
    transaction.commit().await?;
    Ok(pair)
}

/// Writes a credential with its secrets.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    root: &RootKey,
    clock: &Clock,
    new: &NewCredential,
    pair: &Pair,
) -> Result<credential::Model> {
    let number = match new.number {
        None => counter::next(transaction, new.project, "credentials").await?,
        Some(number) => {
            counter::reserve(transaction, new.project, "credentials", number).await?;
            number
        }
    };
    let row = credential::Model {
        id: pair.credential,
        project_id: new.project,
        number,
        client_id: pair.client_id.clone(),
        label: new.label.clone(),
        permissions: names(new.permissions),
        tag_limits: new.tag_limits.clone().map(Strings),
        integration_id: None,
        created_at: clock.now(),
        revoked_at: None,
    };
    credential::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(transaction)
        .await?;
    let secret = (Kind::Secret, root.hash_secret(&pair.client_secret));
    add_secret(transaction, clock, pair.credential, secret).await?;
    if let Some(key) = &pair.api_key {
        let key = (Kind::ApiKey, root.hash_api_key(key));
        add_secret(transaction, clock, pair.credential, key).await?;
    }
    Ok(row)
}

/// The credentials of a project, oldest first.
///
/// # Errors
///
/// When the database fails.
pub async fn list(store: &Store, project: Uuid) -> Result<Vec<credential::Model>> {
    Ok(credential::Entity::find()
        .filter(credential::Column::ProjectId.eq(project))
        .order_by_asc(credential::Column::Id)
        .all(store.read())
        .await?)
}

/// The credentials of these ids, of the caller's project.
///
/// # Errors
///
/// When the database fails.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<credential::Model>> {
    let mine = store.dialect().id_in(column::<credential::Entity>(credential::Column::Id), ids);
    Ok(credential::Entity::find()
        .filter(credential::Column::ProjectId.eq(caller.project_id()))
        .filter(mine)
        .all(store.read())
        .await?)
}

/// Gives a credential a new secret; the one in use stays good for that many seconds, any older one ends now. `None`
/// when there is no such credential, or it is revoked.
///
/// # Errors
///
/// When the database fails.
pub async fn rotate(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    client_id: &str,
    keep_seconds: i64,
) -> Result<Option<Pair>> {
    let client_secret = new_secret();
    let hashed = (Kind::Secret, root.hash_secret(&client_secret));
    let credential = replace(store, clock, client_id, keep_seconds, hashed).await?;
    let client_id = client_id.to_owned();
    Ok(credential.map(|credential| Pair { credential, client_id, client_secret, api_key: None }))
}

/// Gives a credential a new API key, likewise.
///
/// # Errors
///
/// When the database fails.
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

/// The credential, if there is one.
async fn replace(
    store: &Store,
    clock: &Clock,
    client_id: &str,
    keep_seconds: i64,
    hashed: (Kind, Vec<u8>),
) -> Result<Option<Uuid>> {
    let transaction = store.begin().await?;
    // Two rotations at once wait for each other, or both secrets in use would stay so.
    let Some(row) = live(client_id).lock_exclusive().one(&transaction).await? else { return Ok(None) };
    let now = clock.now();
    let mut live = live_secrets(&transaction, row.id, hashed.0, now).await?;
    // The one in use has no end yet. By their times alone, two of the same millisecond could change places.
    live.sort_by_key(|secret| secret.expires_at.is_some());
    for (age, secret) in live.iter().enumerate() {
        let ends = if age + 1 < LIVE_SECRETS { now.plus_seconds(keep_seconds) } else { now };
        let ends = secret.expires_at.map_or(ends, |at| at.min(ends));
        credential_secret::Entity::update_many()
            .col_expr(credential_secret::Column::ExpiresAt, Expr::value(ends))
            .filter(credential_secret::Column::Id.eq(secret.id))
            .exec(&transaction)
            .await?;
    }
    add_secret(&transaction, clock, row.id, hashed).await?;
    transaction.commit().await?;
    Ok(Some(row.id))
}

/// Whose API key has this hash, and until when it is good; whether the credential is, is for the caller to see.
///
/// # Errors
///
/// When the database fails.
pub async fn of_key(store: &Store, hash: &[u8]) -> Result<Option<(Uuid, Option<Timestamp>)>> {
    let row = credential_secret::Entity::find()
        .filter(credential_secret::Column::Hash.eq(hash))
        .filter(credential_secret::Column::Kind.eq(Kind::ApiKey))
        .one(store.read())
        .await?;
    Ok(row.map(|row| (row.credential_id, row.expires_at)))
}

/// Lets a credential do exactly this from now on.
///
/// # Errors
///
/// When the database fails.
pub async fn permit(store: &Store, credential: Uuid, permissions: Permissions) -> Result<()> {
    credential::Entity::update_many()
        .col_expr(credential::Column::Permissions, Expr::value(names(permissions)))
        .filter(credential::Column::Id.eq(credential))
        .exec(store.write())
        .await?;
    Ok(())
}

fn names(permissions: Permissions) -> Strings {
    Strings(permissions.iter().map(|permission| permission.name().to_owned()).collect())
}

/// Ends a credential: its secrets at once, its tokens within seconds. `false` when there is no such live credential.
///
/// # Errors
///
/// When the database fails.
pub async fn revoke(store: &Store, clock: &Clock, client_id: &str) -> Result<bool> {
    let revoked = credential::Entity::update_many()
        .col_expr(credential::Column::RevokedAt, Expr::value(clock.now()))
        .filter(credential::Column::ClientId.eq(client_id))
        .filter(credential::Column::RevokedAt.is_null())
        .exec(store.write())
        .await?;
    Ok(revoked.rows_affected > 0)
}

/// The credential of a pair, if it is live and the secret is one of its own.
///
/// # Errors
///
/// When the database fails.
pub async fn authenticate(
    store: &Store,
    root: &RootKey,
    now: Timestamp,
    client_id: &str,
    secret: &str,
) -> Result<Option<credential::Model>> {
    let hash = root.hash_secret(secret);
    let Some(row) = live(client_id).one(store.read()).await? else { return Ok(None) };
    let secrets = live_secrets(store.read(), row.id, Kind::Secret, now).await?;
    let matches =
        secrets.iter().fold(subtle::Choice::from(0), |found, secret| found | secret.hash.ct_eq(&hash));
    Ok(bool::from(matches).then_some(row))
}

/// The credential of a client id, unless it is revoked.
fn live(client_id: &str) -> Select<credential::Entity> {
    // PostgreSQL refuses a text with a NUL in it, so no credential has one.
    let client_id = if client_id.contains('\0') { "" } else { client_id };
    credential::Entity::find()
        .filter(credential::Column::ClientId.eq(client_id))
        .filter(credential::Column::RevokedAt.is_null())
}

/// The newest first.
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

async fn add_secret(
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

/// 256 random bits. The prefix lets scanners find one that was committed or posted by mistake.
pub(super) fn new_secret() -> String {
    format!("vgs_{}", random::<32>())
}

/// Likewise.
pub(super) fn new_api_key() -> String {
    format!("vgk_{}", random::<32>())
}

pub(super) fn random<const N: usize>() -> String {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system gives randomness");
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

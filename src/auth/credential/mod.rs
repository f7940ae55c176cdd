//! Creates, lists and revokes credentials; `secret` rotates and verifies their secrets.

mod secret;

use entity::{
    Timestamp,
    credential::{self, Strings},
    credential_secret::Kind,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use uuid::Uuid;

use super::{ActorId, Caller, Permissions};
use crate::{
    Result,
    audit::{self, Action, Entry},
    clock::Clock,
    crypto::RootKey,
    db::{Store, Transaction, counter},
};
use secret::add_secret;
pub use secret::{authenticate, authenticate_integration, of_key, rotate, rotate_key};
pub(super) use secret::{new_api_key, new_secret, random, replace_locked};

/// Milliseconds of an hour.
const HOUR: i64 = 60 * 60 * 1000;

/// A credential to create.
#[derive(Clone, Debug)]
pub struct NewCredential {
    pub project: Uuid,
    pub label: String,
    pub permissions: Permissions,
    pub tag_limits: Option<Vec<String>>,
    /// The credential's number. Default: the project's next number.
    pub number: Option<i64>,
    /// Who creates it. `None`: the command line.
    pub created_by: Option<ActorId>,
}

/// A credential's client id, secret and API key. The secrets are shown once and not stored.
#[derive(Clone)]
pub struct IssuedCredential {
    pub credential: Uuid,
    pub client_id: String,
    pub client_secret: String,
    /// API key, for clients that can send one header only. `None` if it is unchanged.
    pub api_key: Option<String>,
}

/// Creates a credential with one secret.
pub async fn create(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    new: NewCredential,
) -> Result<IssuedCredential> {
    let pair = IssuedCredential {
        credential: clock.new_id(),
        client_id: format!("vgc_{}", random::<12>()),
        client_secret: new_secret(),
        api_key: Some(new_api_key()),
    };
    create_as(store, root, clock, new, pair).await
}

/// Creates a credential with a given client id and secret, for demos whose values are printed in a document.
pub async fn create_as(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    new: NewCredential,
    pair: IssuedCredential,
) -> Result<IssuedCredential> {
    let transaction = store.begin().await?;
    insert(&transaction, root, clock, &new, &pair).await?;
    transaction.commit().await?;
    Ok(pair)
}

/// Inserts a client's credential with its secrets.
pub(super) async fn insert(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    new: &NewCredential,
    pair: &IssuedCredential,
) -> Result<credential::Model> {
    insert_for(transaction, root, clock, (new, None), pair).await
}

/// Inserts a credential with its secrets. If an integration is given, it must exist, and the credential
/// belongs to it.
pub async fn insert_for(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    (new, integration_id): (&NewCredential, Option<Uuid>),
    pair: &IssuedCredential,
) -> Result<credential::Model> {
    let number = match new.number {
        None => counter::take(transaction, new.project, "credentials", 1).await?,
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
        integration_id,
        created_at: clock.now(),
        revoked_at: None,
        last_used_at: None,
        created_by_credential: new.created_by.and_then(ActorId::credential),
        created_by_membership: new.created_by.and_then(ActorId::membership),
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
    changed(transaction, clock, Action::CredentialCreated, (row.project_id, row.id)).await?;
    Ok(row)
}

/// Lists the credentials of a project, oldest first.
pub async fn list(store: &Store, project: Uuid) -> Result<Vec<credential::Model>> {
    Ok(credential::Entity::find()
        .filter(credential::Column::ProjectId.eq(project))
        .order_by_asc(credential::Column::Id)
        .all(store.read())
        .await?)
}

/// Selects the credentials of the caller's project.
fn of_project(caller: &Caller) -> Select<credential::Entity> {
    credential::Entity::find().filter(credential::Column::ProjectId.eq(caller.project_id()))
}

/// Selects those of `ids` that are credentials of the caller's project.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(of_project(caller), credential::Column::Id, ids)
}

/// Loads the credentials with these ids in the caller's project.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<credential::Model>> {
    store.load(caller.scope(), || of_project(caller), credential::Column::Id, ids).await
}

/// Replaces the permissions of a credential.
pub async fn permit(store: &Store, clock: &Clock, credential: Uuid, permissions: Permissions) -> Result<()> {
    let transaction = store.begin().await?;
    let row = credential::Entity::find_by_id(credential).lock_exclusive().one(&transaction).await?;
    let Some(row) = row else { return Ok(()) };
    let project = row.project_id;
    let mut row = row.into_active_model();
    row.permissions = Set(names(permissions));
    row.update(&transaction).await?;
    changed(&transaction, clock, Action::CredentialChanged, (project, credential)).await?;
    transaction.commit().await?;
    Ok(())
}

fn names(permissions: Permissions) -> Strings {
    Strings(permissions.iter().map(|permission| permission.name().to_owned()).collect())
}

/// Revokes a credential: its secrets at once, its tokens within seconds. Returns `false` if no live
/// credential matches.
pub async fn revoke(store: &Store, clock: &Clock, client_id: &str) -> Result<bool> {
    let transaction = store.begin().await?;
    let Some(row) = live(client_id).lock_exclusive().one(&transaction).await? else { return Ok(false) };
    let (project, id) = (row.project_id, row.id);
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(clock.now()));
    row.update(&transaction).await?;
    changed(&transaction, clock, Action::CredentialRevoked, (project, id)).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Records a change to a project's credential in the audit log.
pub(super) async fn changed(
    transaction: &Transaction,
    clock: &Clock,
    action: Action,
    (project, resource): (Uuid, Uuid),
) -> Result<()> {
    audit::store::record(transaction, clock, Entry { project, action, resource, user: None }).await
}

/// Selects the credential with a client id, unless it is revoked.
fn live(client_id: &str) -> Select<credential::Entity> {
    // PostgreSQL rejects a text with a NUL in it, so no credential has one.
    let client_id = if client_id.contains('\0') { "" } else { client_id };
    credential::Entity::find()
        .filter(credential::Column::ClientId.eq(client_id))
        .filter(credential::Column::RevokedAt.is_null())
}

/// Records that a credential is used, to the hour.
pub async fn record_use(db: &impl ConnectionTrait, now: Timestamp, id: Uuid) -> Result<()> {
    let hour = Timestamp(now.0 - now.0.rem_euclid(HOUR));
    let is_older = credential::Column::LastUsedAt.is_null().or(credential::Column::LastUsedAt.lt(hour));
    let used = credential::Entity::update_many()
        .col_expr(credential::Column::LastUsedAt, Expr::value(hour))
        .filter(credential::Column::Id.eq(id))
        .filter(is_older);
    used.exec(db).await?;
    Ok(())
}

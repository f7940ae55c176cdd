//! Integrations: created by the operator, authenticated by an API key and the secret of their credential.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    Timestamp,
    credential::{self, Strings},
    integration::{self, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select, sea_query::SelectStatement,
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::Scope;
use crate::{
    Result,
    auth::{
        Caller, Permission,
        credential::{self as credentials, IssuedCredential, NewCredential},
    },
    clock::Clock,
    crypto::RootKey,
    db::Store,
};

/// An integration to create.
#[derive(Clone, Debug)]
pub struct NewIntegration {
    pub project: Uuid,
    pub label: String,
    pub scopes: Vec<Scope>,
}

/// The keys of an integration: shown once and not stored.
#[derive(Clone)]
pub struct Keys {
    pub integration: Uuid,
    pub api_key: String,
    pub secret: String,
}

/// Outcome of authentication.
#[derive(Clone, Debug)]
pub enum AuthenticateOutcome {
    Credential(credential::Model),
    UnknownKey,
    WrongSecret,
}

/// Creates an integration.
///
/// # Panics
///
/// When the operating system provides no randomness.
pub async fn create(store: &Store, root: &RootKey, clock: &Clock, new: NewIntegration) -> Result<Keys> {
    let random = || {
        let mut bytes = [0; 32];
        crate::crypto::provider::fill(&mut bytes).expect("the operating system provides randomness");
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    };
    let keys = Keys {
        integration: clock.new_id(),
        api_key: format!("vgk_{}", random()),
        secret: format!("vgs_{}", random()),
    };
    create_as(store, root, clock, new, keys).await
}

/// Creates an integration with given keys, for demos whose keys are printed in a document.
pub async fn create_as(
    store: &Store,
    root: &RootKey,
    clock: &Clock,
    new: NewIntegration,
    keys: Keys,
) -> Result<Keys> {
    let row = integration::ActiveModel {
        id: Set(keys.integration),
        project_id: Set(new.project),
        label: Set(new.label.clone()),
        api_key_hash: Set(root.hash_api_key(&keys.api_key)),
        scopes: Set(Strings(new.scopes.iter().map(|scope| scope.name().to_owned()).collect())),
        created_at: Set(clock.now()),
    };
    let pair = IssuedCredential {
        credential: clock.new_id(),
        client_id: keys.integration.to_string(),
        client_secret: keys.secret.clone(),
        api_key: None,
    };
    let permissions = [Permission::ResultsView].into_iter().collect();
    let credential = NewCredential {
        project: new.project,
        label: new.label,
        permissions,
        tag_limits: None,
        number: None,
        created_by: None,
    };
    let transaction = store.begin().await?;
    Entity::insert(row).exec_without_returning(&transaction).await?;
    let credential = (&credential, Some(keys.integration));
    credentials::insert_for(&transaction, root, clock, credential, &pair).await?;
    transaction.commit().await?;
    Ok(keys)
}

/// Selects the integrations that a caller may see: its project's; for a credential of an integration, its own.
#[must_use]
pub fn visible_to(caller: &Caller) -> Select<Entity> {
    let rows = Entity::find().filter(Column::ProjectId.eq(caller.project_id()));
    match caller.integration_id() {
        Some(integration) => rows.filter(Column::Id.eq(integration)),
        None => rows,
    }
}

/// Selects those of `ids` that are integrations visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(caller), Column::Id, ids)
}

/// Loads the integrations with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    store.load(caller.scope(), || visible_to(caller), Column::Id, ids).await
}

/// Lists the integrations of a project, oldest first.
pub async fn list(store: &Store, project: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Id);
    Ok(rows.all(store.read()).await?)
}

/// Authenticates an integration by its API key, its id and its secret.
pub async fn authenticate(
    store: &Store,
    root: &RootKey,
    now: Timestamp,
    api_key: &str,
    (integration, secret): (&str, &str),
) -> Result<AuthenticateOutcome> {
    let hash = root.hash_api_key(api_key);
    let known = Entity::find().filter(Column::ApiKeyHash.eq(hash.clone())).one(store.read()).await?;
    // The index lookup is not constant-time, so compare once more in constant time.
    let known = known.filter(|known| bool::from(known.api_key_hash.ct_eq(&hash)));
    let Some(known) = known else { return Ok(AuthenticateOutcome::UnknownKey) };
    if Uuid::try_parse(integration) != Ok(known.id) {
        return Ok(AuthenticateOutcome::WrongSecret);
    }
    let entered = credentials::authenticate_integration(store, root, now, known.id, secret).await?;
    Ok(entered.map_or(AuthenticateOutcome::WrongSecret, AuthenticateOutcome::Credential))
}

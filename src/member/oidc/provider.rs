//! The SQL of identity providers and of the roles of their groups.

use entity::{
    credential::Strings,
    oidc_identity,
    oidc_mapping::{self, Model as Mapping},
    oidc_provider::{self, Model as Provider},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::secret;
use crate::{
    Result,
    audit::{self, Action, Entry},
    clock::Clock,
    crypto::RootKey,
    db::Transaction,
};

/// A provider to add.
#[derive(Clone)]
pub struct NewProvider {
    pub label: String,
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<Zeroizing<String>>,
    pub scopes: Vec<String>,
    pub groups_claim: Option<String>,
    pub is_exclusive: bool,
}

/// A role of a group to set.
#[derive(Clone, Debug)]
pub struct NewMapping {
    pub provider: Uuid,
    pub group: String,
    pub project: Uuid,
    pub role: Uuid,
    pub tag_limits: Option<Vec<String>>,
    pub rank: i32,
}

/// The row of a provider.
///
/// # Errors
///
/// When the operating system provides no randomness.
pub fn row(root: &RootKey, clock: &Clock, new: NewProvider) -> Result<Provider> {
    let id = clock.new_id();
    let secret = new.client_secret.map(|secret| secret::seal(root, id, &secret));
    Ok(Provider {
        id,
        label: new.label,
        issuer: new.issuer,
        client_id: new.client_id,
        client_secret: secret.transpose()?,
        scopes: Strings(new.scopes),
        groups_claim: new.groups_claim,
        is_exclusive: new.is_exclusive,
        is_active: true,
        created_at: clock.now(),
    })
}

/// Inserts a provider.
pub async fn insert(db: &impl ConnectionTrait, row: Provider) -> Result<()> {
    let insert = oidc_provider::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await?;
    Ok(())
}

/// Lists the providers, by name.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Provider>> {
    Ok(oidc_provider::Entity::find().order_by_asc(oidc_provider::Column::Label).all(db).await?)
}

/// Lists the providers with which people can sign in, by name.
pub async fn list_active(db: &impl ConnectionTrait) -> Result<Vec<Provider>> {
    Ok(list(db).await?.into_iter().filter(|provider| provider.is_active).collect())
}

/// Returns a provider with which people can sign in.
pub async fn find_active(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Provider>> {
    let row = oidc_provider::Entity::find_by_id(id).filter(oidc_provider::Column::IsActive.eq(true));
    Ok(row.one(db).await?)
}

/// Returns the provider that switches other ways to sign in off, if there is one.
pub async fn exclusive(db: &impl ConnectionTrait) -> Result<Option<Provider>> {
    Ok(list_active(db).await?.into_iter().find(|provider| provider.is_exclusive))
}

/// Sets whether a provider switches other ways to sign in off.
pub async fn set_exclusive(db: &impl ConnectionTrait, id: Uuid, is_exclusive: bool) -> Result<()> {
    let row =
        oidc_provider::ActiveModel { id: Set(id), is_exclusive: Set(is_exclusive), ..Default::default() };
    row.update(db).await?;
    Ok(())
}

/// Removes a provider with its mappings. Its members stay, and no longer sign in with it.
pub async fn remove(transaction: &Transaction, clock: &Clock, id: Uuid) -> Result<()> {
    for mapping in mappings(transaction, id).await? {
        unmap(transaction, clock, &mapping).await?;
    }
    let identities = oidc_identity::Entity::delete_many();
    identities.filter(oidc_identity::Column::ProviderId.eq(id)).exec(transaction).await?;
    oidc_provider::Entity::delete_by_id(id).exec(transaction).await?;
    Ok(())
}

/// Lists the mappings of a provider, the lowest rank first.
pub async fn mappings(db: &impl ConnectionTrait, provider: Uuid) -> Result<Vec<Mapping>> {
    let rows = oidc_mapping::Entity::find()
        .filter(oidc_mapping::Column::ProviderId.eq(provider))
        .order_by_asc(oidc_mapping::Column::Rank)
        .order_by_asc(oidc_mapping::Column::Id);
    Ok(rows.all(db).await?)
}

/// Lists the mappings of all providers in a project, the lowest rank first.
pub async fn mappings_of_project(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Mapping>> {
    let rows = oidc_mapping::Entity::find()
        .filter(oidc_mapping::Column::ProjectId.eq(project))
        .order_by_asc(oidc_mapping::Column::Rank)
        .order_by_asc(oidc_mapping::Column::Id);
    Ok(rows.all(db).await?)
}

/// Sets the role of a group in a project.
pub async fn map(transaction: &Transaction, clock: &Clock, new: NewMapping) -> Result<()> {
    let known = mappings(transaction, new.provider).await?;
    let known = known.into_iter().find(|row| row.project_id == new.project && row.group_name == new.group);
    if let Some(known) = known {
        oidc_mapping::Entity::delete_by_id(known.id).exec(transaction).await?;
    }
    let row = Mapping {
        id: clock.new_id(),
        provider_id: new.provider,
        group_name: new.group,
        project_id: new.project,
        role_id: new.role,
        tag_limits: new.tag_limits.map(Strings),
        rank: new.rank,
    };
    let insert = oidc_mapping::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(transaction).await?;
    record(transaction, clock, Action::GroupMapped, &row).await
}

/// Removes the role of a group.
pub async fn unmap(transaction: &Transaction, clock: &Clock, mapping: &Mapping) -> Result<()> {
    oidc_mapping::Entity::delete_by_id(mapping.id).exec(transaction).await?;
    record(transaction, clock, Action::GroupUnmapped, mapping).await
}

/// Returns whether a group has a role.
pub async fn is_mapped(db: &impl ConnectionTrait, role: Uuid) -> Result<bool> {
    let rows = oidc_mapping::Entity::find().filter(oidc_mapping::Column::RoleId.eq(role));
    Ok(rows.count(db).await? > 0)
}

async fn record(transaction: &Transaction, clock: &Clock, action: Action, row: &Mapping) -> Result<()> {
    let entry = Entry { project: row.project_id, action, resource: row.role_id, user: None };
    audit::record(transaction, clock, entry).await
}

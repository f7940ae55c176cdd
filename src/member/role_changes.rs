//! Changes of the roles that a project made. A caller creates and changes only roles whose permissions it
//! holds.

use entity::{credential::Strings, membership, role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::{
    access::{exceeds, lock, role_of},
    link,
    oidc::provider::is_mapped,
    roles, store,
};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::{Caller, Permission, Permissions},
    clock::Clock,
    db::{Store, Transaction},
};

/// A change of a role that the project made. `None`: unchanged.
#[derive(Clone, Debug)]
pub struct RoleChange {
    pub name: Option<String>,
    pub permissions: Option<Vec<Permission>>,
    pub is_masked: Option<bool>,
}

/// Outcome of a change of a role; the role is `None` once it is deleted.
#[derive(Clone, Debug)]
pub enum RoleOutcome {
    Done(Option<role::Model>),
    NotFound,
    NameTaken,
    Exceeds,
    InUse,
}

/// Creates a role in the caller's project. `change` has every value.
pub async fn create_role(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    change: RoleChange,
) -> Result<RoleOutcome> {
    let transaction = store.begin().await?;
    lock(&transaction, caller).await?;
    let row = role::Model {
        id: clock.new_id(),
        project_id: caller.project_id(),
        name: String::new(),
        built_in: None,
        permissions: None,
        is_masked: false,
        version: 0,
        created_at: clock.now(),
        updated_at: clock.now(),
    };
    write_role(transaction, caller, clock, (row, true), change).await
}

/// Changes a role that the caller's project made.
pub async fn update_role(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
    change: RoleChange,
) -> Result<RoleOutcome> {
    let transaction = store.begin().await?;
    lock(&transaction, caller).await?;
    let row = role_of(&transaction, caller.project_id(), id).await?;
    let Some(row) = row.filter(|row| row.built_in.is_none()) else { return Ok(RoleOutcome::NotFound) };
    if exceeds(caller, &row, None) {
        return Ok(RoleOutcome::Exceeds);
    }
    write_role(transaction, caller, clock, (row, false), change).await
}

async fn write_role(
    transaction: Transaction,
    caller: &Caller,
    clock: &Clock,
    (mut row, is_new): (role::Model, bool),
    change: RoleChange,
) -> Result<RoleOutcome> {
    if let Some(name) = change.name {
        let known = roles::named(&transaction, row.project_id, &name).await?;
        if known.is_some_and(|known| known.id != row.id) {
            return Ok(RoleOutcome::NameTaken);
        }
        row.name = name;
    }
    if let Some(permissions) = change.permissions {
        let names = permissions.into_iter().collect::<Permissions>();
        row.permissions = Some(Strings(names.iter().map(|it| it.name().to_owned()).collect()));
    }
    row.is_masked = change.is_masked.unwrap_or(row.is_masked);
    if exceeds(caller, &row, None) {
        return Ok(RoleOutcome::Exceeds);
    }
    row.version += 1;
    row.updated_at = clock.now();
    let action = if is_new {
        let new = row.clone().into_active_model().reset_all();
        role::Entity::insert(new).exec_without_returning(&transaction).await?;
        Action::RoleCreated
    } else {
        let changed = role::ActiveModel {
            id: Set(row.id),
            name: Set(row.name.clone()),
            permissions: Set(row.permissions.clone()),
            is_masked: Set(row.is_masked),
            version: Set(row.version),
            updated_at: Set(row.updated_at),
            ..Default::default()
        };
        changed.update(&transaction).await?;
        Action::RoleChanged
    };
    let entry = Entry { project: row.project_id, action, resource: row.id, user: None };
    audit::record(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(RoleOutcome::Done(Some(row)))
}

/// Deletes a role that the caller's project made and that no membership has, ended or not, and no group.
pub async fn delete_role(store: &Store, caller: &Caller, clock: &Clock, id: Uuid) -> Result<RoleOutcome> {
    let transaction = store.begin().await?;
    lock(&transaction, caller).await?;
    let row = role_of(&transaction, caller.project_id(), id).await?;
    let Some(row) = row.filter(|row| row.built_in.is_none()) else { return Ok(RoleOutcome::NotFound) };
    let used = store::visible_to(caller).filter(membership::Column::RoleId.eq(id));
    if used.count(&transaction).await? > 0 || is_mapped(&transaction, id).await? {
        return Ok(RoleOutcome::InUse);
    }
    link::delete_invitations_to(&transaction, id).await?;
    role::Entity::delete_by_id(id).exec(&transaction).await?;
    let entry = Entry { project: row.project_id, action: Action::RoleDeleted, resource: id, user: None };
    audit::record(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(RoleOutcome::Done(None))
}

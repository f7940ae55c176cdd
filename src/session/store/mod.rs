//! The SQL of verification sessions.

pub mod complete;
pub mod create;
pub mod emit;

use entity::{
    user,
    verification_session::{Column, Entity, Model},
};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::filter::SessionFilter;
use crate::{
    Error, Result,
    auth::Caller,
    crypto::{AssociatedData, DataKey, Vault},
    db::{Store, column::column, within},
    user::{
        personal::key_of,
        store::{in_scope, visible_to as visible_users},
    },
};

/// Selects the sessions that a caller may see: those of its visible users. Every select of this table starts
/// here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<Entity> {
    Entity::find().filter(in_scope::<Entity>(store, caller, Column::ProjectId, Column::UserId))
}

/// Applies the filters to the visible sessions.
#[must_use]
pub fn filtered(store: &Store, caller: &Caller, filters: &SessionFilter) -> Select<Entity> {
    let dialect = store.dialect();
    let mut rows = visible_to(store, caller);
    if let Some(statuses) = &filters.statuses {
        rows = rows.filter(dialect.enum_in(column::<Entity>(Column::Status), statuses));
    }
    if let Some(refs) = &filters.ref_ids {
        let refs =
            dialect.text_in(column::<user::Entity>(user::Column::RefId), refs.iter().map(String::as_str));
        let users = visible_users(store, caller).filter(refs).select_only().column(user::Column::Id);
        rows = rows.filter(Column::UserId.in_subquery(users.into_query()));
    }
    within(rows, Column::CreatedAt, filters.created_at)
}

/// Selects those of `ids` that are sessions visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(store, caller), Column::Id, ids)
}

/// Loads the sessions with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    store.load(caller.scope(), || visible_to(store, caller), Column::Id, ids).await
}

/// Finds a visible user by the client's id.
pub async fn user_of(store: &Store, caller: &Caller, ref_id: &str) -> Result<Option<user::Model>> {
    let named = visible_users(store, caller).filter(user::Column::RefId.eq(ref_id));
    Ok(named.one(store.read()).await?)
}

/// Lists the sessions of a user, newest first, at most `most`.
pub async fn of_user(store: &Store, caller: &Caller, user: Uuid, most: u64) -> Result<Vec<Model>> {
    let rows = visible_to(store, caller).filter(Column::UserId.eq(user));
    let newest_first = rows.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    Ok(newest_first.limit(most).all(store.read()).await?)
}

/// Returns the addresses at which the user of a session was seen.
///
/// # Errors
///
/// When the database fails, or the row was modified.
pub async fn addresses(vault: &Vault, user: &user::Model, row: &Model) -> Result<Vec<String>> {
    let Some(sealed) = &row.metadata else { return Ok(Vec::new()) };
    let Some(key) = key_of(vault, user).await? else { return Ok(Vec::new()) };
    let text = key.open(associated_data(row.project_id, row.id), sealed)?;
    serde_json::from_slice(&text).map_err(|_| Error::Fault("the sealed addresses of a session are malformed"))
}

/// Seals the addresses of a session with the key of its user.
///
/// # Errors
///
/// When the operating system provides no randomness.
pub fn seal(key: &DataKey, project: Uuid, session: Uuid, addresses: &[String]) -> Result<Option<Vec<u8>>> {
    if addresses.is_empty() {
        return Ok(None);
    }
    let text =
        serde_json::to_vec(addresses).map_err(|_| Error::Fault("failed to write addresses as JSON"))?;
    Ok(Some(key.seal(associated_data(project, session), &text)?))
}

const fn associated_data(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "verification_sessions", column: "metadata", row }
}

/// The columns by which sessions can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionSort {
    CreatedAt,
    UpdatedAt,
}

/// Returns the keys of the ordering, the id last.
#[must_use]
pub fn keys(sort: SessionSort, direction: Direction) -> Vec<Key<Model>> {
    let key = Key::of::<Entity>;
    let by = match sort {
        SessionSort::CreatedAt => {
            key(Column::CreatedAt, direction, CellKind::Integer, |row| Cell::Integer(row.created_at.0))
        }
        SessionSort::UpdatedAt => {
            key(Column::UpdatedAt, direction, CellKind::Integer, |row| Cell::Integer(row.updated_at.0))
        }
    };
    vec![by, key(Column::Id, direction, CellKind::Id, |row| Cell::Id(row.id))]
}

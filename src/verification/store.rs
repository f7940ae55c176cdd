//! The SQL of verification levels and of the history of grants.

use std::collections::HashMap;

use entity::{user, verification, verification_level};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use super::filter::VerificationFilter;
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    user::store::{in_scope, visible_to as visible_users},
};

/// Selects the grants that a caller may see: those of its visible users. Every select of this table starts
/// here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<verification::Entity> {
    let (project, user) = (verification::Column::ProjectId, verification::Column::UserId);
    verification::Entity::find().filter(in_scope::<verification::Entity>(store, caller, project, user))
}

/// Selects the levels that a caller may see: its project's. Every select of this table starts here.
#[must_use]
pub fn visible_levels(caller: &Caller) -> Select<verification_level::Entity> {
    verification_level::Entity::find().filter(verification_level::Column::ProjectId.eq(caller.project_id()))
}

/// Applies the filters to the visible grants.
pub fn filtered(
    store: &Store,
    caller: &Caller,
    filters: &VerificationFilter,
) -> Select<verification::Entity> {
    let mut rows = visible_to(store, caller);
    if let Some(user) = filters.user_id {
        rows = rows.filter(verification::Column::UserId.eq(user));
    }
    if let Some(number) = filters.client_number {
        let user = visible_users(store, caller).filter(user::Column::Number.eq(number));
        let id = user.select_only().column(user::Column::Id).into_query();
        // At most one user matches. With `=`, PostgreSQL finds the user first and then scans the user's
        // history along an index; with IN, it joins and sorts the whole history.
        let user_id = Expr::col(column::<verification::Entity>(verification::Column::UserId));
        rows = rows.filter(user_id.eq(Expr::SubQuery(None, Box::new(id.into()))));
    }
    if let Some(levels) = &filters.level_ids {
        let level = column::<verification::Entity>(verification::Column::CurrentLevelId);
        rows = rows.filter(store.dialect().id_in(level, levels));
    }
    if let Some(range) = filters.created_at {
        let at = Expr::col(column::<verification::Entity>(verification::Column::CreatedAt));
        rows = range.bounds(&at).fold(rows, QueryFilter::filter);
    }
    rows
}

/// Selects those of `ids` that are grants visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(store, caller), verification::Column::Id, ids)
}

/// Selects those of `ids` that are levels visible to the caller.
#[must_use]
pub fn level_ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_levels(caller), verification_level::Column::Id, ids)
}

/// Loads the grants with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<verification::Model>> {
    store.load(caller.scope(), || visible_to(store, caller), verification::Column::Id, ids).await
}

/// Loads the levels with these ids.
pub async fn levels_by_ids(
    store: &Store,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<Vec<verification_level::Model>> {
    store.load(caller.scope(), || visible_levels(caller), verification_level::Column::Id, ids).await
}

/// Lists the verification levels of a caller's project, lowest first.
pub async fn ladder(store: &Store, caller: &Caller) -> Result<Vec<verification_level::Model>> {
    Ok(visible_levels(caller).order_by_asc(verification_level::Column::Index).all(store.read()).await?)
}

/// Returns the current level of each of these users: the level of the last grant. A user without grants has
/// the level at index 0, if the project has it.
pub async fn current_levels_of(
    store: &Store,
    caller: &Caller,
    users: &[Uuid],
) -> Result<HashMap<Uuid, verification_level::Model>> {
    let ladder = ladder(store, caller).await?;
    let owner_filter =
        store.dialect().id_in(column::<verification::Entity>(verification::Column::UserId), users);
    // A user's steps are numbered without gaps, so the last one is the one without a successor.
    let later = Query::select()
        .expr(Expr::cust("1"))
        .from_as(verification::Entity, "later")
        .and_where(Expr::col(("later", "project_id")).eq(caller.project_id()))
        .and_where(Expr::col(("later", "user_id")).eq(Expr::col(("verifications", "user_id"))))
        .and_where(Expr::col(("later", "step")).gt(Expr::col(("verifications", "step"))))
        .take();
    let rows: Vec<(Uuid, Uuid)> = visible_to(store, caller)
        .filter(owner_filter)
        .filter(Expr::not_exists(later))
        .select_only()
        .columns([verification::Column::UserId, verification::Column::CurrentLevelId])
        .into_tuple()
        .all(store.read())
        .await?;
    let granted: HashMap<Uuid, Uuid> = rows.into_iter().collect();
    let level_of = |user: &Uuid| {
        let level = match granted.get(user) {
            Some(level) => ladder.iter().find(|rung| rung.id == *level),
            None => ladder.iter().find(|rung| rung.index == 0),
        };
        level.map(|level| (*user, level.clone()))
    };
    Ok(users.iter().filter_map(level_of).collect())
}

/// The columns by which grants can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerificationSort {
    CreatedAt,
    Number,
}

/// Returns the keys of the ordering. The number is unique in a project, so it is the last key instead of the
/// id.
#[must_use]
pub fn keys(sort: VerificationSort, direction: Direction) -> Vec<Key<verification::Model>> {
    let key = Key::of::<verification::Entity>;
    let number =
        key(verification::Column::Number, direction, CellKind::Integer, |row| Cell::Integer(row.number));
    match sort {
        VerificationSort::Number => vec![number],
        VerificationSort::CreatedAt => {
            let at = key(verification::Column::CreatedAt, direction, CellKind::Integer, |row| {
                Cell::Integer(row.created_at.0)
            });
            vec![at, number]
        }
    }
}

//! The SQL of identifications.

pub mod change;
pub mod counts;
pub mod due;
pub mod expire;
pub mod start;
pub mod totals;
pub mod update;

use std::collections::HashMap;

use entity::{grant_policy::Level, identification, identification_source};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func, SelectStatement},
};
use uuid::Uuid;

use super::{filter::IdentificationFilter, rules::HeldLevels};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column, dialect::Dialect, within},
    user::store::in_scope,
};

/// Selects the identifications that a caller may see: those of its visible users. Every select of this table
/// starts here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<identification::Entity> {
    let (project, user) = (identification::Column::ProjectId, identification::Column::UserId);
    identification::Entity::find().filter(in_scope::<identification::Entity>(store, caller, project, user))
}

/// Applies the filters to the visible identifications.
pub fn filtered(
    store: &Store,
    caller: &Caller,
    filters: &IdentificationFilter,
) -> Select<identification::Entity> {
    let dialect = store.dialect();
    let mut rows = visible_to(store, caller);
    if let Some(statuses) = &filters.statuses {
        let status = column::<identification::Entity>(identification::Column::Status);
        rows = rows.filter(dialect.enum_in(status, statuses));
    }
    if let Some(processes) = &filters.processes {
        let process = column::<identification::Entity>(identification::Column::Process);
        rows = rows.filter(dialect.enum_in(process, processes));
    }
    if let Some(levels) = &filters.levels {
        let awarded = levels.iter().map(|level| status_of(*level).ne(identification::Status::NotSupported));
        rows = rows.filter(awarded.fold(Expr::cust("1 = 0"), ExprTrait::or));
    }
    if let Some(reasons) = &filters.reasons {
        // The condition of the indexes of these rows: other rows are not read.
        rows = rows.filter(Expr::cust(INVALID)).filter(has_reason(dialect, reasons));
    }
    let rows = within(rows, identification::Column::CreatedAt, filters.created_at);
    within(rows, identification::Column::UpdatedAt, filters.updated_at)
}

const INVALID: &str = "(identifications.expert_reasons IS NOT NULL OR identifications.qes_reasons IS NOT NULL \
                       OR identifications.pvid_reasons IS NOT NULL)";

/// Condition that one of the levels is invalid for one of these reasons.
fn has_reason(dialect: Dialect, reasons: &[identification::Reason]) -> Expr {
    use identification::Column::{ExpertReasons, PvidReasons, QesReasons};

    let mut any = Expr::cust("1 = 0");
    for reason in reasons {
        // Reasons are stored by their names.
        let name = serde_json::to_value(reason).unwrap_or_default();
        for of in [ExpertReasons, QesReasons, PvidReasons] {
            let of = column::<identification::Entity>(of);
            any = any.or(dialect.lists(of, name.as_str().unwrap_or_default()));
        }
    }
    any
}

const fn status_of(level: Level) -> identification::Column {
    match level {
        Level::Expert => identification::Column::ExpertStatus,
        Level::Qes => identification::Column::QesStatus,
        Level::Pvid => identification::Column::PvidStatus,
    }
}

/// Selects those of `ids` that are identifications visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(store, caller), identification::Column::Id, ids)
}

/// Loads the identifications with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<identification::Model>> {
    store.load(caller.scope(), || visible_to(store, caller), identification::Column::Id, ids).await
}

/// Returns the other provider that made the check, for those of these identifications that have one.
// Follows rows that the caller already sees, so it needs no scope.
pub async fn providers_of(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    use identification_source::Column::{IdentificationId, ProjectId, Provider};

    let rows = identification_source::Entity::find()
        .filter(ProjectId.eq(caller.project_id()))
        .filter(store.dialect().id_in(column::<identification_source::Entity>(IdentificationId), ids))
        .select_only()
        .columns([IdentificationId, Provider]);
    Ok(rows.into_tuple().all(store.read()).await?)
}

/// Returns the levels that each of these users holds; users without identifications are omitted.
pub async fn levels_of(store: &Store, caller: &Caller, users: &[Uuid]) -> Result<HashMap<Uuid, HeldLevels>> {
    let held = |level| {
        let valid = status_of(level).eq(identification::Status::Valid);
        Func::max(Expr::case(valid, Expr::cust("1")).finally(Expr::cust("0")))
    };
    let rows: Vec<(Uuid, i32, i32, i32)> = visible_to(store, caller)
        .filter(
            store.dialect().id_in(column::<identification::Entity>(identification::Column::UserId), users),
        )
        .select_only()
        .column(identification::Column::UserId)
        .column_as(Expr::from(held(Level::Expert)), "expert")
        .column_as(Expr::from(held(Level::Qes)), "qes")
        .column_as(Expr::from(held(Level::Pvid)), "pvid")
        .group_by(identification::Column::UserId)
        .into_tuple()
        .all(store.read())
        .await?;
    let levels = |(user, expert, qes, pvid)| {
        (user, HeldLevels { expert: expert != 0, qes: qes != 0, pvid: pvid != 0 })
    };
    Ok(rows.into_iter().map(levels).collect())
}

/// The columns by which identifications can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdentificationSort {
    CreatedAt,
    UpdatedAt,
}

/// Returns the keys of the ordering, the id last.
#[must_use]
pub fn keys(sort: IdentificationSort, direction: Direction) -> Vec<Key<identification::Model>> {
    let key = Key::of::<identification::Entity>;
    let by = match sort {
        IdentificationSort::CreatedAt => {
            key(identification::Column::CreatedAt, direction, CellKind::Integer, |row| {
                Cell::Integer(row.created_at.0)
            })
        }
        IdentificationSort::UpdatedAt => {
            key(identification::Column::UpdatedAt, direction, CellKind::Integer, |row| {
                Cell::Integer(row.updated_at.0)
            })
        }
    };
    vec![by, key(identification::Column::Id, direction, CellKind::Id, |row| Cell::Id(row.id))]
}

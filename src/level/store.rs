//! The SQL of the history of levels and of their expiries.

use std::collections::HashMap;

use entity::{
    Timestamp,
    grant_policy::Level,
    identification::{self, Status},
    level_change::{Column, Entity, Model},
};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::{Store, Transaction, column::column},
    identification::rules::HeldLevels,
    user::store::in_scope,
};

/// Selects the level changes that a caller may see: those of its visible users. Every select of this table
/// starts here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<Entity> {
    Entity::find().filter(in_scope::<Entity>(store, caller, Column::ProjectId, Column::UserId))
}

/// Lists the changes of the levels of each of these identifications, oldest first.
pub async fn changes_of(
    store: &Store,
    caller: &Caller,
    identifications: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>> {
    let of = column::<Entity>(Column::IdentificationId);
    let rows = visible_to(store, caller)
        .filter(store.dialect().id_in(of, identifications))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(store.read())
        .await?;
    let mut changes: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for row in rows {
        changes.entry(row.identification_id).or_default().push(row);
    }
    Ok(changes)
}

/// Returns the levels that each of these users held at a time: that had become valid and had neither ended
/// nor expired by then; a valid level has no other transitions. Users without levels may be omitted.
pub async fn held_at(
    store: &Store,
    caller: &Caller,
    users: &[Uuid],
    at: Timestamp,
) -> Result<HashMap<Uuid, HeldLevels>> {
    let later = |of: Column| Expr::col(("later", of));
    let change = |of: Column| Expr::col(column::<Entity>(of));
    let ended = Query::select()
        .expr(Expr::cust("1"))
        .from_as(Entity, "later")
        .and_where(later(Column::ProjectId).eq(change(Column::ProjectId)))
        .and_where(later(Column::IdentificationId).eq(change(Column::IdentificationId)))
        .and_where(later(Column::Level).eq(change(Column::Level)))
        .and_where(later(Column::Status).eq(Status::Expired.to_value()))
        .and_where(later(Column::CreatedAt).lte(at.0))
        .and_where(later(Column::CreatedAt).gte(change(Column::CreatedAt)))
        .take();
    let endless = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gt(at));
    let rows: Vec<(Uuid, Level)> = visible_to(store, caller)
        .filter(store.dialect().id_in(column::<Entity>(Column::UserId), users))
        .filter(Column::Status.eq(Status::Valid))
        .filter(Column::CreatedAt.lte(at))
        .filter(endless)
        .filter(Expr::not_exists(ended))
        .select_only()
        .columns([Column::UserId, Column::Level])
        .distinct()
        .into_tuple()
        .all(store.read())
        .await?;
    let mut held: HashMap<Uuid, HeldLevels> = HashMap::new();
    for (user, level) in rows {
        let levels = held.entry(user).or_default();
        match level {
            Level::Expert => levels.expert = true,
            Level::Qes => levels.qes = true,
            Level::Pvid => levels.pvid = true,
        }
    }
    Ok(held)
}

/// The expiries to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LapseWindow {
    /// Expiries up to this time.
    pub until: i64,
    pub level: Option<entity::grant_policy::Level>,
}

impl LapseWindow {
    /// All expiries.
    pub const EVER: Self = Self { until: i64::MAX, level: None };
}

/// Selects the levels that users will have lost by a time: valid now, with an end until then, and not held
/// for longer by another identification.
#[must_use]
pub fn lost_until(store: &Store, caller: &Caller, until: &LapseWindow) -> Select<Entity> {
    let mut rows = visible_to(store, caller)
        .filter(Column::Status.eq(Status::Valid))
        .filter(Column::ValidUntil.lte(until.until))
        .filter(store.dialect().exists(valid(true)))
        .filter(Expr::not_exists(valid(false)));
    if let Some(level) = until.level {
        rows = rows.filter(Column::Level.eq(level));
    }
    rows
}

/// Selects those of `ids` that are future expiries visible to the caller.
#[must_use]
pub fn lapse_ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    let of = store.dialect().id_in(column::<Entity>(Column::Id), ids);
    let rows = lost_until(store, caller, &LapseWindow::EVER).filter(of);
    rows.select_only().column(Column::Id).into_query()
}

/// Loads the future expiries with these ids.
pub async fn lapses_by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    Ok(store
        .with_ids(lost_until(store, caller, &LapseWindow::EVER), Column::Id, ids)
        .all(store.read())
        .await?)
}

/// Selects the identification of a change if its level is still valid; with `own` false, other
/// identifications of the same user that hold the level for longer.
fn valid(own: bool) -> sea_orm::sea_query::SelectStatement {
    use identification::Column as Of;

    let change = |of: Column| Expr::col(column::<Entity>(of));
    let of_held = |of: Of| Expr::col(("held", of));
    let mut held = Condition::any();
    for (level, status, until) in [
        (Level::Expert, Of::ExpertStatus, Of::ExpertValidUntil),
        (Level::Qes, Of::QesStatus, Of::QesValidUntil),
        (Level::Pvid, Of::PvidStatus, Of::PvidValidUntil),
    ] {
        let mut this = Condition::all()
            .add(change(Column::Level).eq(level.to_value()))
            .add(of_held(status).eq(Status::Valid.to_value()));
        if !own {
            let longer = of_held(until).gt(change(Column::ValidUntil));
            this = this.add(Condition::any().add(of_held(until).is_null()).add(longer));
        }
        held = held.add(this);
    }
    let mut rows = Query::select();
    rows.expr(Expr::cust("1")).from_as(identification::Entity, "held").cond_where(held);
    rows.and_where(of_held(Of::ProjectId).eq(change(Column::ProjectId)));
    if own {
        rows.and_where(of_held(Of::Id).eq(change(Column::IdentificationId)));
    } else {
        rows.and_where(of_held(Of::UserId).eq(change(Column::UserId)));
        rows.and_where(of_held(Of::Id).ne(change(Column::IdentificationId)));
    }
    rows
}

/// Returns the keys of the ordering: by time of expiry, the id last.
#[must_use]
pub fn keys(direction: Direction) -> Vec<Key<Model>> {
    let by = Key::of::<Entity>(Column::ValidUntil, direction, CellKind::Integer, |row| {
        Cell::Integer(row.valid_until.map_or(0, |at| at.0))
    });
    vec![by, Key::of::<Entity>(Column::Id, direction, CellKind::Id, |row| Cell::Id(row.id))]
}

/// Writes changes of levels.
pub async fn record(transaction: &Transaction, changes: impl Iterator<Item = Model>) -> Result<()> {
    let rows: Vec<_> = changes.map(|row| row.into_active_model().reset_all()).collect();
    if !rows.is_empty() {
        transaction.insert_later::<Entity>(Entity::insert_many(rows).into_query()).await?;
    }
    Ok(())
}

//! Time-driven changes of identifications. The timer runs without a caller, so no select here starts at
//! `visible_to`.

use entity::{
    Timestamp,
    identification::{Column, Entity, Model},
    project,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Order, Query, SimpleExpr},
};
use uuid::Uuid;

use super::{
    change::{Change, apply, levels, life},
    totals,
};
use crate::{
    Result,
    clock::Clock,
    db::{Store, column::column},
};

/// Returns the project's identification with the earliest due change, and the time of the change.
pub async fn next(store: &Store, project: Uuid) -> Result<Option<(Timestamp, Uuid)>> {
    Ok(Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::DueAt.is_not_null())
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .select_only()
        .columns([Column::DueAt, Column::Id])
        .into_tuple()
        .one(store.write())
        .await?)
}

/// Lists identifications of all projects with a due change by their projects' clocks, at most `most`. Each
/// comes with its project and the milliseconds by which the project's clock is ahead of the machine's, which
/// shows `now`.
pub async fn all(store: &Store, now: Timestamp, most: u64) -> Result<Vec<(Uuid, Uuid, i64)>> {
    let mut found = Vec::new();
    for (project, ahead) in projects(store, now).await? {
        let missing = most - found.len() as u64;
        let ids: Vec<Uuid> = Entity::find()
            .filter(Column::ProjectId.eq(project))
            .filter(Column::DueAt.lte(now.0.saturating_add(ahead)))
            .order_by_asc(Column::DueAt)
            .limit(missing)
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(store.write())
            .await?;
        found.extend(ids.into_iter().map(|id| (id, project, ahead)));
        if found.len() as u64 == most {
            break;
        }
    }
    Ok(found)
}

/// Lists the projects with a due change, and by how many milliseconds their clocks are ahead of the machine's.
///
/// PostgreSQL cannot estimate how many rows are due by the clock of another table's row, and read the whole table
/// for a join. A subquery of one row is one seek for each project.
async fn projects(store: &Store, now: Timestamp) -> Result<Vec<(Uuid, i64)>> {
    let of = |of: project::Column| Expr::col(column::<project::Entity>(of));
    let due_at = Expr::col(column::<Entity>(Column::DueAt));
    let first = Query::select()
        .expr(due_at.clone())
        .from(Entity)
        .and_where(Expr::col(column::<Entity>(Column::ProjectId)).eq(of(project::Column::Id)))
        .and_where(due_at.is_not_null())
        .order_by(column::<Entity>(Column::DueAt), Order::Asc)
        .limit(1)
        .take();
    let first = SimpleExpr::SubQuery(None, Box::new(first.into()));
    let rows = project::Entity::find()
        .filter(first.lte(of(project::Column::ClockAhead).add(now.0)))
        .select_only()
        .columns([project::Column::Id, project::Column::ClockAhead]);
    Ok(rows.into_tuple().all(store.write()).await?)
}

/// Applies the due changes to an identification. Returns `None` if none is due any more.
pub async fn happen(store: &Store, clock: &Clock, project: Uuid, id: Uuid) -> Result<Option<Model>> {
    let transaction = store.begin().await?;
    let row = Entity::find_by_id((id, project)).lock_exclusive().one(&transaction).await?;
    let Some((row, due_at)) = row.and_then(|row| row.due_at.map(|at| (row, at))) else { return Ok(None) };
    // Earlier changes are applied first, so that each is recorded with its own time.
    let after = life(&row).at(due_at);
    if due_at > clock.now() || after == levels(&row) {
        return Ok(None);
    }
    let change = Change { after, reasons: &[], valid_until: [None; 3], expired_at: due_at, why: None };
    let changed = apply(&transaction, clock, row.clone(), change).await?;
    totals::record(&transaction, &[row], std::slice::from_ref(&changed)).await?;
    transaction.commit().await?;
    Ok(Some(changed))
}

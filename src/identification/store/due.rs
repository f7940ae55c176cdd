//! Time-driven changes of identifications. The timer runs without a caller, so no select here starts at
//! `visible_to`.

use entity::{
    Timestamp,
    identification::{Column, Entity, Model},
    project as project_row,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    sea_query::{Expr, ExprTrait, JoinType, Query},
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
    project,
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
    let mut found = by_machine(store, now, most).await?;
    for (project, ahead) in project::store::clocks_ahead(store).await? {
        let missing = most.saturating_sub(found.len() as u64);
        if missing == 0 {
            break;
        }
        let ids: Vec<Uuid> = Entity::find()
            .filter(Column::ProjectId.eq(project))
            .filter(Column::DueAt.gt(now.0))
            .filter(Column::DueAt.lte(now.0.saturating_add(ahead)))
            .order_by_asc(Column::DueAt)
            .limit(missing)
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(store.write())
            .await?;
        found.extend(ids.into_iter().map(|id| (id, project, ahead)));
    }
    Ok(found)
}

/// Lists what is due by the machine's clock: no project's clock is behind it.
///
/// With one bound for all projects PostgreSQL knows that few rows are due. If the bound is a column of another table,
/// it cannot estimate them, and reads the whole table.
async fn by_machine(store: &Store, now: Timestamp, most: u64) -> Result<Vec<(Uuid, Uuid, i64)>> {
    let of = |of: project_row::Column| column::<project_row::Entity>(of);
    let (id, due_at) = (column::<Entity>(Column::Id), column::<Entity>(Column::DueAt));
    let here = Condition::all()
        .add(Expr::col(column::<Entity>(Column::ProjectId)).equals(of(project_row::Column::Id)))
        .add(Expr::col(due_at).lte(now.0));
    let rows = Query::select()
        .expr_as(Expr::col(id), "id")
        .expr_as(Expr::col(of(project_row::Column::Id)), "project")
        .expr_as(Expr::col(of(project_row::Column::ClockAhead)), "ahead")
        .from(project_row::Entity)
        .join(JoinType::InnerJoin, Entity, here)
        .limit(most)
        .take();
    let rows = store.write().query_all(&rows).await?;
    let read = |row: &QueryResult| {
        Ok((row.try_get("", "id")?, row.try_get("", "project")?, row.try_get("", "ahead")?))
    };
    rows.iter().map(read).collect()
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

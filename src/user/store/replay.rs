//! Reconciles the erasure ledger and the database at every start.

use std::collections::HashSet;

use entity::{project, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{
    erase::{Eraser, erase_again},
    lock::lock_all,
};
use crate::{Result, clock::Clock, db::column::column, project::Clocks, user::ledger::entry};

/// Number of users read per statement.
const PAGE: u64 = 1000;

/// Destroys the key of every user that the ledger contains and the database does not have as erased, because
/// a backup from before the erasure was restored. Before that, it records erasures that the ledger lacks,
/// because the server stopped between an erasure and its entry. Returns the number of erased users.
///
/// # Errors
///
/// When the database or the ledger fails.
pub async fn replay(tools: Eraser<'_>, machine: &Clock) -> Result<usize> {
    record_missing(tools).await?;
    let (mut after, mut erased) = (Uuid::nil(), 0);
    loop {
        let entries = tools.ledger.entries(after, PAGE).await?;
        let Some(last) = entries.last() else { return Ok(erased) };
        after = last.user_id;
        let ids: Vec<Uuid> = entries.iter().map(|entry| entry.user_id).collect();
        let alive: Vec<Uuid> = user::Entity::find()
            .filter(tools.store.dialect().id_in(column::<user::Entity>(user::Column::Id), &ids))
            .filter(user::Column::Status.ne(user::Status::Erased))
            .select_only()
            .column(user::Column::Id)
            .into_tuple()
            .all(tools.store.read())
            .await?;
        for entry in entries.iter().filter(|entry| alive.contains(&entry.user_id)) {
            let Some(project) = project::Entity::find_by_id(entry.project_id).one(tools.store.read()).await?
            else {
                continue;
            };
            let clock = Clocks::new(machine.clone()).of(&project);
            let transaction = tools.store.begin().await?;
            let row = lock_all(&transaction, tools.store.dialect(), &[entry.user_id]).await?.pop();
            let row =
                row.filter(|row| row.project_id == entry.project_id && row.status != user::Status::Erased);
            if let Some(row) = row {
                erase_again(tools, transaction, &clock, row, entry.erased_at).await?;
                erased += 1;
            }
        }
    }
}

/// Records the erased users that the ledger does not contain.
async fn record_missing(tools: Eraser<'_>) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let users = user::Entity::find()
            // Written as in the partial index: with a bound value, the planner could not match the index.
            .filter(Expr::cust("status = 'Erased'"))
            .filter(user::Column::Id.gt(after))
            .order_by_asc(user::Column::Id)
            .limit(PAGE)
            .select_only()
            .columns([user::Column::Id, user::Column::ProjectId, user::Column::UpdatedAt])
            .into_tuple::<(Uuid, Uuid, entity::Timestamp)>()
            .all(tools.store.read())
            .await?;
        let Some((last, ..)) = users.last() else { return Ok(()) };
        let known = tools.ledger.entries(after, PAGE).await?;
        let known: HashSet<Uuid> = known.into_iter().map(|entry| entry.user_id).collect();
        after = *last;
        let missing = users.iter().filter(|(id, ..)| !known.contains(id));
        let missing = missing.map(|(id, project, at)| entry(*project, *id, *at)).collect::<Vec<_>>();
        if !missing.is_empty() {
            tools.ledger.record(missing).await?;
        }
    }
}

//! Reconciles the erasure ledger and the database at every start.

use std::collections::{BTreeMap, HashSet};

use entity::{erased_user, project, user};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    erase::{Eraser, erase_again},
    lock::lock_all,
};
use crate::{
    Result,
    clock::Clock,
    db::column::column,
    project::Clocks,
    user::{UserKey, ledger::entry},
};

/// Number of users read per statement.
const PAGE: u64 = 1000;
/// Key before every user.
const FIRST: UserKey = UserKey { project: Uuid::nil(), id: Uuid::nil() };

/// Destroys the key of every user that the ledger contains and the database does not have as erased, because
/// a backup from before the erasure was restored. Before that, it records erasures that the ledger lacks,
/// because the server stopped between an erasure and its entry. Returns the number of erased users.
///
/// # Errors
///
/// When the database or the ledger fails.
pub async fn replay(tools: Eraser<'_>, machine: &Clock) -> Result<usize> {
    record_missing(tools).await?;
    let (mut after, mut erased) = (FIRST, 0);
    loop {
        let entries = tools.ledger.entries(after, PAGE).await?;
        let Some(last) = entries.last() else { return Ok(erased) };
        after = UserKey { id: last.user_id, project: last.project_id };
        let mut projects: BTreeMap<Uuid, Vec<&erased_user::Model>> = BTreeMap::new();
        for entry in &entries {
            projects.entry(entry.project_id).or_default().push(entry);
        }
        for (project, entries) in projects {
            erased += replay_project(tools, machine, project, &entries).await?;
        }
    }
}

/// Erases the users of one project again. Returns their number.
async fn replay_project(
    tools: Eraser<'_>,
    machine: &Clock,
    project: Uuid,
    entries: &[&erased_user::Model],
) -> Result<usize> {
    let store = tools.store;
    let Some(project) = project::Entity::find_by_id(project).one(store.read()).await? else { return Ok(0) };
    let ids: Vec<Uuid> = entries.iter().map(|entry| entry.user_id).collect();
    let alive: Vec<Uuid> = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project.id))
        .filter(store.dialect().id_in(column::<user::Entity>(user::Column::Id), &ids))
        .filter(user::Column::Status.ne(user::Status::Erased))
        .select_only()
        .column(user::Column::Id)
        .into_tuple()
        .all(store.read())
        .await?;
    let (clock, mut erased) = (Clocks::new(machine.clone()).of(&project), 0);
    for entry in entries.iter().filter(|entry| alive.contains(&entry.user_id)) {
        let transaction = store.begin().await?;
        let row = lock_all(&transaction, store.dialect(), project.id, &[entry.user_id]).await?.pop();
        if let Some(row) = row.filter(|row| row.status != user::Status::Erased) {
            erase_again(tools, transaction, &clock, row, entry.erased_at).await?;
            erased += 1;
        }
    }
    Ok(erased)
}

/// Records the erased users that the ledger does not contain.
async fn record_missing(tools: Eraser<'_>) -> Result<()> {
    let mut after = FIRST;
    loop {
        let key = Expr::tuple([user::Column::Id, user::Column::ProjectId].map(Expr::col));
        let users = user::Entity::find()
            // Written as in the partial index: with a bound value, the planner could not match the index.
            .filter(Expr::cust("status = 'Erased'"))
            .filter(key.gt(Expr::tuple([after.id.into(), after.project.into()])))
            .order_by_asc(user::Column::Id)
            .order_by_asc(user::Column::ProjectId)
            .limit(PAGE)
            .select_only()
            .columns([user::Column::Id, user::Column::ProjectId, user::Column::UpdatedAt])
            .into_tuple::<(Uuid, Uuid, entity::Timestamp)>()
            .all(tools.store.read())
            .await?;
        let Some((id, project, _)) = users.last() else { return Ok(()) };
        let known = tools.ledger.entries(after, PAGE).await?;
        let known: HashSet<(Uuid, Uuid)> =
            known.into_iter().map(|entry| (entry.user_id, entry.project_id)).collect();
        after = UserKey { id: *id, project: *project };
        let missing = users.iter().filter(|(id, project, _)| !known.contains(&(*id, *project)));
        let missing = missing.map(|(id, project, at)| entry(*project, *id, *at)).collect::<Vec<_>>();
        if !missing.is_empty() {
            tools.ledger.record(missing).await?;
        }
    }
}

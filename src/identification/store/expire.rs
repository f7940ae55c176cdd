//! Ends the validity of many levels in bulk, in batches of one transaction each.

use entity::{
    Timestamp,
    grant_policy::Level,
    identification::{Column, Entity, Model, Process, Status},
};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{
    change::{Change, apply, levels},
    status_of, totals, visible_to,
};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    identification::rules::{self, Cause},
    op_context::OpContext,
    user::store::lock::{actionable_among, of_actionable},
};

/// Maximum number of identifications per call.
pub const MOST: u64 = 1000;
/// Number of identifications per transaction.
const BATCH: usize = 100;

/// Selects the levels to end.
#[derive(Clone, Debug)]
pub struct BulkExpiry {
    pub levels: Vec<Level>,
    pub processes: Option<Vec<Process>>,
    pub users: Option<Vec<Uuid>>,
    /// Only identifications that started before this time.
    pub begun_before: Option<Timestamp>,
}

/// Selects the identifications of which some levels would end.
fn matching(store: &Store, caller: &Caller, ending: &BulkExpiry) -> Select<Entity> {
    let mut valid = Condition::any();
    for level in &ending.levels {
        valid = valid.add(status_of(*level).eq(Status::Valid));
    }
    let mut rows = visible_to(store, caller).filter(valid).filter(of_actionable(
        store.dialect(),
        caller.project_id(),
        column::<Entity>(Column::UserId),
    ));
    if let Some(processes) = &ending.processes {
        rows = rows.filter(store.dialect().enum_in(column::<Entity>(Column::Process), processes));
    }
    if let Some(users) = &ending.users {
        rows = rows.filter(store.dialect().id_in(column::<Entity>(Column::UserId), users));
    }
    if let Some(before) = ending.begun_before {
        rows = rows.filter(Column::CreatedAt.lt(before));
    }
    rows
}

/// Counts the identifications of which some levels would end.
pub async fn count(store: &Store, caller: &Caller, ending: &BulkExpiry) -> Result<u64> {
    store.count(&matching(store, caller, ending)).await
}

/// Ends levels of at most [`MOST`] identifications, oldest first. Returns their number.
///
/// # Errors
///
/// When the database fails. Completed batches stay committed.
pub async fn expire(
    OpContext { store, caller, clock, .. }: OpContext<'_>,
    ending: &BulkExpiry,
    why: &str,
) -> Result<u64> {
    let rows = matching(store, caller, ending).order_by_asc(Column::Id).limit(MOST);
    let ids: Vec<Uuid> = rows.select_only().column(Column::Id).into_tuple().all(store.read()).await?;
    let which = [Level::Expert, Level::Qes, Level::Pvid].map(|level| ending.levels.contains(&level));
    let mut ended = 0;
    for some in ids.chunks(BATCH) {
        let transaction = store.begin().await?;
        // Locks in the order of ids, so that two concurrent calls wait for each other instead of deadlocking.
        let id_filter = store.dialect().id_in(column::<Entity>(Column::Id), some);
        let rows: Vec<Model> = visible_to(store, caller)
            .filter(id_filter)
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .all(&transaction)
            .await?;
        let users: Vec<Uuid> = rows.iter().map(|row| row.user_id).collect();
        let users = actionable_among(&transaction, store.dialect(), caller.project_id(), &users).await?;
        let (mut before, mut changed) = (Vec::new(), Vec::new());
        for row in rows.into_iter().filter(|row| users.contains(&row.user_id)) {
            let Some(after) = rules::ended(levels(&row), which, Cause::Revoke) else { continue };
            let (expired_at, why) = (clock.now(), Some(why));
            let change = Change { after, reasons: &[], valid_until: [None; 3], expired_at, why };
            changed.push(apply(&transaction, clock, row.clone(), change).await?);
            before.push(row);
            ended += 1;
        }
        totals::record(&transaction, &before, &changed).await?;
        transaction.commit().await?;
    }
    Ok(ended)
}

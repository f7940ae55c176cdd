//! Reports of how the levels of an identification stand, and what ends them: each one transaction, with the row locked,
//! decided by `rules`.

use entity::{
    Timestamp,
    identification::{Column, Model, Reason, Status},
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    change::{Change, apply, levels},
    visible_to,
};
use crate::{
    Result,
    identification::rules::{self, Cause, TransitionError},
    level::validity,
    services::OpContext,
    user::store::lock::lock,
};

/// What is reported about an identification.
#[derive(Clone, Debug, Default)]
pub struct LevelReport {
    /// Where the levels stand, in the order expert, qes, pvid; `None` for those that nothing is said about.
    pub levels: [Option<Status>; 3],
    /// Why those are invalid that become so.
    pub reasons: Vec<Reason>,
    /// Until when those are valid that become so, if not as the project's policies have it.
    pub valid_until: Option<Timestamp>,
}

/// How a change ended.
#[derive(Clone, Debug)]
pub enum UpdateOutcome {
    Done(Model),
    NotFound,
    /// Its user is erased or restricted: nothing about it changes any more.
    UserErased,
    Refused(TransitionError),
}

/// Records where the levels of an identification stand, and grants what follows from those that become valid.
///
/// # Errors
///
/// When the database fails.
pub async fn update(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    id: Uuid,
    report: &LevelReport,
) -> Result<UpdateOutcome> {
    let transaction = store.begin().await?;
    let row = visible_to(store, caller).filter(Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(UpdateOutcome::NotFound) };
    if lock(&transaction, store, caller, row.user_id).await?.is_err() {
        return Ok(UpdateOutcome::UserErased);
    }
    let before = levels(&row);
    let after = match rules::report(before, report.levels, &report.reasons) {
        Ok(after) => after,
        Err(refused) => return Ok(UpdateOutcome::Refused(refused)),
    };
    if after == before {
        return Ok(UpdateOutcome::Done(row));
    }
    let now = clock.now();
    let becomes_valid = [0, 1, 2].map(|place| before[place] != after[place] && after[place] == Status::Valid);
    let valid_until = match report.valid_until {
        Some(until) => [Some(until); 3],
        None => validity::of(&transaction, vault, &row, becomes_valid, now).await?,
    };
    let change = Change { after, reasons: &report.reasons, valid_until, expired_at: now, why: None };
    let row = apply(&transaction, clock, row, change).await?;
    transaction.commit().await?;
    Ok(UpdateOutcome::Done(row))
}

/// Ends what can be ended of an identification: what is still going on when it is given up, what is valid when it is
/// revoked.
///
/// # Errors
///
/// When the database fails.
pub async fn end(
    OpContext { store, caller, clock, .. }: OpContext<'_>,
    id: Uuid,
    cause: Cause,
    why: Option<&str>,
) -> Result<UpdateOutcome> {
    let transaction = store.begin().await?;
    let row = visible_to(store, caller).filter(Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(UpdateOutcome::NotFound) };
    if lock(&transaction, store, caller, row.user_id).await?.is_err() {
        return Ok(UpdateOutcome::UserErased);
    }
    let Some(after) = rules::ended(levels(&row), [true; 3], cause) else {
        let to = if cause == Cause::Cancel { Status::Canceled } else { Status::Expired };
        if row.status == to {
            // It came twice.
            return Ok(UpdateOutcome::Done(row));
        }
        return Ok(UpdateOutcome::Refused(TransitionError::IllegalTransition(row.status, to)));
    };
    let change = Change { after, reasons: &[], valid_until: [None; 3], expired_at: clock.now(), why };
    let row = apply(&transaction, clock, row, change).await?;
    transaction.commit().await?;
    Ok(UpdateOutcome::Done(row))
}

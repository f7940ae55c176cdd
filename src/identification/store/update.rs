//! Reports and ends the levels of an identification. Each change is one transaction with the row locked,
//! decided by `rules`.

use entity::{
    Timestamp,
    identification::{Column, Model, Reason, Status},
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    change::{Change, apply, levels},
    totals, visible_to,
};
use crate::{
    Result,
    identification::rules::{self, Cause, TransitionError},
    level::validity,
    op_context::OpContext,
    user::store::lock::lock,
};

/// A report about an identification.
#[derive(Clone, Debug, Default)]
pub struct LevelReport {
    /// The status of the levels, in the order expert, qes, pvid; `None` for those that are not reported.
    pub levels: [Option<Status>; 3],
    /// The reasons of the levels that become invalid.
    pub reasons: Vec<Reason>,
    /// The expiry of the levels that become valid. Default: by the project's policies.
    pub valid_until: Option<Timestamp>,
}

/// Outcome of a change.
#[derive(Clone, Debug)]
pub enum UpdateOutcome {
    Done(Model),
    NotFound,
    /// The user is erased or restricted: the identification can no longer change.
    UserErased,
    Refused(TransitionError),
}

/// Records reported levels, and grants what follows from those that become valid.
pub async fn update(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    id: Uuid,
    report: &LevelReport,
) -> Result<UpdateOutcome> {
    let transaction = store.begin().await?;
    let row = visible_to(store, caller).filter(Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(UpdateOutcome::NotFound) };
    if lock(&transaction, store, caller, row.user_id).await?.locked().is_none() {
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
    let becomes_valid = [0, 1, 2].map(|index| before[index] != after[index] && after[index] == Status::Valid);
    let valid_until = match report.valid_until {
        Some(until) => [Some(until); 3],
        None => validity::of(&transaction, vault, &row, becomes_valid, now).await?,
    };
    let change = Change { after, reasons: &report.reasons, valid_until, expired_at: now, why: None };
    let changed = apply(&transaction, clock, row.clone(), change).await?;
    totals::record(&transaction, &[row], std::slice::from_ref(&changed)).await?;
    transaction.commit().await?;
    Ok(UpdateOutcome::Done(changed))
}

/// Ends an identification: levels in progress when it is cancelled, valid levels when it is revoked.
pub async fn end(
    OpContext { store, caller, clock, .. }: OpContext<'_>,
    id: Uuid,
    cause: Cause,
    why: Option<&str>,
) -> Result<UpdateOutcome> {
    let transaction = store.begin().await?;
    let row = visible_to(store, caller).filter(Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(UpdateOutcome::NotFound) };
    if lock(&transaction, store, caller, row.user_id).await?.locked().is_none() {
        return Ok(UpdateOutcome::UserErased);
    }
    let Some(after) = rules::ended(levels(&row), [true; 3], cause) else {
        let to = if cause == Cause::Cancel { Status::Canceled } else { Status::Expired };
        if row.status == to {
            // The request was repeated.
            return Ok(UpdateOutcome::Done(row));
        }
        return Ok(UpdateOutcome::Refused(TransitionError::IllegalTransition(row.status, to)));
    };
    let change = Change { after, reasons: &[], valid_until: [None; 3], expired_at: clock.now(), why };
    let changed = apply(&transaction, clock, row.clone(), change).await?;
    totals::record(&transaction, &[row], std::slice::from_ref(&changed)).await?;
    transaction.commit().await?;
    Ok(UpdateOutcome::Done(changed))
}

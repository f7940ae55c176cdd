//! Reports of how the levels of an identification stand: each one transaction, with the row locked, decided by `rules`.

use entity::{
    Timestamp,
    grant_policy::Level,
    identification::{self, Column, Model, Reason, Reasons, Status},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::visible_to;
use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    db::Store,
    event::{self, store::Happened},
    identification::rules::{self, Levels, Refused},
    verification::policy,
};

/// The levels in the order of a row's.
const LEVELS: [Level; 3] = [Level::Expert, Level::Qes, Level::Pvid];

/// What is reported about an identification.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Where the levels stand, in the order expert, qes, pvid; `None` for those that nothing is said about.
    pub levels: [Option<Status>; 3],
    /// Why those are invalid that become so.
    pub reasons: Vec<Reason>,
}

/// How a report ended.
#[derive(Clone, Debug)]
pub enum Updated {
    Done(Model),
    NotFound,
    Refused(Refused),
}

/// Records where the levels of an identification stand, and grants what follows from those that become valid.
///
/// # Errors
///
/// When the database fails.
pub async fn update(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
    report: &Report,
) -> Result<Updated> {
    let transaction = store.begin().await?;
    let row = visible_to(store, caller).filter(Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(Updated::NotFound) };
    let before = levels(&row);
    let after = match rules::report(before, report.levels, &report.reasons) {
        Ok(after) => after,
        Err(refused) => return Ok(Updated::Refused(refused)),
    };
    if after == before {
        return Ok(Updated::Done(row));
    }
    let now = clock.now();
    let (project, user) = (row.project_id, row.user_id);
    let row = changed(row, after, &report.reasons, now).update(&transaction).await?;
    let happened = Happened {
        project,
        kind: event::Kind::IdentificationUpdated,
        resource: id,
        user: Some(user),
        detail: None,
    };
    event::store::record(&transaction, clock, happened).await?;
    let became_valid = |place: &usize| before[*place] != after[*place] && after[*place] == Status::Valid;
    let valid: Vec<Level> = (0..3).filter(became_valid).map(|place| LEVELS[place]).collect();
    policy::store::follow(&transaction, clock, (project, user, id), &valid).await?;
    transaction.commit().await?;
    Ok(Updated::Done(row))
}

/// Where the levels of a row stand, in the order expert, qes, pvid.
#[must_use]
pub const fn levels(row: &Model) -> Levels {
    [row.expert_status, row.qes_status, row.pvid_status]
}

fn changed(row: Model, after: Levels, reasons: &[Reason], now: Timestamp) -> identification::ActiveModel {
    let before = levels(&row);
    let mut change = row.into_active_model();
    change.updated_at = Set(now);
    change.status = Set(rules::status(after));
    let columns = [
        (&mut change.expert_status, &mut change.expert_reasons, &mut change.expert_expired_at),
        (&mut change.qes_status, &mut change.qes_reasons, &mut change.qes_expired_at),
        (&mut change.pvid_status, &mut change.pvid_reasons, &mut change.pvid_expired_at),
    ];
    for (place, (status, why, expired_at)) in columns.into_iter().enumerate() {
        if before[place] == after[place] {
            continue;
        }
        *status = Set(after[place]);
        match after[place] {
            Status::Invalid => *why = Set(Some(Reasons(reasons.to_vec()))),
            Status::Expired => *expired_at = Set(Some(now)),
            Status::NotStarted
            | Status::NotSupported
            | Status::Started
            | Status::Pending
            | Status::Valid
            | Status::Canceled => {}
        }
    }
    change
}

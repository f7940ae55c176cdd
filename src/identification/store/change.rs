//! The one way to change the levels of an identification: row, history, event and automatic grants in one
//! transaction.

use entity::{
    Timestamp,
    grant_policy::Level,
    identification::{self, ActiveModel, DocumentType, Model, Process, Reason, Reasons, Status},
    level_change,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::{
    Result,
    clock::Clock,
    db::Transaction,
    event::{self, store::NewEvent},
    grant_policy,
    identification::{
        expiry::ExpiryTask,
        rules::{self, Levels},
    },
    level,
};

/// The levels, in the order of the row's columns.
pub const LEVELS: [Level; 3] = [Level::Expert, Level::Qes, Level::Pvid];

/// New levels of an identification, and the data to store with them.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    pub after: Levels,
    /// The reasons of the levels that become invalid.
    pub reasons: &'a [Reason],
    /// The expiry of the levels that become valid.
    pub valid_until: [Option<Timestamp>; 3],
    /// The expiry time of the levels that expired.
    pub expired_at: Timestamp,
    /// The reason for the change, as stated by the caller.
    pub why: Option<&'a str>,
}

/// An identification to insert.
#[derive(Clone, Debug)]
pub struct NewIdentificationRow<'a> {
    pub project: Uuid,
    pub user: Uuid,
    pub process: Process,
    pub document: Option<DocumentType>,
    /// Start time. Default: now.
    pub created_at: Option<Timestamp>,
    pub change: Change<'a>,
}

/// Inserts an identification with given levels. The caller records it in the totals.
pub async fn insert(
    transaction: &Transaction,
    clock: &Clock,
    new: NewIdentificationRow<'_>,
) -> Result<Model> {
    let NewIdentificationRow { project, user, process, document, created_at, change } = new;
    let (id, now) = (clock.new_id(), clock.now());
    let none = rules::levels(process, Status::NotStarted);
    let blank = Model {
        id,
        project_id: project,
        user_id: user,
        process,
        status: Status::NotStarted,
        identity_document_type: document,
        expert_status: none[0],
        expert_reasons: None,
        expert_expired_at: None,
        qes_status: none[1],
        qes_reasons: None,
        qes_expired_at: None,
        pvid_status: none[2],
        pvid_reasons: None,
        pvid_expired_at: None,
        created_at: created_at.unwrap_or(now),
        updated_at: now,
        version: 0,
        due_at: None,
        expert_valid_until: None,
        qes_valid_until: None,
        pvid_valid_until: None,
    };
    let row = changed(&blank, &change, now);
    identification::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(transaction)
        .await?;
    follow(transaction, clock, event::Kind::IdentificationCreated, (&blank, &row), &change).await?;
    Ok(row)
}

/// Changes the levels of a locked identification. The caller records the change in the totals.
pub async fn apply(
    transaction: &Transaction,
    clock: &Clock,
    before: Model,
    change: Change<'_>,
) -> Result<Model> {
    let row = changed(&before, &change, clock.now());
    let columns: ActiveModel = row.clone().into_active_model().reset_all();
    columns.update(transaction).await?;
    follow(transaction, clock, event::Kind::IdentificationUpdated, (&before, &row), &change).await?;
    Ok(row)
}

/// Returns the levels of a row, in the order expert, qes, pvid.
#[must_use]
pub const fn levels(row: &Model) -> Levels {
    [row.expert_status, row.qes_status, row.pvid_status]
}

/// Returns the time-driven state of a row.
#[must_use]
pub const fn life(row: &Model) -> ExpiryTask {
    ExpiryTask {
        process: row.process,
        created_at: row.created_at,
        levels: levels(row),
        valid_until: [row.expert_valid_until, row.qes_valid_until, row.pvid_valid_until],
    }
}

fn changed(before: &Model, change: &Change<'_>, now: Timestamp) -> Model {
    let was = levels(before);
    let mut row = before.clone();
    row.updated_at = now;
    row.version = before.version.saturating_add(1);
    row.status = rules::status(change.after);
    let columns = [
        (
            &mut row.expert_status,
            &mut row.expert_reasons,
            &mut row.expert_expired_at,
            &mut row.expert_valid_until,
        ),
        (&mut row.qes_status, &mut row.qes_reasons, &mut row.qes_expired_at, &mut row.qes_valid_until),
        (&mut row.pvid_status, &mut row.pvid_reasons, &mut row.pvid_expired_at, &mut row.pvid_valid_until),
    ];
    for (index, (status, reasons, expired_at, valid_until)) in columns.into_iter().enumerate() {
        if was[index] == change.after[index] {
            continue;
        }
        let now = change.after[index];
        *status = now;
        *reasons = (now == Status::Invalid).then(|| Reasons(change.reasons.to_vec()));
        *expired_at = (now == Status::Expired).then_some(change.expired_at);
        *valid_until = if now == Status::Valid { change.valid_until[index] } else { None };
    }
    row.due_at = life(&row).due_at();
    row
}

/// Records the history, emits the event, and grants the verification levels that the project's policies
/// define.
async fn follow(
    transaction: &Transaction,
    clock: &Clock,
    kind: event::Kind,
    (before, row): (&Model, &Model),
    change: &Change<'_>,
) -> Result<()> {
    let (was, is) = (levels(before), levels(row));
    let indexes: Vec<usize> = (0..3).filter(|index| was[*index] != is[*index]).collect();
    let history = indexes.iter().map(|index| {
        level_change::Model {
            id: clock.new_id(),
            project_id: row.project_id,
            user_id: row.user_id,
            identification_id: row.id,
            level: LEVELS[*index],
            status: is[*index],
            valid_until: (is[*index] == Status::Valid).then_some(change.valid_until[*index]).flatten(),
            reason: change.why.map(str::to_owned),
            // A level expired at its expiry time, however late the timer noticed.
            created_at: if is[*index] == Status::Expired { change.expired_at } else { clock.now() },
        }
    });
    level::store::record(transaction, history).await?;
    let happened = NewEvent {
        project: row.project_id,
        kind,
        resource: row.id,
        user: Some(row.user_id),
        detail: None,
        version: Some(row.version),
    };
    event::store::record(transaction, clock, happened).await?;
    let valid = indexes.into_iter().filter(|index| is[*index] == Status::Valid);
    let valid: Vec<Level> = valid.map(|index| LEVELS[index]).collect();
    grant_policy::store::follow(transaction, clock, (row.project_id, row.user_id, row.id), &valid).await?;
    Ok(())
}

//! The steps of a request: each one transaction with the row locked, decided by `rules`.

use std::future::Future;

use entity::{
    Timestamp,
    project::Mode,
    proofing_request::{ActiveModel, Column, DeviceCheck, Entity, Model, State},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::{totals, visible_to};
use crate::{
    CheckError, Result,
    auth::Caller,
    clock::Clock,
    db::{Store, Transaction},
    event::{self, store::NewEvent},
    idempotency::{self, IdempotencyKey, KeyState},
    proofing::{
        checks::{self, Completion, ManualChecks, SandboxChecks, Side},
        rules::{self, Step, StepError},
    },
    user::{
        self,
        store::lock::{LockOutcome, actionable_among, lock, lock_owner},
    },
};

/// A request to start.
#[derive(Clone, Debug, Default)]
pub struct NewProofingRequest {
    /// The id of the user, or the client's id of it.
    pub user: Option<String>,
    pub device: Option<DeviceCheck>,
    pub scenario: Option<String>,
    pub key: Option<IdempotencyKey>,
}

/// Outcome of starting a request.
#[derive(Clone, Debug)]
pub enum StartOutcome {
    Started(Model),
    /// The user does not exist, is not visible to the caller, or is erased or restricted.
    UserNotFound,
    /// The scenario is malformed, or the project is not a sandbox project.
    NoScenario,
    /// The idempotency key was used with another operation or input.
    KeyReused,
}

/// Outcome of a step.
#[derive(Clone, Debug)]
pub enum StepOutcome {
    Done(Model),
    NotFound,
    /// The user is erased or restricted: no data is stored for it any more.
    UserErased,
    Refused(StepError),
}

/// Starts a request with a device check.
///
/// # Errors
///
/// When the database or a check fails.
pub async fn start(
    store: &Store,
    clock: &Clock,
    caller: &Caller,
    new: NewProofingRequest,
) -> Result<StartOutcome> {
    let is_sandbox = caller.project.mode == Mode::Sandbox;
    let scenario = match new.scenario {
        None => is_sandbox.then(|| SandboxChecks::DEFAULT.to_owned()),
        Some(scenario) if is_sandbox && SandboxChecks::read(&scenario).is_some() => Some(scenario),
        Some(_) => return Ok(StartOutcome::NoScenario),
    };
    let user_id = match &new.user {
        Some(user) => {
            match user::store::by_name(store, caller, &user.as_str().into()).one(store.read()).await? {
                Some(user) => Some(user.id),
                None => return Ok(StartOutcome::UserNotFound),
            }
        }
        // The caller would not see the request that it started.
        None if caller.tag_limits().is_some() => return Ok(StartOutcome::UserNotFound),
        None => None,
    };
    let manual = ManualChecks { device: new.device, ..ManualChecks::default() };
    let row = Model {
        id: clock.new_id(),
        project_id: caller.project_id(),
        user_id,
        request_time: clock.now(),
        state: State::Init,
        device_check_result: checks::device(manual, scenario.as_deref()).await?,
        document_authentication_result: None,
        face_match: None,
        face_match_score: None,
        front_image_classified: None,
        front_image_upload_time: None,
        back_image_classified: None,
        back_image_upload_time: None,
        scenario,
        version: 1,
        oldest_image_at: None,
    };
    idempotency::retry_on_conflict(|| try_to_start(store, caller, clock, &row, new.key.as_ref())).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_start(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    row: &Model,
    key: Option<&IdempotencyKey>,
) -> Result<Option<StartOutcome>> {
    let transaction = store.begin().await?;
    match idempotency::find(&transaction, caller, clock, key).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(StartOutcome::KeyReused)),
        KeyState::Used(id) => {
            let earlier = visible_to(store, caller).filter(Column::Id.eq(id)).one(&transaction).await?;
            return Ok(Some(earlier.map_or(StartOutcome::KeyReused, StartOutcome::Started)));
        }
    }
    if let Some(user) = row.user_id
        && lock(&transaction, store, caller, user).await?.locked().is_none()
    {
        return Ok(Some(StartOutcome::UserNotFound));
    }
    let insert = Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(&transaction).await?;
    if !idempotency::remember(&transaction, caller, clock, key, row.id).await? {
        return Ok(None);
    }
    record(&transaction, clock, event::Kind::ProofingRequestCreated, row).await?;
    totals::add_started(&transaction, std::slice::from_ref(row)).await?;
    transaction.commit().await?;
    Ok(Some(StartOutcome::Started(row.clone())))
}

/// Selects the project's rows that the holder of a signed upload URL may write: the client that requested the
/// URL saw the proofing request.
#[must_use]
pub fn of_ticket(project: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::ProjectId.eq(project))
}

/// Checks whether a step is currently allowed.
pub async fn look(store: &Store, visible: Select<Entity>, id: Uuid, step: Step) -> Result<StepOutcome> {
    let Some(row) = visible.filter(Column::Id.eq(id)).one(store.read()).await? else {
        return Ok(StepOutcome::NotFound);
    };
    if let Some(user) = row.user_id
        && actionable_among(store.read(), store.dialect(), row.project_id, &[user]).await?.is_empty()
    {
        return Ok(StepOutcome::UserErased);
    }
    Ok(match rules::step(row.state, row.device_check_result, step) {
        Ok(_) => StepOutcome::Done(row),
        Err(refused) => StepOutcome::Refused(refused),
    })
}

/// Records an image after it was stored. `keep` runs while the row is locked, so that no image is stored
/// after the outcome.
///
/// # Errors
///
/// When the database or `keep` fails.
pub async fn image(
    store: &Store,
    clock: &Clock,
    (project, visible, id): (Uuid, Select<Entity>, Uuid),
    (side, at, classified): (Side, Timestamp, bool),
    keep: impl Future<Output = Result<()>>,
) -> Result<StepOutcome> {
    let transaction = store.begin().await?;
    let (row, state) =
        match locked(&transaction, project, visible.filter(Column::Id.eq(id)), Step::Image).await {
            Ok(locked) => locked,
            Err(error) => return error.into_outcome(),
        };
    let mut change = row.clone().into_active_model();
    change.state = Set(state);
    change.version = Set(row.version.saturating_add(1));
    change.oldest_image_at = Set(Some(kept(&row, side.other()).map_or(at, |other| other.min(at))));
    match side {
        Side::Front => {
            change.front_image_upload_time = Set(Some(at));
            change.front_image_classified = Set(Some(classified));
        }
        Side::Back => {
            change.back_image_upload_time = Set(Some(at));
            change.back_image_classified = Set(Some(classified));
        }
    }
    let changed = write(&transaction, clock, change).await?;
    keep.await?;
    totals::moved(&transaction, &row, &changed).await?;
    transaction.commit().await?;
    Ok(StepOutcome::Done(changed))
}

/// Returns when the image of a side was uploaded, if it is still stored.
#[must_use]
pub fn kept(row: &Model, side: Side) -> Option<Timestamp> {
    let uploaded_at = match side {
        Side::Front => row.front_image_upload_time,
        Side::Back => row.back_image_upload_time,
    };
    // Images older than the oldest stored one have been deleted.
    uploaded_at.filter(|at| row.oldest_image_at.is_some_and(|oldest| *at >= oldest))
}

/// Completes a request with its outcome.
pub async fn complete(
    store: &Store,
    clock: &Clock,
    caller: &Caller,
    id: Uuid,
    outcome: Completion,
) -> Result<StepOutcome> {
    let transaction = store.begin().await?;
    let visible = visible_to(store, caller);
    let (row, state) =
        match locked(&transaction, caller.project_id(), visible.filter(Column::Id.eq(id)), Step::Complete)
            .await
        {
            Ok(locked) => locked,
            Err(error) => return error.into_outcome(),
        };
    let mut change = row.clone().into_active_model();
    change.state = Set(state);
    change.version = Set(row.version.saturating_add(1));
    change.document_authentication_result = Set(Some(outcome.document));
    change.face_match_score = Set(outcome.score);
    change.face_match = Set(outcome.score.map(rules::face_match));
    let changed = write(&transaction, clock, change).await?;
    totals::moved(&transaction, &row, &changed).await?;
    transaction.commit().await?;
    Ok(StepOutcome::Done(changed))
}

/// Locks the row and its user, if it has one, until the transaction ends, and returns the state after the
/// step.
async fn locked(
    transaction: &Transaction,
    project: Uuid,
    rows: Select<Entity>,
    step: Step,
) -> Result<(Model, State), CheckError<StepOutcome>> {
    let user = lock_owner(transaction, project, rows.clone(), Column::UserId).await?;
    if matches!(user, LockOutcome::Restricted | LockOutcome::Erased) {
        return Err(CheckError::Rejected(StepOutcome::UserErased));
    }
    let Some(row) = rows.lock_exclusive().one(transaction).await? else {
        return Err(CheckError::Rejected(StepOutcome::NotFound));
    };
    match rules::step(row.state, row.device_check_result, step) {
        Ok(state) => Ok((row, state)),
        Err(refused) => Err(CheckError::Rejected(StepOutcome::Refused(refused))),
    }
}

async fn write(transaction: &Transaction, clock: &Clock, change: ActiveModel) -> Result<Model> {
    let row = change.update(transaction).await?;
    record(transaction, clock, event::Kind::ProofingRequestUpdated, &row).await?;
    Ok(row)
}

async fn record(transaction: &Transaction, clock: &Clock, kind: event::Kind, row: &Model) -> Result<()> {
    let happened = NewEvent {
        project: row.project_id,
        kind,
        resource: row.id,
        user: row.user_id,
        detail: None,
        version: Some(row.version),
    };
    event::store::record(transaction, clock, happened).await
}

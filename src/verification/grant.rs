//! Adds levels to a project and grants to a user's history, each in its own transaction.

use entity::{user, verification, verification_level};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::store::{visible_levels, visible_to};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::{ActorId, Caller},
    clock::Clock,
    db::{Store, Transaction, counter},
    event::{self, store::NewEvent},
    idempotency::{self, IdempotencyKey, KeyState},
    user::{UserKey, store::lock::lock},
};

/// Name of the counter of a project's grants.
pub const NUMBERS: &str = "verifications";
/// Name of the counter of a project's levels.
pub const LEVEL_NUMBERS: &str = "verification levels";

/// Outcome of creating a level.
#[derive(Clone, Debug)]
pub enum CreateLevelOutcome {
    Level(verification_level::Model),
    NameTaken,
    IndexTaken,
    KeyReused,
}

/// A verification level to create.
#[derive(Clone, Copy, Debug)]
pub struct NewLevel<'a> {
    pub name: &'a str,
    /// Default: above all existing levels.
    pub index: Option<i32>,
    pub key: Option<&'a IdempotencyKey>,
}

/// Creates a verification level of a project.
pub async fn create_level(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    new: NewLevel<'_>,
) -> Result<CreateLevelOutcome> {
    idempotency::retry_on_conflict(|| try_to_create(store, caller, clock, new)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_create(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    new: NewLevel<'_>,
) -> Result<Option<CreateLevelOutcome>> {
    let transaction = store.begin().await?;
    // A concurrent creation of a level in this project waits here, so the reads below stay true.
    let number = counter::take(&transaction, caller.project_id(), LEVEL_NUMBERS, 1).await?;
    match idempotency::find(&transaction, caller, clock, new.key).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(CreateLevelOutcome::KeyReused)),
        KeyState::Used(id) => {
            let earlier = visible_levels(caller).filter(verification_level::Column::Id.eq(id));
            let earlier = earlier.one(&transaction).await?;
            return Ok(Some(earlier.map_or(CreateLevelOutcome::KeyReused, CreateLevelOutcome::Level)));
        }
    }
    let rungs = visible_levels(caller).all(&transaction).await?;
    let top = || rungs.iter().map(|rung| rung.index.saturating_add(1)).max().unwrap_or_default();
    let index = new.index.unwrap_or_else(top);
    if rungs.iter().any(|rung| rung.name == new.name) {
        return Ok(Some(CreateLevelOutcome::NameTaken));
    }
    if rungs.iter().any(|rung| rung.index == index) {
        return Ok(Some(CreateLevelOutcome::IndexTaken));
    }
    let row = verification_level::Model {
        id: clock.new_id(),
        project_id: caller.project_id(),
        number,
        name: new.name.to_owned(),
        index,
        created_at: clock.now(),
    };
    verification_level::Entity::insert(level_row(row.clone())).exec_without_returning(&transaction).await?;
    if !idempotency::remember(&transaction, caller, clock, new.key, row.id).await? {
        return Ok(None);
    }
    let (project, action) = (row.project_id, Action::VerificationLevelCreated);
    let entry = Entry { project, action, resource: row.id, user: None };
    audit::store::record(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(Some(CreateLevelOutcome::Level(row)))
}

/// Outcome of a grant.
#[derive(Clone, Debug)]
pub enum GrantOutcome {
    Verification(verification::Model),
    UnknownUser,
    UnknownLevel,
    AlreadyThere,
    KeyReused,
}

/// A level to grant to a user, and the reason.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'a> {
    pub user: Uuid,
    pub level: Uuid,
    pub reason: &'a str,
    pub key: Option<&'a IdempotencyKey>,
}

/// Grants a level to a user: appends one row to the user's history.
pub async fn grant(store: &Store, caller: &Caller, clock: &Clock, grant: Grant<'_>) -> Result<GrantOutcome> {
    idempotency::retry_on_conflict(|| try_to_grant(store, caller, clock, grant)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_grant(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    grant: Grant<'_>,
) -> Result<Option<GrantOutcome>> {
    let transaction = store.begin().await?;
    // Two grants to one user wait for each other here, so that the second follows the first. If that ever
    // failed, the unique index on the user's steps would reject the second.
    let Some(user) = lock(&transaction, store, caller, grant.user).await?.locked() else {
        return Ok(Some(GrantOutcome::UnknownUser));
    };
    let user = user.row();
    match idempotency::find(&transaction, caller, clock, grant.key).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(GrantOutcome::KeyReused)),
        KeyState::Used(id) => {
            let earlier = visible_to(store, caller).filter(verification::Column::Id.eq(id));
            let earlier = earlier.one(&transaction).await?;
            return Ok(Some(earlier.map_or(GrantOutcome::KeyReused, GrantOutcome::Verification)));
        }
    }
    let level = visible_levels(caller).filter(verification_level::Column::Id.eq(grant.level));
    let Some(level) = level.one(&transaction).await? else { return Ok(Some(GrantOutcome::UnknownLevel)) };
    let last = last_of(&transaction, UserKey { project: user.project_id, id: user.id }).await?;
    if last.as_ref().is_some_and(|last| last.current_level_id == level.id) {
        return Ok(Some(GrantOutcome::AlreadyThere));
    }
    let new = Append {
        id: clock.new_id(),
        project: caller.project_id(),
        user: user.id,
        level: level.id,
        reason: grant.reason,
        by: Some(caller.actor()),
    };
    let row = append(&transaction, clock, last.as_ref(), new).await?;
    if !idempotency::remember(&transaction, caller, clock, grant.key, row.id).await? {
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(GrantOutcome::Verification(row)))
}

/// A row to append to a history.
#[derive(Clone, Copy, Debug)]
pub struct Append<'a> {
    pub id: Uuid,
    pub project: Uuid,
    pub user: Uuid,
    pub level: Uuid,
    pub reason: &'a str,
    /// The credential or membership that grants; `None` for automatic grants.
    pub by: Option<ActorId>,
}

/// Locks a user's grants until the end of the transaction.
pub async fn lock_user(transaction: &Transaction, user: UserKey) -> Result<()> {
    let user = user::Entity::find_by_id((user.id, user.project))
        .select_only()
        .column(user::Column::Id)
        .lock_exclusive();
    user.into_tuple::<Uuid>().one(transaction).await?;
    Ok(())
}

/// Returns the last row of a locked user's history.
pub async fn last_of(transaction: &Transaction, user: UserKey) -> Result<Option<verification::Model>> {
    let rows = verification::Entity::find()
        .filter(verification::Column::ProjectId.eq(user.project))
        .filter(verification::Column::UserId.eq(user.id));
    Ok(rows.order_by_desc(verification::Column::Step).limit(1).one(transaction).await?)
}

/// Appends a row to the history of a locked user, and emits its event.
pub async fn append(
    transaction: &Transaction,
    clock: &Clock,
    last: Option<&verification::Model>,
    new: Append<'_>,
) -> Result<verification::Model> {
    let mut row = verification::Model {
        id: new.id,
        project_id: new.project,
        user_id: new.user,
        number: counter::next(transaction, new.project, NUMBERS).await?,
        step: last.map_or(1, |last| last.step + 1),
        current_level_id: new.level,
        previous_level_id: last.map(|last| last.current_level_id),
        reason: new.reason.to_owned(),
        granted_by: new.by.and_then(ActorId::credential),
        created_at: clock.now(),
        granted_by_membership: new.by.and_then(ActorId::membership),
    };
    while !insert(transaction, &row).await? {
        let number = verification::Column::Number;
        row.number =
            counter::next_above::<verification::Entity>(transaction, new.project, NUMBERS, number).await?;
    }
    let happened = NewEvent {
        project: row.project_id,
        kind: event::Kind::VerificationGranted,
        resource: row.id,
        user: Some(row.user_id),
        detail: None,
        version: None,
    };
    event::store::record(transaction, clock, happened).await?;
    Ok(row)
}

/// Inserts a grant, unless its number is taken by an imported one.
async fn insert(transaction: &Transaction, row: &verification::Model) -> Result<bool> {
    use verification::Column::{Number, ProjectId};
    let taken = OnConflict::columns([ProjectId, Number]).do_nothing().to_owned();
    let insert = verification::Entity::insert_many([row_of(row.clone())]).on_conflict(taken);
    Ok(insert.exec_without_returning(transaction).await? == 1)
}

/// Converts a level to an insertable row.
#[must_use]
pub fn level_row(row: verification_level::Model) -> verification_level::ActiveModel {
    verification_level::ActiveModel {
        id: Set(row.id),
        project_id: Set(row.project_id),
        number: Set(row.number),
        name: Set(row.name),
        index: Set(row.index),
        created_at: Set(row.created_at),
    }
}

/// Converts a grant to an insertable row.
#[must_use]
pub fn row_of(row: verification::Model) -> verification::ActiveModel {
    verification::ActiveModel {
        id: Set(row.id),
        project_id: Set(row.project_id),
        user_id: Set(row.user_id),
        number: Set(row.number),
        step: Set(row.step),
        current_level_id: Set(row.current_level_id),
        previous_level_id: Set(row.previous_level_id),
        reason: Set(row.reason),
        granted_by: Set(row.granted_by),
        created_at: Set(row.created_at),
        granted_by_membership: Set(row.granted_by_membership),
    }
}

//! Updates users, each in one transaction.

use entity::user;
use sea_orm::{ActiveModelTrait, IntoActiveModel, SqlErr};
use uuid::Uuid;

use super::{
    lock::{LockOutcome, LockedUser, lock},
    write::{TagLimitError, check_tag_limits, delete_tags, emit, is_ref_id_taken, tag, tags},
};
use crate::{
    CheckError, Error, Result,
    clock::Clock,
    db::Transaction,
    event,
    op_context::OpContext,
    user::{Personal, UserKey, ValidPersonal, lookup},
};

/// Changes to a user. `None` fields stay unchanged.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    pub ref_id: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub status: Option<user::Status>,
    /// The version that the user has to have.
    pub expected_version: Option<i32>,
}

/// Outcome of updating a user. `E` is why new personal data is invalid.
#[derive(Clone, Debug)]
pub enum UpdateOutcome<E> {
    Updated(user::Model),
    NotFound,
    /// The user is erased or restricted.
    Erased,
    /// The user has another version than the expected one.
    ChangedMeanwhile,
    /// Another user of the project has this `refId`, possibly one that the caller may not see.
    RefIdTaken,
    OutsideLimits(TagLimitError),
    Invalid(E),
}

/// Outcome of updating the personal data of a user. `E` is why the new data is invalid.
#[derive(Clone, Debug)]
pub enum PersonalOutcome<E> {
    Updated(user::Model),
    NotFound,
    /// The user is erased or restricted.
    Erased,
    Invalid(E),
}

/// Outcome of deactivating a user.
#[derive(Clone, Debug)]
pub enum DeactivateOutcome {
    Deactivated(user::Model),
    NotFound,
    /// The user is erased or restricted.
    Erased,
}

/// Updates a user. `personal` receives the current data and returns the new data.
pub async fn update<E>(
    op: OpContext<'_>,
    id: Uuid,
    change: &UserChange,
    personal: impl FnOnce(Personal) -> Result<ValidPersonal, E>,
) -> Result<UpdateOutcome<E>> {
    let transaction = op.store.begin().await?;
    let user = match lock(&transaction, op.store, op.caller, id).await? {
        LockOutcome::Locked(user) => user,
        LockOutcome::NotFound => return Ok(UpdateOutcome::NotFound),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(UpdateOutcome::Erased),
    };
    let before = user.row().clone();
    if change.expected_version.is_some_and(|version| version != before.version) {
        return Ok(UpdateOutcome::ChangedMeanwhile);
    }
    let mut row = match with_personal(&transaction, op, user, personal).await {
        Ok(row) => row,
        Err(error) => return error.map(UpdateOutcome::Invalid).into_outcome(),
    };
    if let Some(new_tags) = &change.tags {
        let key = UserKey { project: row.project_id, id };
        let known = tags(&transaction, key).await?;
        if let Err(error) = check_tag_limits(op.caller, &known, new_tags) {
            return Ok(UpdateOutcome::OutsideLimits(error));
        }
        delete_tags(&transaction, key).await?;
        tag(&transaction, key, new_tags).await?;
    }
    if let Some(ref_id) = &change.ref_id {
        if op.caller.tag_limits().is_some() && ref_id.is_some() && *ref_id != row.ref_id {
            return Ok(UpdateOutcome::OutsideLimits(TagLimitError::RefIdOutside));
        }
        row.ref_id.clone_from(ref_id);
    }
    if let Some(status) = change.status {
        row.status = status;
    }
    if row == before && change.tags.is_none() {
        return Ok(UpdateOutcome::Updated(row));
    }
    // The unique index rejects it in the end; this check gives the better error.
    if row.ref_id != before.ref_id && is_ref_id_taken(&transaction, &row).await? {
        return Ok(UpdateOutcome::RefIdTaken);
    }
    Ok(match save(transaction, op.clock, row).await? {
        Some(row) => UpdateOutcome::Updated(row),
        // Another request took the `refId` after the lookup.
        None => UpdateOutcome::RefIdTaken,
    })
}

/// Updates the personal data of a user. `personal` receives the current data and returns the new data.
pub async fn update_personal<E>(
    op: OpContext<'_>,
    id: Uuid,
    personal: impl FnOnce(Personal) -> Result<ValidPersonal, E>,
) -> Result<PersonalOutcome<E>> {
    let transaction = op.store.begin().await?;
    let user = match lock(&transaction, op.store, op.caller, id).await? {
        LockOutcome::Locked(user) => user,
        LockOutcome::NotFound => return Ok(PersonalOutcome::NotFound),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(PersonalOutcome::Erased),
    };
    let before = user.row().clone();
    match with_personal(&transaction, op, user, personal).await {
        Ok(row) if row == before => Ok(PersonalOutcome::Updated(row)),
        Ok(row) => Ok(PersonalOutcome::Updated(save(transaction, op.clock, row).await?.ok_or(NO_CONFLICT)?)),
        Err(error) => error.map(PersonalOutcome::Invalid).into_outcome(),
    }
}

/// Deactivates a user. Without effect if it is deactivated already.
pub async fn deactivate(op: OpContext<'_>, id: Uuid) -> Result<DeactivateOutcome> {
    let transaction = op.store.begin().await?;
    let mut row = match lock(&transaction, op.store, op.caller, id).await? {
        LockOutcome::Locked(user) => user.into_row(),
        LockOutcome::NotFound => return Ok(DeactivateOutcome::NotFound),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(DeactivateOutcome::Erased),
    };
    if row.status == user::Status::Deactivated {
        return Ok(DeactivateOutcome::Deactivated(row));
    }
    row.status = user::Status::Deactivated;
    let row = save(transaction, op.clock, row).await?.ok_or(NO_CONFLICT)?;
    Ok(DeactivateOutcome::Deactivated(row))
}

const NO_CONFLICT: Error = Error::Fault("a change without a refId violated a unique index");

/// Returns the row of a user with new personal data, which is written to the lookup rows but not to the row.
async fn with_personal<E>(
    transaction: &Transaction,
    op: OpContext<'_>,
    user: LockedUser,
    personal: impl FnOnce(Personal) -> Result<ValidPersonal, E>,
) -> Result<user::Model, CheckError<E>> {
    let key = user.key(transaction, op.vault).await?;
    let known = user.personal(transaction, op.vault).await?;
    let mut row = user.into_row();
    let after = personal(known.clone()).map_err(CheckError::Rejected)?;
    if *after.get() != known {
        row.personal = Some(after.seal(&key, row.project_id, row.id)?);
        lookup::write(transaction, op.vault, row.project_id, row.id, &after).await?;
    }
    Ok(row)
}

/// Writes a changed row with its next version and its event, and commits. Returns `None` if another user of
/// the project has its `refId`.
async fn save(transaction: Transaction, clock: &Clock, mut row: user::Model) -> Result<Option<user::Model>> {
    row.updated_at = clock.now();
    row.version = row.version.saturating_add(1);
    let columns: user::ActiveModel = row.clone().into_active_model().reset_all();
    if let Err(error) = columns.update(&transaction).await {
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(None),
            Some(_) | None => Err(error.into()),
        };
    }
    emit(&transaction, clock, event::Kind::UserUpdated, &row).await?;
    transaction.commit().await?;
    Ok(Some(row))
}

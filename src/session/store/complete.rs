//! Completes sessions.

use entity::verification_session::{Column, Model, Status};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{emit, visible_to};
use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    db::Store,
    session::rules,
    user::store::lock::{LockOutcome, lock_owner},
};

/// Outcome of changing a session's status.
#[derive(Clone, Debug)]
pub enum CompleteOutcome {
    Done(Model),
    NotFound,
    /// The user is erased or restricted: the session can no longer change.
    UserErased,
    /// The transition from the session's current status is illegal.
    Refused(Status),
}

/// Changes the status of a session.
pub async fn complete(
    store: &Store,
    clock: &Clock,
    caller: &Caller,
    id: Uuid,
    status: Status,
) -> Result<CompleteOutcome> {
    let transaction = store.begin().await?;
    let visible = visible_to(store, caller).filter(Column::Id.eq(id));
    match lock_owner(&transaction, caller.project_id(), visible.clone(), Column::UserId).await? {
        LockOutcome::Locked(_) => {}
        LockOutcome::NotFound => return Ok(CompleteOutcome::NotFound),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(CompleteOutcome::UserErased),
    }
    let Some(row) = visible.lock_exclusive().one(&transaction).await? else {
        return Ok(CompleteOutcome::NotFound);
    };
    if !rules::may_become(row.status, status) {
        return Ok(CompleteOutcome::Refused(row.status));
    }
    let (now, version) = (clock.now(), row.version.saturating_add(1));
    let mut change = row.into_active_model();
    change.version = Set(version);
    change.status = Set(status);
    change.updated_at = Set(now);
    if rules::is_closed(status) {
        change.completed_at = Set(Some(now));
    }
    let row = change.update(&transaction).await?;
    emit::moved(&transaction, clock, &row).await?;
    transaction.commit().await?;
    Ok(CompleteOutcome::Done(row))
}

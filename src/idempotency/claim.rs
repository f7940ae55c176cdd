//! Claims on keys of operations that need many transactions. The key is claimed before the first one, so that
//! concurrent requests with the same key can wait. A claim expires by the machine's clock: a process that
//! died does not hold a key for ever.

use entity::idempotency_key::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    IdempotencyKey,
    rejection::StoredRejection,
    store::{is_expired, new_row, primary_key, put, sweep},
};
use crate::{Result, auth::Caller, clock::Clock, db::Store};

/// A key that the running operation holds. If it is dropped before it is settled, it becomes free: the
/// operation failed, or its request was cancelled.
#[derive(Debug)]
pub struct Claim {
    store: Store,
    caller: Caller,
    key: IdempotencyKey,
    id: Uuid,
    is_over: bool,
}

/// Outcome of claiming a key.
#[derive(Debug)]
pub enum ClaimOutcome {
    Acquired(Claim),
    /// Another request with the same input holds the key.
    Busy,
    /// The same request was answered before, with this result.
    Answered(StoredRejection),
    /// The key was used with another operation or input.
    Conflict,
}

/// Claims a key for a number of seconds.
pub async fn claim(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    key: &IdempotencyKey,
    seconds: i64,
) -> Result<ClaimOutcome> {
    let (now, id) = (clock.source_now(), clock.new_id());
    // Read before writing: a waiting request must not block the one that holds the key.
    let known = Entity::find_by_id(primary_key(caller, key)).one(store.read()).await?;
    let is_alive = |row: &Model| row.claimed_until.is_some_and(|until| until > now);
    if known.is_some_and(|row| row.digest == key.digest && is_alive(&row)) {
        return Ok(ClaimOutcome::Busy);
    }
    let claimed_until = Set(Some(now.plus_seconds(seconds)));
    let row = ActiveModel { claimed_until, ..new_row(caller, clock, key, id) };
    let of = |column: Column| Expr::col((Entity, column));
    // The claim for the same input has expired, so its process is dead.
    let is_abandoned = of(Column::Digest).eq(key.digest.clone()).and(of(Column::ClaimedUntil).lte(now));
    if put(store.write(), row, is_expired(clock).or(is_abandoned)).await? {
        let (store, caller, key) = (store.clone(), caller.clone(), key.clone());
        return Ok(ClaimOutcome::Acquired(Claim { store, caller, key, id, is_over: false }));
    }
    let row = Entity::find_by_id(primary_key(caller, key)).one(store.write()).await?;
    Ok(match row {
        // The key was released at this moment, and can be claimed at the next attempt.
        None => ClaimOutcome::Busy,
        Some(row) if row.digest != key.digest => ClaimOutcome::Conflict,
        Some(row) if row.claimed_until.is_some() => ClaimOutcome::Busy,
        Some(row) => key.open(caller, row.refusal)?.map_or(ClaimOutcome::Conflict, ClaimOutcome::Answered),
    })
}

impl Claim {
    /// Stores the result in place of the claim. Returns `false` if the operation took longer than its claim
    /// and another request has claimed the key.
    pub async fn settle(mut self, clock: &Clock, answer: &StoredRejection) -> Result<bool> {
        let answer = self.key.sealed(&self.caller, answer)?;
        let answered = ActiveModel {
            result: Set(Uuid::nil()),
            refusal: Set(Some(answer)),
            // The lifetime starts now, by a clock that the operation itself may have moved.
            created_at: Set(clock.now()),
            claimed_until: Set(None),
            ..ActiveModel::default()
        };
        let written =
            Entity::update_many().set(answered).filter(self.is_own()).exec(self.store.write()).await?;
        self.is_over = true;
        sweep(self.store.write(), &self.caller, clock).await?;
        Ok(written.rows_affected == 1)
    }

    /// Releases the key: the operation has no result to store.
    ///
    /// # Errors
    ///
    /// When the database fails: then the key becomes free when the claim expires.
    pub async fn release(mut self) -> Result<()> {
        self.is_over = true;
        Entity::delete_many().filter(self.is_own()).exec(self.store.write()).await?;
        Ok(())
    }

    /// Condition for the row, as long as this claim holds it.
    fn is_own(&self) -> Expr {
        Column::ProjectId
            .eq(self.caller.project_id())
            .and(Column::ActorId.eq(self.caller.actor_id()))
            .and(Column::Key.eq(self.key.hash.clone()))
            .and(Column::Result.eq(self.id))
            .and(Column::ClaimedUntil.is_not_null())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        // Release the key, so that retries of a timed-out request need not wait until the claim expires.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (store, caller, key, id) = (self.store.clone(), self.caller.clone(), self.key.clone(), self.id);
        runtime.spawn(async move {
            let claim = Self { store, caller, key, id, is_over: true };
            if let Err(error) = claim.release().await {
                tracing::debug!(fault = error.fault(), "failed to release idempotency key: {error}");
            }
        });
    }
}

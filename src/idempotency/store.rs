//! The SQL of idempotency keys.

use entity::{
    Timestamp,
    idempotency_key::{ActiveModel, Column, Entity},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Order, Query},
};
use uuid::Uuid;

use super::{key::IdempotencyKey, rejection::StoredRejection};
use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    db::{
        Store,
        locked::{LOCKED, with_locked},
    },
};

/// Lifetime of a key, in seconds.
const LIFE: i64 = 24 * 60 * 60;
/// Maximum number of expired keys to delete when a key is stored.
const SWEEP: u64 = 16;

/// The state of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    Unused,
    /// Used with the same input; the id is that of the result.
    Used(Uuid),
    /// Used with another operation or input.
    Conflict,
}

/// Returns the use of the key in the last 24 hours.
///
/// # Errors
///
/// When the database fails; [`Error::Replayed`] if the first request was rejected.
pub async fn find(
    db: &impl ConnectionTrait,
    caller: &Caller,
    clock: &Clock,
    key: Option<&IdempotencyKey>,
) -> Result<KeyState> {
    let Some(key) = key else { return Ok(KeyState::Unused) };
    let row = Entity::find_by_id(primary_key(caller, key)).one(db).await?;
    Ok(match row {
        Some(row) if row.claimed_until.is_some_and(|until| until > clock.source_now()) => KeyState::Conflict,
        Some(row) if row.created_at <= expiry_limit(clock) => KeyState::Unused,
        Some(row) if row.digest == key.digest => match key.open(caller, row.refusal)? {
            Some(rejection) => return Err(Error::Replayed(Box::new(rejection))),
            None => KeyState::Used(row.result),
        },
        Some(_) => KeyState::Conflict,
        None => KeyState::Unused,
    })
}

/// Stores the result of a key, in the transaction of the change. Returns `false` if another request has used
/// the key since it was looked up: then the caller must roll the change back.
pub async fn remember(
    db: &impl ConnectionTrait,
    caller: &Caller,
    clock: &Clock,
    key: Option<&IdempotencyKey>,
    result: Uuid,
) -> Result<bool> {
    let Some(key) = key else { return Ok(true) };
    write(db, caller, clock, key, (result, None)).await
}

/// Stores a rejection. Returns `false` if another request has used the key since it was looked up.
pub async fn remember_rejection(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    key: &IdempotencyKey,
    rejection: &StoredRejection,
) -> Result<bool> {
    let rejection = key.sealed(caller, rejection)?;
    let transaction = store.begin().await?;
    let written = write(&transaction, caller, clock, key, (Uuid::nil(), Some(rejection))).await?;
    transaction.commit().await?;
    Ok(written)
}

async fn write(
    db: &impl ConnectionTrait,
    caller: &Caller,
    clock: &Clock,
    key: &IdempotencyKey,
    (result, rejection): (Uuid, Option<serde_json::Value>),
) -> Result<bool> {
    let row = ActiveModel { refusal: Set(rejection), ..new_row(caller, clock, key, result) };
    let is_written = put(db, row, is_expired(clock)).await?;
    if is_written {
        sweep(db, caller, clock).await?;
    }
    Ok(is_written)
}

/// A row for a key, without a rejection and not claimed.
pub(super) fn new_row(caller: &Caller, clock: &Clock, key: &IdempotencyKey, result: Uuid) -> ActiveModel {
    ActiveModel {
        project_id: Set(caller.project_id()),
        actor_id: Set(caller.actor_id()),
        key: Set(key.hash.clone()),
        digest: Set(key.digest.clone()),
        result: Set(result),
        refusal: Set(None),
        created_at: Set(clock.now()),
        claimed_until: Set(None),
    }
}

/// Inserts a row for a key, replacing one that matches `is_replaceable`. Returns `false` if another row exists.
pub(super) async fn put(db: &impl ConnectionTrait, row: ActiveModel, is_replaceable: Expr) -> Result<bool> {
    use Column::{ActorId, ClaimedUntil, CreatedAt, Digest, Key, ProjectId, Refusal, Result};

    // Waits until a concurrent transaction with the same key ends.
    let replace = OnConflict::columns([ProjectId, ActorId, Key])
        .update_columns([Digest, Result, Refusal, CreatedAt, ClaimedUntil])
        .action_and_where(is_replaceable)
        .to_owned();
    Ok(Entity::insert_many([row]).on_conflict(replace).exec_without_returning(db).await? == 1)
}

/// Condition for an expired key. A claimed key does not expire, however far the project's clock has advanced.
pub(super) fn is_expired(clock: &Clock) -> Expr {
    is_free(clock).and(Expr::col((Entity, Column::CreatedAt)).lte(expiry_limit(clock)))
}

/// Condition for a key that no request has claimed.
fn is_free(clock: &Clock) -> Expr {
    let until = || Expr::col((Entity, Column::ClaimedUntil));
    until().is_null().or(until().lte(clock.source_now()))
}

/// Deletes some expired keys of any project: more than the one just stored, so that their number decreases
/// with use. Rows of other projects are compared with the machine's time, because this project's clock may be
/// years ahead.
pub(super) async fn sweep(db: &impl ConnectionTrait, caller: &Caller, clock: &Clock) -> Result<()> {
    delete_expired(db, caller.project_id(), clock, SWEEP).await.map(drop)
}

const KEY: [Column; 3] = [Column::ProjectId, Column::ActorId, Column::Key];

/// Deletes at most `most` expired keys of a project, by its clock. Returns their number.
pub async fn delete_expired(
    db: &impl ConnectionTrait,
    project: Uuid,
    clock: &Clock,
    most: u64,
) -> Result<u64> {
    let mut old = Query::select();
    old.columns(KEY)
        .from(Entity)
        .and_where(Column::ProjectId.eq(project))
        .and_where(Column::CreatedAt.lte(expiry_limit(clock)))
        .and_where(is_free(clock))
        .order_by(Column::CreatedAt, Order::Asc)
        .limit(most);
    let old = with_locked(old, KEY);
    let key = Expr::tuple(KEY.map(Expr::col));
    let found = Query::select().columns(KEY).from(LOCKED).take();
    let delete = Query::delete()
        .from_table(Entity)
        .and_where(Column::ProjectId.eq(project))
        .and_where(key.in_subquery(found))
        .take()
        .with(old);
    Ok(db.execute(&delete).await?.rows_affected())
}

/// Returns the primary key of the row of a caller's key.
pub(super) fn primary_key(caller: &Caller, key: &IdempotencyKey) -> (Uuid, Uuid, String) {
    (caller.project_id(), caller.actor_id(), key.hash.clone())
}

/// Time at or before which a key was created that has expired.
fn expiry_limit(clock: &Clock) -> Timestamp {
    clock.now().plus_seconds(-LIFE)
}

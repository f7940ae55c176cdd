//! Idempotency keys, which make a repeated mutation harmless: the same key and input of the same credential
//! return the first result for 24 hours.

mod claim;
pub mod rejection;

use std::future::Future;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    Timestamp,
    idempotency_key::{ActiveModel, Column, Entity},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Order, Query},
};
use uuid::Uuid;

use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    crypto::{AssociatedData, DataKey, RootKey},
    db::Store,
};
pub use claim::{Claim, ClaimOutcome, claim};
pub use rejection::StoredRejection;

/// Lifetime of a key, in seconds.
const LIFE: i64 = 24 * 60 * 60;
/// Maximum number of attempts at a change.
const TRIES: usize = 3;
/// Maximum number of expired keys to delete when a key is stored.
const SWEEP: u64 = 16;

/// A credential's idempotency key, and a digest of the operation and its input.
#[derive(Clone)]
pub struct IdempotencyKey {
    /// The key as the client sent it. It is never stored.
    text: String,
    /// The hash that is stored instead.
    key: String,
    digest: Vec<u8>,
    /// Seals a stored rejection, which may repeat personal data from the client's input.
    seal: DataKey,
}

impl std::fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyed([secret])")
    }
}

/// The state of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    Unused,
    /// Used with the same input; the id is that of the result.
    Used(Uuid),
    /// Used with another operation or input.
    Conflict,
}

impl IdempotencyKey {
    /// Returns the key as the client sent it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Creates the idempotency key of a request for an operation with this input, if the client sent one. The
    /// only constructor: the key and the input are hashed under the root key, and both belong to the caller's
    /// credential.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] if the key is not 1 to 255 of the allowed characters.
    pub fn new(
        root: &RootKey,
        caller: &Caller,
        key: Option<String>,
        operation: &str,
        input: &[u8],
    ) -> Result<Option<Self>> {
        let Some(text) = key else { return Ok(None) };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !(1..=255).contains(&text.len()) || !text.bytes().all(is_plain) {
            let reason = "write 1 to 255 of the characters A-Z, a-z, 0-9, _ and -";
            return Err(Error::argument("idempotencyKey", reason));
        }
        let credential = caller.credential.id;
        let key = BASE64_URL_SAFE_NO_PAD.encode(root.idempotency_key(credential, &text));
        let digest = root.idempotency_input(credential, operation, input);
        let seal = root.idempotency_seal(credential, &text);
        Ok(Some(Self { text, key, digest, seal }))
    }
}

impl IdempotencyKey {
    /// Encodes a rejection for storage: sealed, in base64.
    fn sealed(&self, caller: &Caller, refusal: &StoredRejection) -> Result<serde_json::Value> {
        let text =
            serde_json::to_vec(refusal).map_err(|_| Error::Fault("failed to write a rejection as JSON"))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.seal.seal(associated_data(caller), &text)?).into())
    }

    /// Decodes the stored rejection, if there is one.
    fn refusal(&self, caller: &Caller, stored: Option<serde_json::Value>) -> Result<Option<StoredRejection>> {
        let Some(stored) = stored else { return Ok(None) };
        let broken = Error::Fault("the stored result of an idempotency key is not a rejection");
        let sealed = stored.as_str().and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok());
        let text = self.seal.open(associated_data(caller), &sealed.ok_or(broken.clone())?)?;
        serde_json::from_slice(&text).map_err(|_| broken)
    }
}

fn associated_data(caller: &Caller) -> AssociatedData<'static> {
    AssociatedData {
        scope: caller.project_id(),
        table: "idempotency_keys",
        column: "refusal",
        row: caller.credential.id,
    }
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
    keyed: Option<&IdempotencyKey>,
) -> Result<KeyState> {
    let Some(keyed) = keyed else { return Ok(KeyState::Unused) };
    let row = Entity::find_by_id(primary_key(caller, keyed)).one(db).await?;
    Ok(match row {
        Some(row) if row.claimed_until.is_some_and(|until| until > clock.source_now()) => KeyState::Conflict,
        Some(row) if row.created_at <= forgotten(clock) => KeyState::Unused,
        Some(row) if row.digest == keyed.digest => match keyed.refusal(caller, row.refusal)? {
            Some(refusal) => return Err(Error::Replayed(Box::new(refusal))),
            None => KeyState::Used(row.result),
        },
        Some(_) => KeyState::Conflict,
        None => KeyState::Unused,
    })
}

/// Applies a change with an idempotency key. `None` from `change` means that another request used the key at
/// the same moment: the change is retried, and then finds the result of the other request.
///
/// # Errors
///
/// When the change fails.
pub async fn retry_on_conflict<T, F: Future<Output = Result<Option<T>>> + Send>(
    attempt: impl Fn() -> F + Send + Sync,
) -> Result<T> {
    for _ in 0..TRIES {
        if let Some(retry_on_conflict) = attempt().await? {
            return Ok(retry_on_conflict);
        }
    }
    Err(Error::Fault("an idempotency key is in use but was not found"))
}

/// Stores the result of a key, in the transaction of the change. Returns `false` if another request has used
/// the key since it was looked up: then the caller must roll the change back.
pub async fn remember(
    db: &impl ConnectionTrait,
    caller: &Caller,
    clock: &Clock,
    keyed: Option<&IdempotencyKey>,
    result: Uuid,
) -> Result<bool> {
    let Some(keyed) = keyed else { return Ok(true) };
    write(db, caller, clock, keyed, (result, None)).await
}

/// Stores a rejection. Returns `false` if another request has used the key since it was looked up.
pub async fn remember_refusal(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    keyed: &IdempotencyKey,
    refusal: &StoredRejection,
) -> Result<bool> {
    let refusal = keyed.sealed(caller, refusal)?;
    let transaction = store.begin().await?;
    let written = write(&transaction, caller, clock, keyed, (Uuid::nil(), Some(refusal))).await?;
    transaction.commit().await?;
    Ok(written)
}

async fn write(
    db: &impl ConnectionTrait,
    caller: &Caller,
    clock: &Clock,
    keyed: &IdempotencyKey,
    (result, refusal): (Uuid, Option<serde_json::Value>),
) -> Result<bool> {
    let row = ActiveModel {
        project_id: Set(caller.project_id()),
        credential_id: Set(caller.credential.id),
        key: Set(keyed.key.clone()),
        digest: Set(keyed.digest.clone()),
        result: Set(result),
        refusal: Set(refusal),
        created_at: Set(clock.now()),
        claimed_until: Set(None),
    };
    let is_written = put(db, row, makes_way(clock)).await?;
    if is_written {
        sweep(db, caller, clock).await?;
    }
    Ok(is_written)
}

/// Inserts a row for a key, replacing one that matches `makes_way`. Returns `false` if another row exists.
async fn put(db: &impl ConnectionTrait, row: ActiveModel, makes_way: Expr) -> Result<bool> {
    use Column::{ClaimedUntil, CreatedAt, CredentialId, Digest, Key, ProjectId, Refusal, Result};

    // Waits until a concurrent transaction with the same key ends.
    let there = OnConflict::columns([ProjectId, CredentialId, Key])
        .update_columns([Digest, Result, Refusal, CreatedAt, ClaimedUntil])
        .action_and_where(makes_way)
        .to_owned();
    Ok(Entity::insert_many([row]).on_conflict(there).exec_without_returning(db).await? == 1)
}

/// Condition for an expired key. A claimed key does not expire, however far the project's clock has advanced.
fn makes_way(clock: &Clock) -> Expr {
    is_free(clock).and(Expr::col((Entity, Column::CreatedAt)).lte(forgotten(clock)))
}

/// Condition for a key that no request has claimed.
fn is_free(clock: &Clock) -> Expr {
    let until = || Expr::col((Entity, Column::ClaimedUntil));
    until().is_null().or(until().lte(clock.source_now()))
}

/// Deletes some expired keys of any project: more than the one just stored, so that their number decreases
/// with use. Rows of other projects are compared with the machine's time, because this project's clock may be
/// years ahead.
async fn sweep(db: &impl ConnectionTrait, caller: &Caller, clock: &Clock) -> Result<()> {
    let anywhere = Column::CreatedAt.lte(clock.source_now().plus_seconds(-LIFE));
    let here = Column::ProjectId.eq(caller.project_id()).and(Column::CreatedAt.lte(forgotten(clock)));
    let mut old = Query::select();
    old.columns([Column::ProjectId, Column::CredentialId, Column::Key])
        .from(Entity)
        // The range that bounds the index scan; the other conditions select within it.
        .and_where(Column::CreatedAt.lte(forgotten(clock)))
        .and_where(anywhere.or(here))
        .and_where(is_free(clock))
        .order_by(Column::CreatedAt, Order::Asc)
        .limit(SWEEP)
        // Skip rows that a concurrent sweep has locked.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let key = [Column::ProjectId, Column::CredentialId, Column::Key].map(Expr::col);
    let key = Expr::tuple(key);
    db.execute(Query::delete().from_table(Entity).and_where(key.in_subquery(old.take()))).await?;
    Ok(())
}

/// Returns the primary key of the row of a caller's key.
fn primary_key(caller: &Caller, keyed: &IdempotencyKey) -> (Uuid, Uuid, String) {
    (caller.project_id(), caller.credential.id, keyed.key.clone())
}

fn forgotten(clock: &Clock) -> Timestamp {
    clock.now().plus_seconds(-LIFE)
}

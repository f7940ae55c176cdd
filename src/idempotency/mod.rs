//! Keys that make a repeated mutation harmless: the same key and input of the same credential within a day give the same
//! result again.

mod claim;

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
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::claim::{Claim, ClaimOutcome, claim};
use crate::db::Store;
use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    crypto::{AssociatedData, DataKey, RootKey},
};

/// Seconds for which a key is remembered.
const LIFE: i64 = 24 * 60 * 60;
/// How often a change is begun at most.
const TRIES: usize = 3;
/// Keys that are deleted when one is remembered, at most.
const SWEEP: u64 = 16;

/// A credential's key, and a digest of what it is used for.
#[derive(Clone)]
pub struct IdempotencyKey {
    /// As the caller wrote it. It is never stored.
    text: String,
    /// The hash that is stored instead.
    key: String,
    digest: Vec<u8>,
    /// What a refusal is sealed by: it may repeat what the caller wrote about a person.
    seal: DataKey,
}

impl std::fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyed([secret])")
    }
}

/// What a key was used for before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    Unused,
    /// For the same, and this came of it.
    Used(Uuid),
    /// For something else.
    Conflict,
}

/// A refusal as it is remembered under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRejection {
    /// The type of the rejection.
    pub name: String,
    /// What it said.
    pub message: String,
    /// What was not found, where the rejection repeats it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl IdempotencyKey {
    /// The key as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The idempotency key that a caller gave, if it gave one, for an operation with this input. The only constructor:
    /// the key and the input are hashed under the root key, and both belong to the caller's credential.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] if the key is not 1 to 255 of the characters that a key may have.
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
    /// A refusal as it is stored: sealed, in base64.
    fn sealed(&self, caller: &Caller, refusal: &StoredRejection) -> Result<serde_json::Value> {
        let text = serde_json::to_vec(refusal).map_err(|_| Error::Fault("a refusal is no JSON"))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.seal.seal(place(caller), &text)?).into())
    }

    /// The refusal that is stored, if there is one.
    fn refusal(&self, caller: &Caller, stored: Option<serde_json::Value>) -> Result<Option<StoredRejection>> {
        let Some(stored) = stored else { return Ok(None) };
        let broken = Error::Fault("what an idempotency key remembers is no refusal");
        let sealed = stored.as_str().and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok());
        let text = self.seal.open(place(caller), &sealed.ok_or(broken.clone())?)?;
        serde_json::from_slice(&text).map_err(|_| broken)
    }
}

fn place(caller: &Caller) -> AssociatedData<'static> {
    AssociatedData {
        scope: caller.project_id(),
        table: "idempotency_keys",
        column: "refusal",
        row: caller.credential.id,
    }
}

/// What the key was used for in the last day.
///
/// # Errors
///
/// When the database fails; [`Error::Replayed`] when it was refused.
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

/// Makes a change that has an idempotency key: tries again where somebody else used the key at the same moment, which is
/// what `None` says. The next try finds what the other one made.
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
    Err(Error::Fault("an idempotency key stayed taken and could not be found"))
}

/// Remembers what came of a key, in the transaction of what came of it. `false` when somebody else used the key since it
/// was looked up: what came of it here must not stay.
///
/// # Errors
///
/// When the database fails.
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

/// Remembers that it was refused. `false` when somebody else used the key since it was looked up.
///
/// # Errors
///
/// When the database fails.
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

/// Writes a row for a key, in place of one that makes way. `false` when there is one that does not.
async fn put(db: &impl ConnectionTrait, row: ActiveModel, makes_way: Expr) -> Result<bool> {
    use Column::{ClaimedUntil, CreatedAt, CredentialId, Digest, Key, ProjectId, Refusal, Result};

    // Waits for the end of whoever else is writing the same key.
    let there = OnConflict::columns([ProjectId, CredentialId, Key])
        .update_columns([Digest, Result, Refusal, CreatedAt, ClaimedUntil])
        .action_and_where(makes_way)
        .to_owned();
    Ok(Entity::insert_many([row]).on_conflict(there).exec_without_returning(db).await? == 1)
}

/// Whether a key is of days ago. One that somebody is at work under is not, however far the project's clock has gone ahead
/// meanwhile.
fn makes_way(clock: &Clock) -> Expr {
    is_free(clock).and(Expr::col((Entity, Column::CreatedAt)).lte(forgotten(clock)))
}

/// Whether nobody is at work under a key.
fn is_free(clock: &Clock) -> Expr {
    let until = || Expr::col((Entity, Column::ClaimedUntil));
    until().is_null().or(until().lte(clock.source_now()))
}

/// Deletes some keys that are forgotten, of whatever project: more than the one that was just remembered, so that they
/// become fewer wherever keys are used. What is forgotten in another project is not for the clock of this one to say: it
/// may be years ahead.
async fn sweep(db: &impl ConnectionTrait, caller: &Caller, clock: &Clock) -> Result<()> {
    let anywhere = Column::CreatedAt.lte(clock.source_now().plus_seconds(-LIFE));
    let here = Column::ProjectId.eq(caller.project_id()).and(Column::CreatedAt.lte(forgotten(clock)));
    let mut old = Query::select();
    old.columns([Column::ProjectId, Column::CredentialId, Column::Key])
        .from(Entity)
        // What the index is walked to; the others say which of these.
        .and_where(Column::CreatedAt.lte(forgotten(clock)))
        .and_where(anywhere.or(here))
        .and_where(is_free(clock))
        .order_by(Column::CreatedAt, Order::Asc)
        .limit(SWEEP)
        // What somebody else is sweeping is not waited for.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let key = [Column::ProjectId, Column::CredentialId, Column::Key].map(Expr::col);
    let key = Expr::tuple(key);
    db.execute(Query::delete().from_table(Entity).and_where(key.in_subquery(old.take()))).await?;
    Ok(())
}

/// The primary key of the row of a caller's key.
fn primary_key(caller: &Caller, keyed: &IdempotencyKey) -> (Uuid, Uuid, String) {
    (caller.project_id(), caller.credential.id, keyed.key.clone())
}

fn forgotten(clock: &Clock) -> Timestamp {
    clock.now().plus_seconds(-LIFE)
}

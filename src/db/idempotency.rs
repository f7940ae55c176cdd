//! Keys that make a repeated mutation harmless: the same key and input within a day give the same result again.

use entity::{Timestamp, idempotency_key};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Error, Result, auth::Caller, clock::Clock};

/// Seconds for which a key is remembered.
const LIFE: i64 = 24 * 60 * 60;

/// A caller's key, and a digest of what it is used for.
#[derive(Clone, Debug)]
pub struct Keyed {
    key: String,
    digest: Vec<u8>,
}

/// What a key was used for before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    Never,
    /// For the same, and this came of it.
    For(Uuid),
    /// For something else.
    Otherwise,
}

impl Keyed {
    /// A key, if one was given, for a mutation with this input.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] for what cannot be a key.
    pub fn new(key: Option<String>, mutation: &str, input: &[&str]) -> Result<Option<Self>> {
        let Some(key) = key else { return Ok(None) };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !(1..=255).contains(&key.len()) || !key.bytes().all(is_plain) {
            let reason = "write 1 to 255 of the characters A-Z, a-z, 0-9, _ and -";
            return Err(Error::argument("idempotencyKey", reason));
        }
        let input = serde_json::json!([mutation, input]).to_string();
        let digest =
            aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, input.as_bytes()).as_ref().to_vec();
        Ok(Some(Self { key, digest }))
    }
}

/// What the key was used for in the last day.
///
/// # Errors
///
/// When the database fails.
pub async fn find(
    db: &impl ConnectionTrait,
    caller: &Caller,
    clock: &Clock,
    keyed: Option<&Keyed>,
) -> Result<Used> {
    let Some(keyed) = keyed else { return Ok(Used::Never) };
    let row = idempotency_key::Entity::find_by_id((caller.project_id(), keyed.key.clone())).one(db).await?;
    Ok(match row {
        Some(row) if row.created_at <= forgotten(clock) => Used::Never,
        Some(row) if row.digest == keyed.digest => Used::For(row.result),
        Some(_) => Used::Otherwise,
        None => Used::Never,
    })
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
    keyed: Option<&Keyed>,
    result: Uuid,
) -> Result<bool> {
    let Some(keyed) = keyed else { return Ok(true) };
    // The same key of days ago must make way.
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::ProjectId.eq(caller.project_id()))
        .filter(idempotency_key::Column::Key.eq(keyed.key.as_str()))
        .filter(idempotency_key::Column::CreatedAt.lte(forgotten(clock)))
        .exec(db)
        .await?;
    let row = idempotency_key::ActiveModel {
        project_id: Set(caller.project_id()),
        key: Set(keyed.key.clone()),
        digest: Set(keyed.digest.clone()),
        result: Set(result),
        created_at: Set(clock.now()),
    };
    // Waits for the end of whoever else is writing the same key.
    let nothing = OnConflict::new().do_nothing().to_owned();
    let written = idempotency_key::Entity::insert_many([row]).on_conflict(nothing);
    Ok(written.exec_without_returning(db).await? == 1)
}

fn forgotten(clock: &Clock) -> Timestamp {
    clock.now().plus_seconds(-LIFE)
}

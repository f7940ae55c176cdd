//! Sign-ins that are not complete. Their state is stored sealed, so that several servers share it and a browser
//! never holds it.

use entity::{
    Timestamp,
    sign_in_attempt::{Column, Entity, Kind, Model},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use sealing::AssociatedData;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::session::new_token;
use crate::{Error, Result, clock::Clock, crypto::RootKey};

/// Seconds for which an attempt can be completed.
const LIFE: i64 = 5 * 60;
/// Number of tries of an attempt.
const FAILURES: i32 = 5;
/// Maximum number of open attempts of one network, of clients that have proved nothing. Each is a row of less than
/// 2 kB. A company may have one network for all its people.
pub const OF_NETWORK: u64 = 1_000;

/// Starts an attempt of a client that has proved something: a session, a password, a link. Returns the token with
/// which the client continues it.
pub async fn create(
    db: &impl ConnectionTrait,
    root: &RootKey,
    clock: &Clock,
    of: (Kind, Option<Uuid>),
    state: &impl Serialize,
) -> Result<String> {
    insert(db, root, clock, (of, None), state).await
}

/// Starts an attempt of a client that anybody can be. `None` while its network has too many open ones.
pub async fn create_for_network(
    db: &impl ConnectionTrait,
    root: &RootKey,
    clock: &Clock,
    (kind, network): (Kind, Option<&str>),
    state: &impl Serialize,
) -> Result<Option<String>> {
    let source = root.sign_in_bucket("open attempts", &[], network.unwrap_or_default());
    let open = Entity::find()
        .filter(Column::Source.eq(source.clone()))
        .filter(Column::ExpiresAt.gt(clock.now()))
        .count(db)
        .await?;
    if open >= OF_NETWORK {
        return Ok(None);
    }
    insert(db, root, clock, ((kind, None), Some(source)), state).await.map(Some)
}

async fn insert(
    db: &impl ConnectionTrait,
    root: &RootKey,
    clock: &Clock,
    ((kind, member_id), source): ((Kind, Option<Uuid>), Option<Vec<u8>>),
    state: &impl Serialize,
) -> Result<String> {
    let token = new_token();
    let text = serde_json::to_vec(state).map_err(|_| Error::Fault("failed to write an attempt as JSON"))?;
    let row = Model {
        token_hash: root.link_token(&token),
        kind,
        member_id,
        state: root.sign_in_key().seal(of(kind), &text)?,
        failures: 0,
        expires_at: clock.now().plus_seconds(life(kind)),
        source,
    };
    let insert = Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await?;
    Ok(token)
}

/// Returns a live attempt with its state.
pub async fn find<S: DeserializeOwned>(
    db: &impl ConnectionTrait,
    root: &RootKey,
    now: Timestamp,
    kind: Kind,
    token: &str,
) -> Result<Option<(Model, S)>> {
    let row = Entity::find_by_id(root.link_token(token))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::Failures.lt(FAILURES));
    let Some(row) = row.one(db).await? else { return Ok(None) };
    let text = root.sign_in_key().open(of(kind), &row.state)?;
    let state = serde_json::from_slice(&text).map_err(|_| Error::Fault("an attempt is not JSON"))?;
    Ok(Some((row, state)))
}

/// Uses one of the tries of an attempt, before the code is compared: of tries at the same time each counts. Returns
/// whether one was left.
pub async fn try_once(db: &impl ConnectionTrait, attempt: &Model) -> Result<bool> {
    let tried = Entity::update_many()
        .col_expr(Column::Failures, Expr::col(Column::Failures).add(1))
        .filter(Column::TokenHash.eq(attempt.token_hash.clone()))
        .filter(Column::Failures.lt(FAILURES));
    Ok(tried.exec(db).await?.rows_affected == 1)
}

/// Ends an attempt. Returns whether it was live: of two requests that complete it, one gets `true`.
pub async fn complete(db: &impl ConnectionTrait, attempt: &Model) -> Result<bool> {
    let deleted = Entity::delete_by_id(attempt.token_hash.clone()).exec(db).await?;
    Ok(deleted.rows_affected > 0)
}

/// Deletes the attempts that have expired.
pub async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64> {
    let old = Entity::delete_many().filter(Column::ExpiresAt.lte(now));
    Ok(old.exec(db).await?.rows_affected)
}

/// Seconds for which an attempt can be completed.
const fn life(kind: Kind) -> i64 {
    if let Kind::Oidc = kind { oidc::TRANSACTION_LIFETIME } else { LIFE }
}

fn of(kind: Kind) -> AssociatedData<'static> {
    let column = match kind {
        Kind::Password => "state of a sign-in by password",
        Kind::Link => "state of a link",
        Kind::StepUp => "state of a step-up",
        Kind::Passkey => "state of a sign-in by passkey",
        Kind::NewPasskey => "state of a new passkey",
        Kind::Authenticator => "state of a new authenticator app",
        Kind::Oidc => "state of a sign-in with a provider",
    };
    AssociatedData { scope: Uuid::nil(), table: "sign_in_attempts", column, row: Uuid::nil() }
}

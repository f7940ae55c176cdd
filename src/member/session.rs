//! The devices on which members are signed in.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    Timestamp,
    member_session::{ActiveModel, Column, Entity, Method, Model},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use super::{limits, store};
use crate::{
    Result,
    audit::Action,
    clock::Clock,
    crypto::{RootKey, provider},
    db::{Store, Transaction},
};

/// Minimum time between two updates of a session's last activity, in seconds.
const SEEN_EVERY: i64 = 60;
/// Maximum length of a stored `User-Agent`, in bytes.
const USER_AGENT: usize = 300;

/// The device of a sign-in.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub user_agent: Option<String>,
    /// The network of the client: /24 of IPv4, /56 of IPv6.
    pub source: Option<String>,
}

/// Creates a token of 256 random bits.
///
/// # Panics
///
/// If the operating system provides no randomness.
#[must_use]
pub fn new_token() -> String {
    let mut bytes = [0; 32];
    provider::fill(&mut bytes).expect("the operating system provides randomness");
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Signs a member in on a device. Returns the value of the cookie, which is not stored.
pub async fn create(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    (member, method): (Uuid, Method),
    device: &Device,
) -> Result<(String, Model)> {
    let (token, now) = (new_token(), clock.now());
    let limits = limits::of_member(transaction, member).await?;
    let user_agent = device.user_agent.as_ref().map(|text| {
        let end = text.floor_char_boundary(USER_AGENT);
        text[..end].to_owned()
    });
    let row = Model {
        id: clock.new_id(),
        member_id: member,
        token_hash: root.session_token(&token),
        method,
        user_agent,
        source: device.source.clone(),
        created_at: now,
        last_seen_at: now,
        authenticated_at: now,
        expires_at: now.plus_seconds(i64::from(limits.hours) * 60 * 60),
        ended_at: None,
        idle_minutes: limits.idle_minutes,
        is_by_passkey: method == Method::Passkey,
    };
    let insert = Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(transaction).await?;
    store::record(transaction, clock, member, Action::MemberSignedIn).await?;
    Ok((token, row))
}

/// Records that a member has proved its identity anew, and replaces the cookie's value. Returns the new value, and
/// the session as it is from now on.
pub async fn renew(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    (mut session, is_by_passkey): (Model, bool),
) -> Result<(String, Model)> {
    let token = new_token();
    (session.authenticated_at, session.last_seen_at) = (clock.now(), clock.now());
    session.is_by_passkey = is_by_passkey;
    let row = ActiveModel {
        id: Set(session.id),
        token_hash: Set(root.session_token(&token)),
        authenticated_at: Set(session.authenticated_at),
        last_seen_at: Set(session.last_seen_at),
        is_by_passkey: Set(is_by_passkey),
        ..Default::default()
    };
    row.update(transaction).await?;
    Ok((token, session))
}

/// Records that the person was active, at most once in a minute.
pub async fn touch(store: &Store, session: &Model, now: Timestamp) -> Result<()> {
    if now < session.last_seen_at.plus_seconds(SEEN_EVERY) {
        return Ok(());
    }
    let seen = Entity::update_many()
        .col_expr(Column::LastSeenAt, Expr::value(now))
        .filter(Column::Id.eq(session.id))
        .filter(Column::LastSeenAt.lt(now));
    seen.exec(store.write()).await?;
    Ok(())
}

/// Lists the live sessions of a member, the last active first.
pub async fn list(store: &Store, member: Uuid, now: Timestamp) -> Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::MemberId.eq(member))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .order_by_desc(Column::LastSeenAt)
        .all(store.write())
        .await?;
    Ok(rows.into_iter().filter(|row| crate::auth::session::is_live(row, now)).collect())
}

/// Which sessions of a member to end.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    One(Uuid),
    AllBut(Uuid),
    All,
}

/// Ends sessions of a member. Returns their number.
pub async fn end(transaction: &Transaction, clock: &Clock, member: Uuid, which: Which) -> Result<u64> {
    let ended = end_rows(transaction, clock.now(), member, which).await?;
    if ended > 0 {
        store::record(transaction, clock, member, Action::MemberSignedOut).await?;
    }
    Ok(ended)
}

async fn end_rows(db: &impl ConnectionTrait, now: Timestamp, member: Uuid, which: Which) -> Result<u64> {
    let mut rows = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::MemberId.eq(member))
        .filter(Column::EndedAt.is_null());
    match which {
        Which::One(id) => rows = rows.filter(Column::Id.eq(id)),
        Which::AllBut(id) => rows = rows.filter(Column::Id.ne(id)),
        Which::All => {}
    }
    Ok(rows.exec(db).await?.rows_affected)
}

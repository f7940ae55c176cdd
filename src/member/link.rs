//! Links that create an account, add a membership, or give access back. A link is valid once. Opening it does not
//! use it up: mail programs open links to look at them.

use entity::{
    Timestamp,
    credential::Strings,
    member_link::{ActiveModel, Column, Entity, Model, Purpose},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, sea_query::Expr,
};
use sealing::AssociatedData;
use uuid::Uuid;

use super::session::new_token;
use crate::{Error, Result, clock::Clock, crypto::RootKey};

/// Seconds for which a set-up or recovery link is valid.
pub const HOUR: i64 = 60 * 60;
/// Seconds for which an invitation is valid by default.
pub const WEEK: i64 = 7 * 24 * HOUR;

/// Invitations that are listed at most.
const MOST_LISTED: u64 = 100;

/// A link to create.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub purpose: Purpose,
    pub member: Option<Uuid>,
    /// The membership that accepting the link creates: project, role and tag limits.
    pub membership: Option<(Uuid, Uuid, Option<Vec<String>>)>,
    pub email: Option<String>,
    pub is_operator: bool,
    pub created_by: Option<Uuid>,
    /// Seconds for which it is valid.
    pub life: i64,
}

/// Creates a link and returns its token. A set-up link replaces the previous one.
pub async fn create(
    db: &impl ConnectionTrait,
    root: &RootKey,
    clock: &Clock,
    new: NewLink,
) -> Result<String> {
    if new.purpose == Purpose::SetUp {
        Entity::delete_many().filter(Column::Purpose.eq(Purpose::SetUp)).exec(db).await?;
    }
    let (token, id) = (new_token(), clock.new_id());
    let email = new.email.map(|email| root.sign_in_key().seal(of(id), email.as_bytes())).transpose()?;
    let (project, role, tags) = match new.membership {
        Some((project, role, tags)) => (Some(project), Some(role), tags),
        None => (None, None, None),
    };
    let row = ActiveModel {
        id: Set(id),
        token_hash: Set(root.link_token(&token)),
        purpose: Set(new.purpose),
        member_id: Set(new.member),
        project_id: Set(project),
        role_id: Set(role),
        tag_limits: Set(tags.map(Strings)),
        email: Set(email),
        is_operator: Set(new.is_operator),
        created_by: Set(new.created_by),
        created_at: Set(clock.now()),
        expires_at: Set(clock.now().plus_seconds(new.life)),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(token)
}

/// Returns the link of a token, if it can still be used.
pub async fn find(
    db: &impl ConnectionTrait,
    root: &RootKey,
    now: Timestamp,
    token: &str,
) -> Result<Option<Model>> {
    let row = Entity::find()
        .filter(Column::TokenHash.eq(root.link_token(token)))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    Ok(row.one(db).await?)
}

/// Returns the invited e-mail address of a link.
///
/// # Errors
///
/// When it was sealed with another root key.
pub fn email(root: &RootKey, link: &Model) -> Result<Option<String>> {
    let Some(sealed) = &link.email else { return Ok(None) };
    let text = root.sign_in_key().open(of(link.id), sealed)?;
    String::from_utf8(text).map(Some).map_err(|_| Error::Fault("the address of a link is not text"))
}

/// Lists the invitations to a project that can be accepted, newest first.
pub async fn invitations(db: &impl ConnectionTrait, project: Uuid, now: Timestamp) -> Result<Vec<Model>> {
    let rows = open_invitations(project, now).order_by_desc(Column::CreatedAt).limit(MOST_LISTED);
    Ok(rows.all(db).await?)
}

/// Returns an invitation to the project that can be accepted.
pub async fn invitation(
    db: &impl ConnectionTrait,
    project: Uuid,
    now: Timestamp,
    id: Uuid,
) -> Result<Option<Model>> {
    Ok(open_invitations(project, now).filter(Column::Id.eq(id)).one(db).await?)
}

fn open_invitations(project: Uuid, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Purpose.eq(Purpose::Invite))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
}

/// Deletes a link: it stops working.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Deletes the invitations that would give a role.
pub async fn delete_invitations_to(db: &impl ConnectionTrait, role: Uuid) -> Result<()> {
    Entity::delete_many().filter(Column::RoleId.eq(role)).exec(db).await?;
    Ok(())
}

/// Uses a link up. Returns whether it could be used: of two requests, one gets `true`.
pub async fn spend(db: &impl ConnectionTrait, now: Timestamp, link: Uuid) -> Result<bool> {
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::Id.eq(link))
        .filter(Column::UsedAt.is_null());
    Ok(used.exec(db).await?.rows_affected == 1)
}

fn of(link: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: Uuid::nil(), table: "member_links", column: "email", row: link }
}

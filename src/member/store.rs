//! The SQL of members and memberships.

use entity::{
    credential::Strings,
    member::{self, Status},
    membership::{self, Origin},
    project, role,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, Select, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{limits, profile::Profile};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::{ActorId, Caller},
    clock::Clock,
    crypto::RootKey,
    db::{Store, Transaction, counter},
};

/// A member to insert.
pub struct NewMember {
    pub profile: Profile,
    pub locale: Option<String>,
    pub is_operator: bool,
}

/// A membership to insert.
#[derive(Clone, Debug)]
pub struct NewMembership {
    pub project: Uuid,
    pub member: Uuid,
    pub role: Uuid,
    pub tag_limits: Option<Vec<String>>,
    pub origin: Origin,
}

/// A membership with what it refers to.
#[derive(Clone, Debug)]
pub struct Access {
    pub membership: membership::Model,
    pub role: role::Model,
    pub project: project::Model,
}

/// Returns the member with an e-mail address.
pub async fn find_by_email(
    db: &impl ConnectionTrait,
    root: &RootKey,
    email: &str,
) -> Result<Option<member::Model>> {
    let hash = root.member_email(email);
    Ok(member::Entity::find().filter(member::Column::EmailHash.eq(hash)).one(db).await?)
}

/// Returns the member with an id.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<member::Model>> {
    Ok(member::Entity::find_by_id(id).one(db).await?)
}

/// Returns whether the installation has a member.
pub async fn has_members(store: &Store) -> Result<bool> {
    Ok(member::Entity::find().count(store.write()).await? > 0)
}

/// Lists all members, oldest first.
pub async fn list(store: &Store) -> Result<Vec<member::Model>> {
    Ok(member::Entity::find().order_by_asc(member::Column::Id).all(store.write()).await?)
}

/// Lists the memberships of a member that have not ended, with their projects and roles, by project name.
pub async fn access_of(db: &impl ConnectionTrait, member: Uuid) -> Result<Vec<Access>> {
    let rows = membership::Entity::find()
        .find_also_related(role::Entity)
        .find_also(membership::Entity, project::Entity)
        .filter(membership::Column::MemberId.eq(member))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(project::Column::Name)
        .all(db)
        .await?;
    let access = |(membership, role, project): (_, Option<_>, Option<_>)| {
        Some(Access { membership, role: role?, project: project? })
    };
    Ok(rows.into_iter().filter_map(access).collect())
}

/// Selects the memberships of the caller's project, ended ones too.
#[must_use]
pub fn visible_to(caller: &Caller) -> Select<membership::Entity> {
    membership::Entity::find().filter(membership::Column::ProjectId.eq(caller.project_id()))
}

/// Selects those of `ids` that are memberships of the caller's project.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(caller), membership::Column::Id, ids)
}

/// Inserts a member.
pub async fn insert(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    new: NewMember,
) -> Result<member::Model> {
    let id = clock.new_id();
    let sealed = new.profile.seal(root, id)?;
    let row = member::Model {
        id,
        wrapped_key: sealed.wrapped_key,
        personal: sealed.personal,
        email_hash: sealed.email_hash,
        locale: new.locale,
        status: Status::Active,
        is_operator: new.is_operator,
        created_at: clock.now(),
        updated_at: clock.now(),
    };
    let insert = member::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(transaction).await?;
    Ok(row)
}

/// Gives a member access to a project. A membership that has ended is resumed under its number.
pub async fn add_membership(
    transaction: &Transaction,
    clock: &Clock,
    new: NewMembership,
) -> Result<membership::Model> {
    let known = membership::Entity::find()
        .filter(membership::Column::MemberId.eq(new.member))
        .filter(membership::Column::ProjectId.eq(new.project))
        .one(transaction)
        .await?;
    let is_new = known.is_none();
    let row = if let Some(mut row) = known {
        row.role_id = new.role;
        row.tag_limits = new.tag_limits.map(Strings);
        row.ended_at = None;
        // A group does not lift what a member of the project has decided.
        row.suspended_at = row.suspended_at.filter(|_| new.origin == Origin::Oidc);
        row.origin = new.origin;
        row
    } else {
        membership::Model {
            id: clock.new_id(),
            project_id: new.project,
            member_id: new.member,
            number: counter::take(transaction, new.project, "credentials", 1).await?,
            role_id: new.role,
            tag_limits: new.tag_limits.map(Strings),
            origin: new.origin,
            created_at: clock.now(),
            ended_at: None,
            suspended_at: None,
        }
    };
    if is_new {
        let new = row.clone().into_active_model().reset_all();
        membership::Entity::insert(new).exec_without_returning(transaction).await?;
    } else {
        update_membership(transaction, &row).await?;
    }
    limits::apply(transaction, &[new.member]).await?;
    let entry = Entry { project: new.project, action: Action::MembershipAdded, resource: row.id, user: None };
    audit::record(transaction, clock, entry).await?;
    Ok(row)
}

/// Writes what can change of a membership: its role, its tag limits, its origin, its suspension and its end.
pub async fn update_membership(transaction: &Transaction, row: &membership::Model) -> Result<()> {
    let changed = membership::ActiveModel {
        id: Set(row.id),
        role_id: Set(row.role_id),
        tag_limits: Set(row.tag_limits.clone()),
        origin: Set(row.origin),
        ended_at: Set(row.ended_at),
        suspended_at: Set(row.suspended_at),
        ..Default::default()
    };
    changed.update(transaction).await?;
    Ok(())
}

/// Sets whether a member can sign in.
pub async fn set_status(store: &Store, clock: &Clock, id: Uuid, status: Status) -> Result<()> {
    let row = member::ActiveModel {
        id: Set(id),
        status: Set(status),
        updated_at: Set(clock.now()),
        ..Default::default()
    };
    row.update(store.write()).await?;
    Ok(())
}

/// Records what happened to an account in the audit log of each of the member's projects: in the member's name, or in that of the
/// caller who did it.
pub async fn record(transaction: &Transaction, clock: &Clock, member: Uuid, action: Action) -> Result<()> {
    for access in access_of(transaction, member).await? {
        let membership = access.membership;
        let entry = Entry { project: membership.project_id, action, resource: membership.id, user: None };
        let by = audit::actor::of_account(ActorId::Membership(membership.id), membership.project_id);
        audit::record_by(transaction, clock, entry, by).await?;
    }
    Ok(())
}

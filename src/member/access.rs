//! Changes of the access to a project. A caller gives only roles whose permissions it holds, and a project always
//! has an owner.

use entity::{
    credential::Strings,
    member,
    member_link::Purpose,
    membership::{self, Model as Membership},
    project,
    role::{self, BuiltIn},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    link::{self, NewLink},
    session, store,
};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::{Caller, Permission, role as permissions_of},
    clock::Clock,
    crypto::RootKey,
    db::{Store, Transaction},
};

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// An invitation to create.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    pub email: String,
    pub role: Uuid,
    pub tag_limits: Option<Vec<String>>,
    pub days: i64,
}

/// Outcome of an invitation: its token, or why there is none.
#[derive(Clone, Debug)]
pub enum InviteOutcome {
    Done(String),
    RoleNotFound,
    RoleExceeds,
    AlreadyMember,
}

/// A change of a membership.
#[derive(Clone, Debug)]
pub enum Change {
    Access {
        role: Option<Uuid>,
        /// `None`: unchanged.
        tag_limits: Option<Option<Vec<String>>>,
    },
    End,
    /// Whether the membership is suspended.
    Suspend(bool),
}

/// Outcome of a change of a membership.
#[derive(Clone, Debug)]
pub enum ChangeOutcome {
    Done(Membership),
    NotFound,
    RoleNotFound,
    RoleExceeds,
    LastOwner,
}

/// Invites a person to the caller's project.
pub async fn invite(
    store: &Store,
    root: &RootKey,
    caller: &Caller,
    clock: &Clock,
    new: NewInvitation,
) -> Result<InviteOutcome> {
    let transaction = store.begin().await?;
    let project = caller.project_id();
    let Some(role) = role_of(&transaction, project, new.role).await? else {
        return Ok(InviteOutcome::RoleNotFound);
    };
    if exceeds(caller, &role, new.tag_limits.as_deref()) {
        return Ok(InviteOutcome::RoleExceeds);
    }
    if let Some(member) = store::find_by_email(&transaction, root, &new.email).await?
        && store::access_of(&transaction, member.id).await?.iter().any(|access| access.project.id == project)
    {
        return Ok(InviteOutcome::AlreadyMember);
    }
    let link = NewLink {
        purpose: Purpose::Invite,
        member: None,
        membership: Some((project, role.id, new.tag_limits)),
        email: Some(new.email),
        is_operator: false,
        created_by: caller.member().map(|access| access.membership.id),
        life: new.days * DAY,
    };
    let token = link::create(&transaction, root, clock, link).await?;
    let entry = Entry { project, action: Action::MemberInvited, resource: role.id, user: None };
    audit::record(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(InviteOutcome::Done(token))
}

/// Changes a membership of the caller's project.
pub async fn change(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
    change: Change,
) -> Result<ChangeOutcome> {
    let transaction = store.begin().await?;
    lock(&transaction, caller).await?;
    let row = store::visible_to(caller).filter(membership::Column::Id.eq(id));
    let row = row.filter(membership::Column::EndedAt.is_null()).one(&transaction).await?;
    let Some(mut row) = row else { return Ok(ChangeOutcome::NotFound) };
    let before = role_of(&transaction, row.project_id, row.role_id).await?;
    // A caller with fewer permissions must not demote one with more.
    if before.as_ref().is_some_and(|role| exceeds(caller, role, tags(&row))) {
        return Ok(ChangeOutcome::RoleExceeds);
    }
    let was_owner = is_owner(before.as_ref(), &row);
    let action = match change {
        Change::End => {
            row.ended_at = Some(clock.now());
            Action::MembershipEnded
        }
        Change::Suspend(is_suspended) => {
            if is_suspended == row.suspended_at.is_some() {
                return Ok(ChangeOutcome::Done(row));
            }
            row.suspended_at = is_suspended.then(|| clock.now());
            if is_suspended { Action::MembershipSuspended } else { Action::MembershipResumed }
        }
        Change::Access { role, tag_limits } => {
            if let Some(tag_limits) = tag_limits {
                row.tag_limits = tag_limits.map(Strings);
            }
            row.role_id = role.unwrap_or(row.role_id);
            Action::MembershipChanged
        }
    };
    let Some(after) = role_of(&transaction, row.project_id, row.role_id).await? else {
        return Ok(ChangeOutcome::RoleNotFound);
    };
    if exceeds(caller, &after, tags(&row)) {
        return Ok(ChangeOutcome::RoleExceeds);
    }
    store::update_membership(&transaction, &row).await?;
    if was_owner && owners(&transaction, row.project_id).await? == 0 {
        return Ok(ChangeOutcome::LastOwner);
    }
    let entry = Entry { project: row.project_id, action, resource: row.id, user: None };
    audit::record(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(ChangeOutcome::Done(row))
}

/// Ends all sessions of a member of the caller's project.
pub async fn sign_out(store: &Store, caller: &Caller, clock: &Clock, id: Uuid) -> Result<ChangeOutcome> {
    let transaction = store.begin().await?;
    let row = store::visible_to(caller).filter(membership::Column::Id.eq(id)).one(&transaction).await?;
    let Some(row) = row else { return Ok(ChangeOutcome::NotFound) };
    session::end(&transaction, clock, row.member_id, session::Which::All).await?;
    transaction.commit().await?;
    Ok(ChangeOutcome::Done(row))
}

/// Outcome of revoking an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevokeOutcome {
    Done,
    NotFound,
    RoleExceeds,
}

/// Revokes an invitation to the caller's project: its link stops working.
pub async fn revoke_invitation(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
) -> Result<RevokeOutcome> {
    let transaction = store.begin().await?;
    let project = caller.project_id();
    let Some(row) = link::invitation(&transaction, project, clock.now(), id).await? else {
        return Ok(RevokeOutcome::NotFound);
    };
    let role = match row.role_id {
        Some(role) => role_of(&transaction, project, role).await?,
        None => None,
    };
    let tags = row.tag_limits.as_ref().map(|tags| tags.0.as_slice());
    if role.is_some_and(|role| exceeds(caller, &role, tags)) {
        return Ok(RevokeOutcome::RoleExceeds);
    }
    link::delete(&transaction, id).await?;
    let entry = Entry { project, action: Action::InvitationRevoked, resource: id, user: None };
    audit::record(&transaction, clock, entry).await?;
    transaction.commit().await?;
    Ok(RevokeOutcome::Done)
}

/// Serializes the changes of a project's members: two owners that demote each other at once would leave none.
pub(super) async fn lock(transaction: &Transaction, caller: &Caller) -> Result<()> {
    lock_project(transaction, caller.project_id()).await
}

/// The same, for a project.
pub(crate) async fn lock_project(transaction: &Transaction, project: Uuid) -> Result<()> {
    let row = project::Entity::find_by_id(project).select_only().column(project::Column::Id);
    row.lock_exclusive().into_tuple::<Uuid>().one(transaction).await?;
    Ok(())
}

pub(super) async fn role_of(
    transaction: &Transaction,
    project: Uuid,
    id: Uuid,
) -> Result<Option<role::Model>> {
    let row = role::Entity::find_by_id(id).filter(role::Column::ProjectId.eq(project));
    Ok(row.one(transaction).await?)
}

/// Returns whether a role with these tag limits gives something that the caller lacks.
pub(super) fn exceeds(caller: &Caller, role: &role::Model, tag_limits: Option<&[String]>) -> bool {
    let given = permissions_of::permissions(role, caller.project.mode);
    let more = given.iter().any(|permission| {
        let goes = tag_limits.is_none() || permission.goes_with_tag_limits();
        // Masked data is part of personal data.
        let held = caller.holds(permission)
            || (permission == Permission::UsersMasked && caller.holds(Permission::UsersPersonal));
        goes && !held
    });
    let wider = caller
        .tag_limits()
        .is_some_and(|limits| tag_limits.is_none_or(|tags| tags.iter().any(|tag| !limits.contains(tag))));
    more || wider
}

fn tags(row: &Membership) -> Option<&[String]> {
    row.tag_limits.as_ref().map(|tags| tags.0.as_slice())
}

fn is_owner(role: Option<&role::Model>, row: &Membership) -> bool {
    row.tag_limits.is_none() && role.is_some_and(|role| role.built_in == Some(BuiltIn::Owner))
}

/// Counts the memberships of owners that can sign in and see every user.
pub(super) async fn owners(transaction: &Transaction, project: Uuid) -> Result<u64> {
    let rows = membership::Entity::find()
        .find_also_related(role::Entity)
        .find_also(membership::Entity, member::Entity)
        .filter(membership::Column::ProjectId.eq(project))
        .filter(membership::Column::EndedAt.is_null())
        .filter(membership::Column::SuspendedAt.is_null())
        .filter(role::Column::BuiltIn.eq(BuiltIn::Owner))
        .filter(member::Column::Status.eq(member::Status::Active))
        .all(transaction)
        .await?;
    Ok(rows.iter().filter(|(row, role, _)| is_owner(role.as_ref(), row)).count() as u64)
}

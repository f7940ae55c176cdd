use async_graphql::{Context, Enum, ID, Object};
use entity::{member, member_link, membership, role};

use super::loader::{LastSeenOf, MemberById, MemberCountOf, RoleById};
use crate::{
    Result,
    auth::{self, Permission},
    graphql::{ConnectionNode, ContextExt, DateTime, int, loader::load},
    member::{link, profile::Profile},
};

/// Whether a membership gives access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MembershipStatus {
    /// The member can sign in.
    Active,
    /// The membership or the member's account is suspended.
    Suspended,
    /// The membership has ended.
    Ended,
}

/// A role that every project has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "role::BuiltIn")]
pub enum BuiltInRole {
    /// Everything in the project. A project always has an owner.
    Owner,
    /// Everything but the settings of the project and exports.
    Admin,
    /// Reads persons and documents, and completes verifications.
    Reviewer,
    /// Reads, with personal data masked.
    Support,
    /// Webhooks and credentials; in Sandbox projects also what admins may, but for members.
    Developer,
    /// Reads the audit log and everything that is not personal.
    Auditor,
}

/// A member's access to the project.
pub struct Membership(pub membership::Model);

impl ConnectionNode for Membership {
    type Row = membership::Model;

    const SYNC_FIELDS: &'static [&'static str] = &["id", "number", "tagLimits", "createdAt"];

    fn of(row: membership::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &membership::Model {
        &self.0
    }
}

/// A member's access to the project: a person with a role.
#[Object]
impl Membership {
    /// Id of the membership.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Number of the membership in the project: the `userId` of the verification-history API. Credentials and
    /// memberships share their numbers.
    pub(crate) async fn number(&self) -> Result<i32> {
        int(self.0.number)
    }

    /// Name of the person. An erased member keeps its number only.
    pub(crate) async fn label(&self, ctx: &Context<'_>) -> Result<String> {
        let profile = self.profile(ctx).await?;
        let former = || format!("Former member {}", self.0.number);
        Ok(profile.map_or_else(former, |profile| profile.name))
    }

    /// E-mail address of the person. Null if the member is erased.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.profile(ctx).await?.map(|profile| profile.email))
    }

    /// Role of the member in the project.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        Ok(load(ctx, RoleById(self.0.role_id)).await?.map(Role))
    }

    /// Tag limits: a user is visible to the member only if the user has one of these tags. Null if every user
    /// of the project is visible.
    async fn tag_limits(&self) -> Option<&[String]> {
        self.0.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// Whether the membership gives access.
    async fn status(&self, ctx: &Context<'_>) -> Result<MembershipStatus> {
        let member = load(ctx, MemberById(self.0.member_id)).await?;
        Ok(match (self.0.ended_at, member.map(|member| member.status)) {
            (Some(_), _) | (None, Some(member::Status::Removed) | None) => MembershipStatus::Ended,
            (None, Some(member::Status::Suspended)) => MembershipStatus::Suspended,
            (None, Some(member::Status::Active)) if self.0.suspended_at.is_some() => {
                MembershipStatus::Suspended
            }
            (None, Some(member::Status::Active)) => MembershipStatus::Active,
        })
    }

    /// Time at which the member was last active on a device. Null if the member never signed in.
    async fn last_seen_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        Ok(load(ctx, LastSeenOf(self.0.member_id)).await?.map(DateTime))
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

impl Membership {
    async fn profile(&self, ctx: &Context<'_>) -> Result<Option<Profile>> {
        let Some(member) = load(ctx, MemberById(self.0.member_id)).await? else { return Ok(None) };
        Profile::open(&ctx.request()?.root, &member)
    }
}

/// A named set of permissions of members.
pub struct Role(pub role::Model);

/// A named set of permissions of members.
#[Object]
impl Role {
    /// Id of the role.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Name of the role, unique in the project.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The built-in role. Null for a role that the project made.
    async fn built_in(&self) -> Option<BuiltInRole> {
        self.0.built_in.map(BuiltInRole::from)
    }

    /// Permissions of the role in this project.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        let mode = ctx.caller()?.project.mode;
        Ok(auth::role::permissions(&self.0, mode).iter().map(Permission::name).collect())
    }

    /// Whether members with this role read personal data masked.
    async fn is_masked(&self) -> bool {
        self.0.is_masked
    }

    /// Number of memberships with this role.
    async fn member_count(&self, ctx: &Context<'_>) -> Result<i32> {
        int(load(ctx, MemberCountOf(self.0.id)).await?.unwrap_or_default())
    }

    /// Number of changes of the role, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// An invitation that was not accepted yet.
pub struct Invitation(pub member_link::Model);

/// An invitation that was not accepted yet.
#[Object]
impl Invitation {
    /// Id of the invitation.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The invited e-mail address.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        link::email(&ctx.request()?.root, &self.0)
    }

    /// Role that accepting it gives.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        let Some(role) = self.0.role_id else { return Ok(None) };
        Ok(load(ctx, RoleById(role)).await?.map(Role))
    }

    /// Tag limits that accepting it gives. Null: none.
    async fn tag_limits(&self) -> Option<&[String]> {
        self.0.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Time from which it cannot be accepted.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }
}

/// A permission, and what it allows.
pub struct PermissionInfo(pub Permission);

/// A permission, and what it allows.
#[Object]
impl PermissionInfo {
    /// Name of the permission, such as `USERS:VIEW`.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// What it allows.
    async fn description(&self) -> &str {
        self.0.description()
    }

    /// Whether credentials and members with tag limits can hold it.
    async fn goes_with_tag_limits(&self) -> bool {
        self.0.goes_with_tag_limits()
    }

    /// Whether a change that it allows requires that a member has signed in within the last 5 minutes.
    async fn needs_fresh_sign_in(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(ctx.request()?.policy().is_for_fresh_sign_ins(self.0))
    }
}

use async_graphql::{Context, Enum, ID, Object};
use entity::{member, role};

use super::loader::MembershipDetails;
use crate::{
    Result,
    auth::{self, Permission},
    graphql::{ContextExt, DateTime, int},
    member::profile::Profile,
};

/// Whether a membership gives access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MembershipStatus {
    /// The member can sign in.
    Active,
    /// The member's account is suspended.
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
pub struct Membership(pub MembershipDetails);

/// A member's access to the project: a person with a role.
#[Object]
impl Membership {
    /// Id of the membership.
    pub(crate) async fn id(&self) -> ID {
        self.0.membership.id.into()
    }

    /// Number of the membership in the project: the `userId` of the verification-history API. Credentials and
    /// memberships share their numbers.
    pub(crate) async fn number(&self) -> Result<i32> {
        int(self.0.membership.number)
    }

    /// Name of the person. An erased member keeps its number only.
    pub(crate) async fn label(&self, ctx: &Context<'_>) -> Result<String> {
        let profile = Profile::open(&ctx.request()?.root, &self.0.member)?;
        let former = || format!("Former member {}", self.0.membership.number);
        Ok(profile.map_or_else(former, |profile| profile.name))
    }

    /// Role of the member in the project.
    async fn role(&self) -> Role<'_> {
        Role(&self.0.role)
    }

    /// Tag limits: a user is visible to the member only if the user has one of these tags. Null if every user
    /// of the project is visible.
    async fn tag_limits(&self) -> Option<&[String]> {
        self.0.membership.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// Whether the membership gives access.
    async fn status(&self) -> MembershipStatus {
        match (self.0.membership.ended_at, self.0.member.status) {
            (Some(_), _) | (None, member::Status::Removed) => MembershipStatus::Ended,
            (None, member::Status::Suspended) => MembershipStatus::Suspended,
            (None, member::Status::Active) => MembershipStatus::Active,
        }
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.membership.created_at)
    }
}

/// A named set of permissions of members.
pub struct Role<'a>(pub &'a role::Model);

/// A named set of permissions of members.
#[Object]
impl Role<'_> {
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
        Ok(auth::role::permissions(self.0, mode).iter().map(Permission::name).collect())
    }

    /// Whether members with this role read personal data masked.
    async fn is_masked(&self) -> bool {
        self.0.is_masked
    }
}

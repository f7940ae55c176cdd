use std::sync::Arc;

use entity::{credential, member_session, membership, project, role};
use uuid::Uuid;

use super::{Permission, Permissions};

/// The authenticated caller of a request. Every select of a tenant's rows takes one.
#[derive(Clone, Debug)]
pub struct Caller {
    pub project: Arc<project::Model>,
    pub principal: Principal,
    /// The principal's permissions, narrowed by the token's scope.
    pub permissions: Permissions,
}

/// What authenticated itself: a program or a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Principal {
    Credential(Arc<credential::Model>),
    Member(Arc<MemberAccess>),
}

/// A member's access to a project from one device.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberAccess {
    pub membership: membership::Model,
    pub role: role::Model,
    pub session: member_session::Model,
    /// Whether the member may create projects, configure identity providers and erase members.
    pub is_operator: bool,
}

/// The actor of a change: the id of a credential or of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorId {
    Credential(Uuid),
    Membership(Uuid),
}

/// Everything of a caller that a statement may depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallerScope {
    project: Uuid,
    actor: ActorId,
    integration: Option<Uuid>,
    permissions: Permissions,
    tag_limits: Option<Vec<String>>,
}

impl ActorId {
    /// Returns the id of the credential, if the actor is one.
    #[must_use]
    pub const fn credential(self) -> Option<Uuid> {
        match self {
            Self::Credential(id) => Some(id),
            Self::Membership(_) => None,
        }
    }

    /// Returns the id of the membership, if the actor is one.
    #[must_use]
    pub const fn membership(self) -> Option<Uuid> {
        match self {
            Self::Credential(_) => None,
            Self::Membership(id) => Some(id),
        }
    }
}

impl Caller {
    /// The project whose rows this caller may see.
    #[must_use]
    pub fn project_id(&self) -> Uuid {
        self.project.id
    }

    /// Returns whether the caller holds a permission.
    #[must_use]
    pub const fn holds(&self, permission: Permission) -> bool {
        self.permissions.holds(permission)
    }

    /// Tags that limit the caller: it sees only users that carry at least one of them. `None`: no limit.
    #[must_use]
    pub fn tag_limits(&self) -> Option<&[String]> {
        let limits = match &self.principal {
            Principal::Credential(credential) => &credential.tag_limits,
            Principal::Member(access) => &access.membership.tag_limits,
        };
        limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// Everything of the caller that a statement may depend on.
    #[must_use]
    pub fn scope(&self) -> CallerScope {
        CallerScope {
            project: self.project_id(),
            actor: self.actor(),
            integration: self.integration_id(),
            permissions: self.permissions,
            tag_limits: self.tag_limits().map(<[String]>::to_vec),
        }
    }

    /// The actor of the caller's changes.
    #[must_use]
    pub fn actor(&self) -> ActorId {
        match &self.principal {
            Principal::Credential(credential) => ActorId::Credential(credential.id),
            Principal::Member(access) => ActorId::Membership(access.membership.id),
        }
    }

    /// The id of the caller's credential or membership.
    #[must_use]
    pub fn actor_id(&self) -> Uuid {
        match self.actor() {
            ActorId::Credential(id) | ActorId::Membership(id) => id,
        }
    }

    /// The integration that the caller belongs to. `None` for members, and for credentials without one.
    #[must_use]
    pub fn integration_id(&self) -> Option<Uuid> {
        match &self.principal {
            Principal::Credential(credential) => credential.integration_id,
            Principal::Member(_) => None,
        }
    }

    /// The member's access, if the caller is a person.
    #[must_use]
    pub fn member(&self) -> Option<&MemberAccess> {
        match &self.principal {
            Principal::Credential(_) => None,
            Principal::Member(access) => Some(access),
        }
    }
}

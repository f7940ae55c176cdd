use std::sync::Arc;

use entity::{credential, project};
use uuid::Uuid;

use super::{Permission, Permissions};

/// The authenticated caller of a request. Every select of a tenant's rows takes one.
#[derive(Clone, Debug)]
pub struct Caller {
    pub project: Arc<project::Model>,
    pub credential: Arc<credential::Model>,
    /// The credential's permissions, narrowed by the token's scope.
    pub permissions: Permissions,
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
        self.credential.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }
}

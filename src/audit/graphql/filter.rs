use async_graphql::InputObject;

use crate::audit::filter::AuditFilter;
use crate::graphql::{DateTimeRange, IdInput};

/// Which entries of the audit to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "AuditEventFiltersInput")]
pub struct AuditEventFilters {
    /// Entries about the user of this id.
    pub user_id: Option<IdInput>,
    /// Entries about the object of this id.
    pub resource_id: Option<IdInput>,
    /// Entries of what the credential of this id did.
    pub credential_id: Option<IdInput>,
    /// Entries of these actions.
    pub actions: Option<Vec<String>>,
    /// Entries of this stretch of time.
    pub created_at: Option<DateTimeRange>,
}

impl From<AuditEventFilters> for AuditFilter {
    fn from(filters: AuditEventFilters) -> Self {
        Self {
            user_id: filters.user_id.map(|id| id.uuid()),
            resource_id: filters.resource_id.map(|id| id.uuid()),
            credential_id: filters.credential_id.map(|id| id.uuid()),
            actions: filters.actions,
            created_at: filters.created_at.map(Into::into),
        }
    }
}

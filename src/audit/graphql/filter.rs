use async_graphql::{ID, InputObject};

use crate::graphql::DateTimeRange;

/// Which entries of the audit to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "AuditEventFiltersInput")]
pub struct AuditEventFilters {
    /// Entries about the user of this id.
    pub user_id: Option<ID>,
    /// Entries about the object of this id.
    pub resource_id: Option<ID>,
    /// Entries of what the credential of this id did.
    pub credential_id: Option<ID>,
    /// Entries of these actions.
    pub actions: Option<Vec<String>>,
    /// Entries of this stretch of time.
    pub created_at: Option<DateTimeRange>,
}

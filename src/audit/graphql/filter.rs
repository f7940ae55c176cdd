use async_graphql::InputObject;

use crate::{
    audit::filter::AuditFilter,
    graphql::{DateTimeRange, IdInput},
};

/// Filters of the audit log. A filter that is omitted matches every event; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "AuditEventFiltersInput")]
pub struct AuditEventFilters {
    /// Events about the user with this id.
    pub user_id: Option<IdInput>,
    /// Events about the object with this id.
    pub resource_id: Option<IdInput>,
    /// Events of actions that the credential with this id requested.
    pub credential_id: Option<IdInput>,
    /// Events of actions that one of these credentials or members requested: ids of `actor`.
    pub actor_ids: Option<Vec<IdInput>>,
    /// Events with one of these actions.
    pub actions: Option<Vec<String>>,
    /// Events in this time range.
    pub created_at: Option<DateTimeRange>,
}

impl From<AuditEventFilters> for AuditFilter {
    fn from(filters: AuditEventFilters) -> Self {
        Self {
            user_id: filters.user_id.map(|id| id.uuid()),
            resource_id: filters.resource_id.map(|id| id.uuid()),
            credential_id: filters.credential_id.map(|id| id.uuid()),
            actor_ids: filters.actor_ids.map(|ids| ids.iter().map(IdInput::uuid).collect()),
            actions: filters.actions,
            created_at: filters.created_at.map(Into::into),
        }
    }
}

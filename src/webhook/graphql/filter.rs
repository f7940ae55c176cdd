use async_graphql::{ID, InputObject};

use super::WebhookEventLogStatus;
use crate::{
    graphql::{DateTimeRange, IdInput, into_stored},
    webhook::filter::DeliveryFilter,
};

/// Filters of the delivery log. A filter that is omitted matches every entry; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "WebhookEventLogFiltersInput")]
pub struct WebhookEventLogFilters {
    /// Entries of the subscription with this id.
    pub subscription_id: Option<IdInput>,
    /// Entries of the event with this id.
    pub event_id: Option<IdInput>,
    /// Entries of events of the object with this id.
    pub resource_id: Option<IdInput>,
    /// Entries that were created in this time range.
    pub created_at: Option<DateTimeRange>,
    /// Entries with one of these statuses.
    pub statuses: Option<Vec<WebhookEventLogStatus>>,
    /// Entries of events with one of these types.
    pub event_types: Option<Vec<ID>>,
}

impl From<WebhookEventLogFilters> for DeliveryFilter {
    fn from(filters: WebhookEventLogFilters) -> Self {
        Self {
            subscription_id: filters.subscription_id.map(|id| id.uuid()),
            event_id: filters.event_id.map(|id| id.uuid()),
            resource_id: filters.resource_id.map(|id| id.uuid()),
            created_at: filters.created_at.map(Into::into),
            statuses: filters.statuses.map(into_stored),
            event_types: filters.event_types.map(|names| names.into_iter().map(|name| name.0).collect()),
        }
    }
}

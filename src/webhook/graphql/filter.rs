use async_graphql::{ID, InputObject};

use super::WebhookEventLogStatus;

/// Filters of the delivery log. A filter that is omitted matches every entry; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "WebhookEventLogFiltersInput")]
pub struct WebhookEventLogFilters {
    /// Entries of the subscription with this id.
    pub subscription_id: Option<ID>,
    /// Entries of the event with this id.
    pub event_id: Option<ID>,
    /// Entries of events of the object with this id.
    pub resource_id: Option<ID>,
    /// Entries with one of these statuses.
    pub statuses: Option<Vec<WebhookEventLogStatus>>,
    /// Entries of events with one of these types.
    pub event_types: Option<Vec<ID>>,
}

use async_graphql::{ID, InputObject};

use super::WebhookEventLogStatus;

/// Which entries of the log to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "WebhookEventLogFiltersInput")]
pub struct WebhookEventLogFilters {
    /// Entries of the subscription of this id.
    pub subscription_id: Option<ID>,
    /// Entries of the event of this id.
    pub event_id: Option<ID>,
    /// Entries of events of the object of this id.
    pub resource_id: Option<ID>,
    /// Entries that have come so far.
    pub statuses: Option<Vec<WebhookEventLogStatus>>,
    /// Entries of events of these names.
    pub event_types: Option<Vec<ID>>,
}

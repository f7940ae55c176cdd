//! The GraphQL API of webhooks.

pub mod delivery;
pub mod event_log;
pub mod filter;
pub mod health;
pub mod input;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;
pub mod replay;

pub use delivery::WebhookDeliveryMutation;
pub use event_log::{DeliveryAttempt, WebhookEventLog, WebhookEventLogStatus};
pub use filter::WebhookEventLogFilters;
pub use health::WebhookHealthQuery;
pub use loader::{WebhookEventLogById, WebhookSubscriptionById};
pub use mutation::WebhookSubscriptionMutation;
pub use object::{WebhookBodyKind, WebhookSubscription, WebhookSubscriptionStatus};
pub use query::WebhookQuery;
pub use replay::WebhookReplayMutation;

use entity::webhook_delivery::Status;
use uuid::Uuid;

use crate::db::TimeRange;

/// Filters of a list of deliveries. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DeliveryFilter {
    pub subscription_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub resource_id: Option<Uuid>,
    pub created_at: Option<TimeRange>,
    pub statuses: Option<Vec<Status>>,
    pub event_types: Option<Vec<String>>,
}

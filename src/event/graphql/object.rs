use async_graphql::{ID, Object};
use entity::event;

use crate::graphql::{ConnectionNode, DateTime};

/// An event about an object.
pub struct Event(pub event::Model);

impl ConnectionNode for Event {
    type Row = event::Model;

    const SYNC_FIELDS: &'static [&'static str] =
        &["eventId", "eventType", "eventDate", "projectId", "resourceId", "userId"];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] =
        &[("detail", &[]), ("version", &[])];

    fn of(row: event::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &event::Model {
        &self.0
    }
}

/// An event: its type, its time and the id of its object. Query the object for details.
#[Object]
impl Event {
    /// Id of the event. Webhooks have the same id.
    async fn event_id(&self) -> ID {
        self.0.id.into()
    }

    /// Name of the event type, one of `webhookEventTypes`.
    async fn event_type(&self) -> &str {
        &self.0.kind
    }

    /// Time of the event.
    async fn event_date(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Id of the project.
    async fn project_id(&self) -> ID {
        self.0.project_id.into()
    }

    /// Id of the object that the event is about.
    async fn resource_id(&self) -> ID {
        self.0.resource_id.into()
    }

    /// Id of the user that the event is about. Null if it is about no user.
    async fn user_id(&self) -> Option<ID> {
        self.0.user_id.map(ID::from)
    }
}

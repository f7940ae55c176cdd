use async_graphql::{ID, Object};
use entity::event;

use crate::graphql::DateTime;

/// Something that happened to an object.
pub struct Event(pub event::Model);

/// Something that happened to an object. It says what, when and to which; whoever wants to know more asks for the object.
#[Object]
impl Event {
    /// The id of the event: the same that webhooks are sent with.
    async fn event_id(&self) -> ID {
        self.0.id.into()
    }

    /// The name of the event, one of `webhookEventTypes`.
    async fn event_type(&self) -> &str {
        &self.0.kind
    }

    /// When it happened.
    async fn event_date(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Id of the project that it happened in.
    async fn project_id(&self) -> ID {
        self.0.project_id.into()
    }

    /// Id of the object that it happened to.
    async fn resource_id(&self) -> ID {
        self.0.resource_id.into()
    }

    /// The id of the user that it is about; `null` if it is about nobody.
    async fn user_id(&self) -> Option<ID> {
        self.0.user_id.map(ID::from)
    }
}

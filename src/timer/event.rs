use entity::Timestamp;
use uuid::Uuid;

/// Something that happened by itself while a clock was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerEvent {
    pub at: Timestamp,
    pub what: TimerEventKind,
    /// The object that it happened to.
    pub resource: Uuid,
}

/// What can happen by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimerEventKind {
    /// Levels of an identification expired.
    IdentificationExpired,
    /// Webhooks were sent to an endpoint.
    WebhooksSent,
    /// Data was kept for as long as the project keeps it; the object is the project.
    DataErased,
}

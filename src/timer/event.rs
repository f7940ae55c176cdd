use entity::Timestamp;
use uuid::Uuid;

/// An event that the timer applied while a clock was advanced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerEvent {
    pub at: Timestamp,
    pub what: TimerEventKind,
    /// The object that changed.
    pub resource: Uuid,
}

/// The types of timer events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimerEventKind {
    /// Levels of an identification expired.
    IdentificationExpired,
    /// Webhooks were sent to an endpoint.
    WebhooksSent,
    /// Data was erased at the end of the project's retention period; the object is the project.
    DataErased,
}

//! What happens by itself as time passes: identifications run out of time, levels lapse. By the machine's clock in Live
//! projects; in Sandbox projects also when somebody moves theirs.

pub mod advance;
mod event;
mod worker;

pub use event::{TimerEvent, TimerEventKind};
pub use worker::Timer;

//! Time-driven transitions: identifications time out and levels expire. Live projects use the machine's
//! clock; in sandbox projects, a client can also advance the clock.

pub mod advance;
mod event;
mod worker;

pub use event::{TimerEvent, TimerEventKind};
pub use worker::Timer;

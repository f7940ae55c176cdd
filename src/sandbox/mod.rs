//! Sandbox projects: what a developer can force there and nowhere else.

mod clock;

pub use clock::{SandboxClockMutation, SandboxClockQuery};

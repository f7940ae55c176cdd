//! What happens by itself as time passes: identifications run out of time, levels lapse. By the machine's clock in Live
//! projects; in Sandbox projects also when somebody moves theirs.

pub mod advance;
mod happening;
mod worker;

pub use happening::{Happening, What};
pub use worker::Timer;

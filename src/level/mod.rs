//! Levels over time: how long they are valid, who had which when, who loses which when.

mod history;
mod mutation;
mod object;
mod query;
pub mod rules;
pub mod store;
pub mod validity;

pub use history::{LevelLapseById, LevelLapses, LevelsAt};
pub use mutation::LevelMutation;
pub use object::{LevelLapse, LevelValidity};
pub use query::LevelQuery;

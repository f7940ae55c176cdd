//! The GraphQL API of levels over time.

pub mod change;
pub mod history;
pub mod mutation;
pub mod object;
pub mod query;

pub use change::{LevelChange, LevelChangesOf};
pub use history::{LevelLapseById, LevelLapses, LevelsAt};
pub use mutation::LevelMutation;
pub use object::{LevelLapse, LevelValidity};
pub use query::LevelQuery;

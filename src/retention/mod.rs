//! Retention: how long a project keeps which class of personal data. What is over is blanked or thrown away by the timer;
//! that it was there, and what was decided on it, stays.

mod mutation;
mod object;
mod query;
pub mod store;

pub use mutation::RetentionMutation;
pub use object::{DataClass, RetentionPolicy};
pub use query::RetentionQuery;

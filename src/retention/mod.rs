//! Retention: how long a project keeps which class of personal data. What is over is blanked or thrown away by the timer;
//! that it was there, and what was decided on it, stays.

pub mod graphql;
pub mod store;

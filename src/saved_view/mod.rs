//! Saved views: the filters and the order of a list of the dashboard, under a name. A member has its own, and those that
//! every member of the project has (decision 80).

pub mod graphql;
pub mod policy;
pub mod rules;
pub mod store;

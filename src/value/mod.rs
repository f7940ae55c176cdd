//! Validation of single personal values: pure functions, shared by all APIs.
//!
//! GraphQL scalars, REST bodies, import files and scenario files parse with these, and
//! [`crate::user::ValidPersonal`] uses them to validate what is stored in the database.

pub mod country;
pub mod date;
pub mod email;
pub mod phone;
pub mod text;

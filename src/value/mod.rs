//! Rules for single values that say something about a person: pure, and the same behind every surface.
//!
//! GraphQL scalars, REST bodies, import files and scenario files parse with these, and [`crate::user::ValidPersonal`]
//! checks with them what reaches the database.

pub mod country;
pub mod date;
pub mod email;
pub mod phone;
pub mod text;

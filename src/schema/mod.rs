//! The GraphQL schema: where the parts that the concepts bring are put together.

pub mod edge;
pub mod node;
pub mod roots;

pub use roots::{Graph, sdl};

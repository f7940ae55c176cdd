//! The GraphQL schema, assembled from the parts of the concepts.

pub mod edge;
pub mod erasure;
pub mod node;
pub mod policy;
mod rejection;
pub mod roots;

pub use policy::POLICY;
pub use roots::{Graph, sdl};

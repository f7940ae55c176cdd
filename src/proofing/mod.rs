//! Proofing requests: automated checks of a person. A request starts with a device check, receives images of
//! a document, and completes with the result of the document check and the face comparison.

pub mod checks;
pub mod erase;
pub mod filter;
pub mod graphql;
pub mod outcome;
pub mod policy;
pub mod rest;
pub mod rules;
pub mod store;

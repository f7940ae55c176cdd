//! Proofing requests: automated checks of a person. A request begins with a check of the device, takes images of a
//! document, and ends with what the document and the face turned out to be.

pub mod checks;
mod days;
pub mod filter;
pub mod graphql;
pub mod outcome;
pub mod rest;
pub mod rules;
pub mod store;

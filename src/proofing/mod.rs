//! Proofing requests: automated checks of a person. A request begins with a check of the device, takes images of a
//! document, and ends with what the document and the face turned out to be.

pub mod checks;
mod days;
mod filter;
mod list;
mod loader;
mod mutation;
mod object;
pub mod outcome;
mod query;
pub mod rest;
pub mod rules;
pub mod store;

pub use filter::{
    DeviceCheckResult, DocumentAuthenticationResult, ProofingFilters, ProofingOrderBy, ProofingRequestState,
};
pub use list::ProofingRequests;
pub use loader::ProofingRequestById;
pub use mutation::{ProofingImageSide, ProofingMutation};
pub use object::ProofingRequest;
pub use query::ProofingQuery;

//! The GraphQL API of proofing requests.

pub mod counts;
pub mod filter;
pub mod image;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rejection;

pub use counts::{ProofingCount, ProofingCountBy};
pub use filter::{
    DeviceCheckResult, DocumentAuthenticationResult, ProofingFilters, ProofingOrderBy, ProofingRequestState,
};
pub use image::ProofingImage;
pub use list::ProofingRequests;
pub use loader::ProofingRequestById;
pub use mutation::{ProofingImageSide, ProofingMutation};
pub use object::ProofingRequest;
pub use query::ProofingQuery;

//! The GraphQL API of identifications.

pub mod bulk;
pub mod counts;
pub mod external;
pub mod filter;
pub mod level;
mod level_writer;
pub mod lifecycle;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod object;
pub mod query;
pub mod reason;
pub mod rejection;

pub use bulk::BulkMutation;
pub use counts::IdentificationCountQuery;
pub use external::ExternalMutation;
pub use filter::{
    IdentificationFilters, IdentificationLevel, IdentificationProcess, IdentificationStatus,
    IdentificationsOrderBy,
};
pub use level::{IdentificationLevels, LevelStatus, LevelStatuses};
pub use lifecycle::LifecycleMutation;
pub use list::Identifications;
pub use loader::{IdentificationById, LevelsOf, ProviderOf};
pub use mutation::{IdentificationLevelStatusesInput, IdentificationMutation};
pub use object::{DocumentType, Identification};
pub use query::IdentificationQuery;
pub use reason::Reason;

//! Identifications: one run of a process for a user, with a status of its own and one for each of the three levels.

mod bulk;
mod external;
mod filter;
mod level;
pub mod life;
mod lifecycle;
mod list;
mod loader;
mod mutation;
mod object;
mod query;
mod reason;
pub mod rules;
pub mod store;

pub use bulk::BulkMutation;
pub use external::ExternalMutation;
pub use filter::{
    IdentificationFilters, IdentificationLevel, IdentificationProcess, IdentificationStatus,
    IdentificationsOrderBy,
};
pub use level::{IdentificationLevels, LevelStatus, LevelStatuses};
pub use lifecycle::LifecycleMutation;
pub use list::Identifications;
pub use loader::{IdentificationById, LevelsOf};
pub use mutation::{IdentificationLevelStatusesInput, IdentificationMutation};
pub use object::{DocumentType, Identification};
pub use query::IdentificationQuery;
pub use reason::Reason;

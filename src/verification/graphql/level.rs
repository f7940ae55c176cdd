use std::sync::Arc;

use async_graphql::{ID, Object};
use entity::verification_level;

use crate::{
    Result,
    graphql::{DateTime, int},
};

/// A verification level of the project's ladder.
pub struct VerificationLevel(Arc<verification_level::Model>);

impl From<Arc<verification_level::Model>> for VerificationLevel {
    fn from(row: Arc<verification_level::Model>) -> Self {
        Self(row)
    }
}

impl From<verification_level::Model> for VerificationLevel {
    fn from(row: verification_level::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A verification level of the project's ladder.
#[Object]
impl VerificationLevel {
    /// Id of the level.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Number of the level in the project: the `id` of the verification-history API.
    async fn number(&self) -> Result<i32> {
        int(self.0.number)
    }

    /// Name of the level, unique in the project.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Index of the level on the ladder. Index 0 is the level of a new user.
    async fn index(&self) -> i32 {
        self.0.index
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

use async_graphql::{ID, Object};
use entity::verification_level;

use crate::graphql::DateTime;

/// A rung of the project's ladder.
pub struct VerificationLevel(pub verification_level::Model);

/// A rung of the project's ladder of verification levels.
#[Object]
impl VerificationLevel {
    /// The id of the level.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Its number in the project: the `id` of the verification-history API.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Its name, unique in the project.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its place on the ladder; 0 is where a new user stands.
    async fn index(&self) -> i32 {
        self.0.index
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

use async_graphql::{ComplexObject, Context, SimpleObject};
use entity::grant_policy;

use crate::{
    Error, Result,
    graphql::loader::load,
    identification::graphql::IdentificationLevel,
    verification::graphql::{LevelById, VerificationLevel},
};

/// Whoever comes to hold a level of an identification is granted a verification level.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct GrantPolicy {
    /// The level of an identification that has to become `Valid`.
    identification_level: IdentificationLevel,
    #[graphql(skip)]
    row: grant_policy::Model,
}

impl From<grant_policy::Model> for GrantPolicy {
    fn from(row: grant_policy::Model) -> Self {
        Self { identification_level: row.identification_level.into(), row }
    }
}

#[ComplexObject]
impl GrantPolicy {
    /// The verification level that is granted then.
    async fn verification_level(&self, ctx: &Context<'_>) -> Result<Option<VerificationLevel>> {
        let level = load(ctx, LevelById(self.row.verification_level_id)).await?;
        // The row points at it, and levels are never taken away.
        level.map(VerificationLevel).map(Some).ok_or(Error::Fault("the level of a grant policy is gone"))
    }
}

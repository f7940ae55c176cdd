use async_graphql::{ComplexObject, Context, SimpleObject};
use entity::grant_policy;

use crate::{
    Error, Result,
    graphql::ContextExt,
    identification::graphql::IdentificationLevel,
    verification::graphql::{VerificationLevel, level_by_id},
};

/// A rule that grants a verification level to users who obtain a level of an identification.
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
    /// The verification level that is granted.
    async fn verification_level(&self, ctx: &Context<'_>) -> Result<Option<VerificationLevel>> {
        let level = level_by_id(ctx.request()?, self.row.verification_level_id).await?;
        // The row references the level, and levels are never deleted.
        level
            .map(VerificationLevel::from)
            .map(Some)
            .ok_or(Error::Fault("the level of a grant policy no longer exists"))
    }
}

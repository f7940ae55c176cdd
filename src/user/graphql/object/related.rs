//! What fields of `User` load from other concepts. In a file that no other imports, because these import the user.

use async_graphql::Context;

use super::User;
use crate::{
    Result,
    graphql::{DateTime, loader::load},
    identification::graphql::{IdentificationLevels, LevelsOf},
    level::graphql::LevelsAt,
    user::{
        graphql::{MaskedPerson, TagsOf},
        masked::Masked,
    },
    verification::graphql::{CurrentLevelOf, VerificationLevel},
};

impl User {
    /// Returns the levels that the user holds, now or at a time.
    pub(super) async fn levels(
        &self,
        ctx: &Context<'_>,
        at: Option<DateTime>,
    ) -> Result<IdentificationLevels> {
        let levels = match at {
            None => load(ctx, LevelsOf(self.row.id)).await?,
            Some(at) => load(ctx, LevelsAt(self.row.id, at.0)).await?,
        };
        Ok(levels.unwrap_or_default().into())
    }

    /// Returns the verification level of the last grant.
    pub(super) async fn current_level(&self, ctx: &Context<'_>) -> Result<Option<VerificationLevel>> {
        Ok(load(ctx, CurrentLevelOf(self.row.id)).await?.map(VerificationLevel::from))
    }

    /// Returns the user's tags, sorted.
    pub(super) async fn tag_names(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(load(ctx, TagsOf(self.row.id)).await?.unwrap_or_default())
    }

    /// Returns the user's personal data with most letters and digits masked.
    pub(super) async fn masked_person(&self, ctx: &Context<'_>) -> Result<MaskedPerson> {
        Ok(MaskedPerson::from(Masked::from(self.personal(ctx).await?)))
    }
}

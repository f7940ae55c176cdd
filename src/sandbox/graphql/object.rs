use async_graphql::{Context, ID, Object, SimpleObject};
use entity::user;

use super::loader::ConsentOf;
use crate::{
    Result,
    graphql::{Cca3, ConnectionNode, ContextExt, Date, loader::load},
    identification::graphql::{Identification, IdentificationLevels, LevelsOf},
    user::{Personal, graphql::User},
};

/// A sandbox user: a fictitious person of a Sandbox project.
pub struct SandboxUser(pub user::Model);

impl ConnectionNode for SandboxUser {
    type Row = user::Model;

    const SYNC_FIELDS: &'static [&'static str] = &["id"];

    fn of(row: user::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &user::Model {
        &self.0
    }
}

impl SandboxUser {
    async fn personal(&self, ctx: &Context<'_>) -> Result<Personal> {
        Personal::of(&ctx.request()?.vault, &self.0).await
    }
}

/// A sandbox user: a fictitious person of a Sandbox project.
#[Object]
impl SandboxUser {
    /// Id of the user. The `node` query returns the `User` for it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Given name in everyday use.
    async fn first_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.personal(ctx).await?.first_name)
    }

    /// Family name, as in the document.
    async fn last_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.personal(ctx).await?.last_name)
    }

    /// All given names, as in the document.
    async fn all_first_names(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        let names = self.personal(ctx).await?.all_first_names;
        Ok(names.map(|names| names.split_whitespace().map(str::to_owned).collect()))
    }

    /// The day of birth.
    async fn birth_date(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.personal(ctx).await?.birth_date.map(Date))
    }

    /// The country of birth.
    #[graphql(name = "birthCountryCCA3")]
    async fn birth_country(&self, ctx: &Context<'_>) -> Result<Option<Cca3>> {
        Ok(self.personal(ctx).await?.birth_country.map(Cca3))
    }

    /// The nationality.
    #[graphql(name = "nationalityCCA3")]
    async fn nationality(&self, ctx: &Context<'_>) -> Result<Option<Cca3>> {
        Ok(self.personal(ctx).await?.nationality.map(Cca3))
    }

    /// Whether the user consents to every request.
    async fn auto_consent(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(load(ctx, ConsentOf(self.0.id)).await?.is_some())
    }

    /// The levels that the user holds now.
    async fn identification_levels(&self, ctx: &Context<'_>) -> Result<Option<IdentificationLevels>> {
        Ok(Some(load(ctx, LevelsOf(self.0.id)).await?.unwrap_or_default().into()))
    }

    /// The same user as a `User`.
    async fn user(&self) -> Option<User> {
        Some(User::from(self.0.clone()))
    }
}

/// An identification whose outcome was forced.
#[derive(SimpleObject)]
pub struct SandboxIdentification {
    /// Id of the identification.
    pub id: ID,
    /// The same identification as an `Identification`.
    pub identification: Option<Identification>,
}

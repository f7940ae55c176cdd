use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{level_change, validity_policy};

use crate::{
    Result,
    graphql::{ConnectionNode, DateTime, loader::load},
    identification::graphql::{Identification, IdentificationById, IdentificationLevel},
    user::graphql::{User, UserById},
};

/// How long a level is valid for whoever comes to hold it.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct LevelValidity {
    /// The level.
    level: IdentificationLevel,
    /// Days from when it becomes `Valid`; `null`: no such end.
    days: Option<i32>,
    /// Whether it ends with the last day of the identity document that was shown, if that is earlier.
    until_document_expires: bool,
}

impl From<validity_policy::Model> for LevelValidity {
    fn from(row: validity_policy::Model) -> Self {
        let validity_policy::Model { level, days, until_document_expires, .. } = row;
        Self { level: level.into(), days, until_document_expires }
    }
}

/// A level that a user will lose when its validity ends.
pub struct LevelLapse(pub level_change::Model);

impl ConnectionNode for LevelLapse {
    type Row = level_change::Model;

    const SYNC_FIELDS: &'static [&'static str] = &["id", "level", "at"];

    fn of(row: level_change::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &level_change::Model {
        &self.0
    }
}

/// A level that a user will lose when its validity ends.
#[Object]
impl LevelLapse {
    /// The id of the loss; unknown once the level is lost or renewed.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The level.
    async fn level(&self) -> IdentificationLevel {
        self.0.level.into()
    }

    /// When it is lost, unless something renews it.
    async fn at(&self) -> Option<DateTime> {
        self.0.valid_until.map(DateTime)
    }

    /// Who loses it.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }

    /// The identification that awarded it.
    async fn identification(&self, ctx: &Context<'_>) -> Result<Option<Identification>> {
        Ok(load(ctx, IdentificationById(self.0.identification_id)).await?.map(Identification))
    }
}

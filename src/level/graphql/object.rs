use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{level_change, validity_policy};

use crate::{
    Result,
    graphql::{ConnectionNode, DateTime, loader::load},
    identification::graphql::{Identification, IdentificationById, IdentificationLevel},
    user::graphql::{User, UserById},
};

/// How long a level is valid from the time at which it is awarded.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct LevelValidity {
    /// The level.
    level: IdentificationLevel,
    /// Days of validity from the time at which the level becomes `Valid`. Null if the number of days is not
    /// limited.
    days: Option<i32>,
    /// Whether the validity also ends with the last day of validity of the identity document, if that is
    /// earlier.
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
    /// Id of the loss. It becomes unknown once the level is lost or renewed.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The level.
    async fn level(&self) -> IdentificationLevel {
        self.0.level.into()
    }

    /// Time of the loss, unless the level is renewed before.
    async fn at(&self) -> Option<DateTime> {
        self.0.valid_until.map(DateTime)
    }

    /// The user who loses the level.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }

    /// The identification that awarded the level.
    async fn identification(&self, ctx: &Context<'_>) -> Result<Option<Identification>> {
        Ok(load(ctx, IdentificationById(self.0.identification_id)).await?.map(Identification))
    }
}

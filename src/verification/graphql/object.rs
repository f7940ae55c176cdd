use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::verification;

use super::{CredentialById, LevelById, VerificationLevel};
use crate::{
    Error, Result,
    auth::ActorId,
    graphql::{ConnectionNode, DateTime, FieldWriter, int, loader::load},
    member::graphql::{Actor, actor::actor},
    project::graphql::Credential,
    user::graphql::{User, UserById},
};

/// A grant of a verification level to a user.
pub struct Verification(pub verification::Model);

impl ConnectionNode for Verification {
    type Row = verification::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[
        ("id", FieldWriter::Value(|it, json| json.id(it.0.id))),
        ("number", FieldWriter::Value(|it, json| json.number(it.0.number))),
        ("reason", FieldWriter::Value(|it, json| json.text(&it.0.reason))),
        ("createdAt", FieldWriter::Value(|it, json| json.time(it.0.created_at))),
    ];

    fn of(row: verification::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &verification::Model {
        &self.0
    }
}

/// A grant of a verification level to a user. Never changed and never deleted.
#[Object]
impl Verification {
    /// Id of the grant.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Number of the grant in the project: the `id` of the verification-history API.
    async fn number(&self) -> Result<i32> {
        int(self.0.number)
    }

    /// The user to whom the level was granted.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }

    /// The level that was granted.
    async fn current_level(&self, ctx: &Context<'_>) -> Result<VerificationLevel> {
        let level = load(ctx, LevelById(self.0.current_level_id)).await?;
        level.map(VerificationLevel).ok_or(Error::Fault("the level of a grant is missing"))
    }

    /// The user's previous level. Null only for the user's first grant.
    async fn previous_level(&self, ctx: &Context<'_>) -> Result<Option<VerificationLevel>> {
        let Some(id) = self.0.previous_level_id else { return Ok(None) };
        Ok(load(ctx, LevelById(id)).await?.map(VerificationLevel))
    }

    /// Reason of the grant.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who granted the level. Null if the system granted it.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Actor>> {
        let credential = self.0.granted_by.map(ActorId::Credential);
        let membership = self.0.granted_by_membership.map(ActorId::Membership);
        actor(ctx, credential.or(membership)).await
    }

    /// The credential that granted the level. Null if a member or the system granted it.
    async fn granted_by(&self, ctx: &Context<'_>) -> Result<Option<Credential>> {
        let Some(id) = self.0.granted_by else { return Ok(None) };
        Ok(load(ctx, CredentialById(id)).await?.map(|row| Credential(Arc::new(row))))
    }

    /// Time of the grant.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

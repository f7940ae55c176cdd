use async_graphql::{Context, ID, Object};
use entity::verification_session as table;

use super::{VerificationSessionStatus, VerificationStep};
use crate::session::store;
use crate::{
    Error, Result,
    document::graphql::{DocumentOwner, DocumentsOf, IdentificationDocument},
    graphql::{ConnectionNode, ContextExt, DateTime, loader::load},
    user::graphql::{User, UserById},
};

/// One session in which a user's documents are captured.
pub struct VerificationSession(pub table::Model);

impl ConnectionNode for VerificationSession {
    type Row = table::Model;

    const SYNC_FIELDS: &'static [&'static str] =
        &["id", "status", "flowId", "steps", "createdAt", "version", "updatedAt"];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] =
        &[("source_id", &[]), ("metadata", &["metadata"]), ("completed_at", &[])];

    fn of(row: table::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &table::Model {
        &self.0
    }
}

/// One session in which a user's documents are captured.
#[Object]
impl VerificationSession {
    /// Id of the session.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Your own id of the user.
    async fn ref_id(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.and_then(|user| user.ref_id))
    }

    /// Where it stands.
    async fn status(&self) -> VerificationSessionStatus {
        self.0.status.into()
    }

    /// What you call the way that the user is led through: `default` for a session that was opened without a flow.
    async fn flow_id(&self) -> &str {
        &self.0.flow_id
    }

    /// What is to be captured.
    async fn steps(&self) -> Vec<VerificationStep> {
        self.0.steps.0.iter().map(|step| (*step).into()).collect()
    }

    /// What was captured, the oldest first, at most 100. A step that was taken again has given several.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Option<Vec<IdentificationDocument>>> {
        let rows = load(ctx, DocumentsOf(DocumentOwner::Session, self.0.id)).await?.unwrap_or_default();
        IdentificationDocument::all(ctx, rows).await.map(Some)
    }

    /// Addresses that the user was seen at.
    async fn metadata(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        let user = load(ctx, UserById(self.0.user_id)).await?;
        let user = user.ok_or(Error::Fault("the user of a session is gone"))?;
        store::addresses(&ctx.request()?.vault, &user, &self.0).await.map(Some)
    }

    /// When it began.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// How often it changed, from 1. Events of it repeat it: what has a lower number is older news.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// The user whose documents are captured.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }
}

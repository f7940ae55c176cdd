use async_graphql::{Context, ID, Object};
use entity::verification_session as table;

use super::{VerificationSessionStatus, VerificationStep};
use crate::{
    Error, Result,
    document::graphql::{DocumentOwner, DocumentsOf, IdentificationDocument},
    graphql::{ConnectionNode, ContextExt, DateTime, loader::load},
    session::store,
    user::graphql::{User, UserById},
};

/// A session that captures documents of a user.
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

/// A session that captures documents of a user.
#[Object]
impl VerificationSession {
    /// Id of the session.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The client's own id of the user.
    async fn ref_id(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.and_then(|user| user.ref_id))
    }

    /// Status of the session.
    async fn status(&self) -> VerificationSessionStatus {
        self.0.status.into()
    }

    /// The client's name of the flow. `default` for a session that was created without one.
    async fn flow_id(&self) -> &str {
        &self.0.flow_id
    }

    /// Steps to capture.
    async fn steps(&self) -> Vec<VerificationStep> {
        self.0.steps.0.iter().map(|step| (*step).into()).collect()
    }

    /// Documents that were captured, oldest first, at most 100. A step that was repeated has several
    /// documents.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Option<Vec<IdentificationDocument>>> {
        let rows = load(ctx, DocumentsOf(DocumentOwner::Session, self.0.id)).await?.unwrap_or_default();
        IdentificationDocument::all(ctx, rows).await.map(Some)
    }

    /// Addresses at which the user was seen.
    async fn metadata(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        let user = load(ctx, UserById(self.0.user_id)).await?;
        let user = user.ok_or(Error::Fault("the user of a session no longer exists"))?;
        store::addresses(&ctx.request()?.vault, &user, &self.0).await.map(Some)
    }

    /// Time of the start.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Number of changes of the session, from 1. Events of the session repeat it: an event with a lower
    /// number is older.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Time of the last update.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// The user whose documents are captured.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }
}

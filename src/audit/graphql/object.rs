use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::audit_event::Model;

use crate::{
    Result,
    graphql::{ConnectionNode, DateTime, loader::load},
    project::graphql::Credential,
    verification::graphql::CredentialById,
};

/// An entry of the audit: something that was changed, and who asked for it.
pub struct AuditEvent(pub Model);

impl ConnectionNode for AuditEvent {
    type Row = Model;

    const SYNC_FIELDS: &'static [&'static str] =
        &["id", "action", "resourceId", "userId", "credentialId", "requestId", "createdAt"];

    fn of(row: Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &Model {
        &self.0
    }
}

/// An entry of the audit: something that was changed, and who asked for it. Never changed and never deleted, not even when
/// the person is erased whom it is about.
#[Object]
impl AuditEvent {
    /// The id of the entry.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What was done: the name of an event, such as `User.Updated`, or what is no event, such as `Credential.Revoked`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The id of the object that it was done to; of the project, for what belongs to it as a whole.
    async fn resource_id(&self) -> ID {
        self.0.resource_id.into()
    }

    /// The id of the user whom it is about; `null`: it is about nobody.
    async fn user_id(&self) -> Option<ID> {
        self.0.user_id.map(ID::from)
    }

    /// The id of the credential that asked for it; `null`: it happened by itself, by whoever runs the server, or at a signed
    /// address, which shows no credential.
    async fn credential_id(&self) -> Option<ID> {
        self.0.credential_id.map(ID::from)
    }

    /// The credential that asked for it, revoked or not.
    async fn credential(&self, ctx: &Context<'_>) -> Result<Option<Credential>> {
        let Some(id) = self.0.credential_id else { return Ok(None) };
        Ok(load(ctx, CredentialById(id)).await?.map(|row| Credential(Arc::new(row))))
    }

    /// The id of the request that asked for it: the `x-request-id` of its answer. Null if the client chose an id with other
    /// characters than hexadecimal digits and hyphens, which could spell a name.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// When, by the project's clock.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::audit_event::Model;

use crate::{
    Result,
    auth::ActorId,
    graphql::{ConnectionNode, DateTime, loader::load},
    member::graphql::{Actor, actor::actor},
    project::graphql::Credential,
    verification::graphql::CredentialById,
};

/// An audit event: a change and the caller that requested it.
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

/// An audit event: a change and the caller that requested it. Never changed and never deleted, even when the
/// user that it is about is erased.
#[Object]
impl AuditEvent {
    /// Id of the event.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The action: the name of an event, such as `User.Updated`, or of an action that emits no event, such as
    /// `Credential.Revoked`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// Id of the object that was changed. Id of the project for changes to the project as a whole.
    async fn resource_id(&self) -> ID {
        self.0.resource_id.into()
    }

    /// Id of the user that the event is about. Null if it is about no user.
    async fn user_id(&self) -> Option<ID> {
        self.0.user_id.map(ID::from)
    }

    /// Id of the credential that requested the change. Null if the change was due at its time, was made by
    /// the operator of the server, or was requested at a signed URL, which identifies no credential.
    async fn credential_id(&self) -> Option<ID> {
        self.0.credential_id.map(ID::from)
    }

    /// The credential that requested the change, revoked or not.
    async fn credential(&self, ctx: &Context<'_>) -> Result<Option<Credential>> {
        let Some(id) = self.0.credential_id else { return Ok(None) };
        Ok(load(ctx, CredentialById(id)).await?.map(|row| Credential(Arc::new(row))))
    }

    /// Who requested the change. Null as for `credentialId`.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Actor>> {
        let credential = self.0.credential_id.map(ActorId::Credential);
        let membership = self.0.membership_id.map(ActorId::Membership);
        actor(ctx, credential.or(membership)).await
    }

    /// Id of the request that caused the change: the `x-request-id` of its response. Null if the client chose
    /// an id with characters other than hexadecimal digits and hyphens, because such an id could contain a
    /// name.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Time of the change, by the project's clock.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{credential, project};

use super::ProjectSettings;
use crate::{
    Result,
    auth::{ActorId, Caller, Permissions, Principal, session::is_fresh},
    graphql::{ConnectionNode, ContextExt, DateTime, int, loader::load},
    member::graphql::{Actor, Membership, MembershipById, actor::actor},
    project::settings,
};

/// Whether a project contains real or sandbox users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "ProjectMode", rename_items = "PascalCase", remote = "project::Mode")]
pub enum Mode {
    /// A project with real users.
    Live,
    /// A project with sandbox users, whose outcomes can be forced.
    Sandbox,
}

/// The tenant that contains everything a token can access.
pub struct Project<'a>(pub &'a project::Model);

/// The tenant that contains everything a token can access.
#[Object]
impl Project<'_> {
    /// Id of the project.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Name of the project, unique on this server.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether the project contains real or sandbox users.
    async fn mode(&self) -> Mode {
        self.0.mode.into()
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// The client id and secrets that a caller authenticates with.
pub struct Credential(pub Arc<credential::Model>);

/// The client id and secrets that a caller authenticates with. The secrets are returned only once, when the
/// credential is created.
#[Object]
impl Credential {
    /// Id of the credential.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Number of the credential in the project: the `userId` of the verification-history API. Credentials and
    /// memberships share their numbers.
    pub(crate) async fn number(&self) -> Result<i32> {
        int(self.0.number)
    }

    /// Client id for `/oauth2/token`.
    async fn client_id(&self) -> &str {
        &self.0.client_id
    }

    /// Label that the client chose.
    pub(crate) async fn label(&self) -> Result<String> {
        Ok(self.0.label.clone())
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Permissions of the credential.
    async fn permissions(&self) -> Vec<&'static str> {
        Permissions::of(&self.0).iter().map(crate::auth::Permission::name).collect()
    }

    /// Tag limits: a user is visible to the credential only if the user has one of these tags. Null if every
    /// user of the project is visible.
    async fn tag_limits(&self) -> Option<&[String]> {
        self.0.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// Time of the revocation. Null if the credential is not revoked.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// The hour in which the credential last got an access token or used its API key. Null if it never did.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }

    /// Who created the credential. Null for the command line.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<Actor>> {
        let by_credential = self.0.created_by_credential.map(ActorId::Credential);
        actor(ctx, by_credential.or(self.0.created_by_membership.map(ActorId::Membership))).await
    }
}

impl ConnectionNode for Credential {
    type Row = credential::Model;

    const SYNC_FIELDS: &'static [&'static str] = &[
        "id",
        "number",
        "clientId",
        "label",
        "createdAt",
        "permissions",
        "tagLimits",
        "revokedAt",
        "lastUsedAt",
    ];

    fn of(row: credential::Model) -> Self {
        row.into()
    }

    fn row(&self) -> &credential::Model {
        &self.0
    }
}

/// The caller.
pub struct Viewer;

/// The caller: its project, its credential or membership, and its permissions.
#[Object]
impl Viewer {
    /// The project of the token.
    async fn project<'a>(&self, ctx: &Context<'a>) -> Result<Project<'a>> {
        Ok(Project(&ctx.caller()?.project))
    }

    /// The credential that the token was issued for. Null if the caller is a member.
    async fn credential(&self, ctx: &Context<'_>) -> Result<Option<Credential>> {
        Ok(match &ctx.caller()?.principal {
            Principal::Credential(credential) => Some(Credential(credential.clone())),
            Principal::Member(_) => None,
        })
    }

    /// The membership of the caller. Null if the caller is a credential.
    async fn membership(&self, ctx: &Context<'_>) -> Result<Option<Membership>> {
        let Some(access) = ctx.caller()?.member() else { return Ok(None) };
        Ok(load(ctx, MembershipById(access.membership.id)).await?.map(Membership))
    }

    /// Whether the caller may do what requires a sign-in within the last 5 minutes. Always true for credentials.
    async fn is_fresh(&self, ctx: &Context<'_>) -> Result<bool> {
        let request = ctx.request()?;
        let now = request.machine_clock().now();
        let member = request.caller.member();
        Ok(member.is_none_or(|access| is_fresh(access.session.authenticated_at, now)))
    }

    /// The project's settings.
    async fn settings(&self, ctx: &Context<'_>) -> Result<ProjectSettings> {
        let request = ctx.request()?;
        Ok(settings::of(request.store.read(), request.caller.project_id()).await?.into())
    }

    /// Permissions of the token: the credential's permissions, or a subset of them if the token was requested
    /// with fewer.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        Ok(ctx.caller()?.permissions.iter().map(crate::auth::Permission::name).collect())
    }

    /// Tag limits: a user is visible to the token only if the user has one of these tags. Null if every user
    /// of the project is visible.
    async fn tag_limits<'a>(&self, ctx: &Context<'a>) -> Result<Option<&'a [String]>> {
        Ok(ctx.caller()?.tag_limits())
    }
}

impl Viewer {
    /// Creates the viewer. The parameter proves that the request has a caller.
    #[must_use]
    pub fn of(_: &Caller) -> Self {
        Self
    }
}

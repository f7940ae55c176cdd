use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{credential, project};

use crate::{
    Result,
    auth::{Caller, Permissions},
    graphql::{ConnectionNode, ContextExt, DateTime},
};

/// Whether a project holds real people or test ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "ProjectMode", rename_items = "PascalCase", remote = "project::Mode")]
pub enum Mode {
    /// Real people.
    Live,
    /// Test people, whose outcomes can be forced.
    Sandbox,
}

/// The tenant that everything a token can reach belongs to.
pub struct Project<'a>(pub &'a project::Model);

/// The tenant that everything a token can reach belongs to.
#[Object]
impl Project<'_> {
    /// Id of the project.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Its name, unique on this server.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it holds real people or test ones.
    async fn mode(&self) -> Mode {
        self.0.mode.into()
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// What a caller authenticates with.
pub struct Credential(pub Arc<credential::Model>);

/// What a caller authenticates with. Its secret is shown once, when it is made, and never again.
#[Object]
impl Credential {
    /// Id of the credential.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The public half of the pair that `/oauth2/token` takes.
    async fn client_id(&self) -> &str {
        &self.0.client_id
    }

    /// What its owner calls it.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// What it may do.
    async fn permissions(&self) -> Vec<&'static str> {
        Permissions::of(&self.0).iter().map(crate::auth::Permission::name).collect()
    }

    /// The tags of which a user has to carry one to be seen with it. `null`: every user of the project is.
    async fn tag_limits(&self) -> Option<&[String]> {
        self.0.tag_limits.as_ref().map(|tags| tags.0.as_slice())
    }

    /// When it was revoked; `null`: it is live.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}

impl ConnectionNode for Credential {
    type Row = credential::Model;

    const SYNC_FIELDS: &'static [&'static str] =
        &["id", "clientId", "label", "createdAt", "permissions", "tagLimits", "revokedAt"];

    fn of(row: credential::Model) -> Self {
        row.into()
    }

    fn row(&self) -> &credential::Model {
        &self.0
    }
}

/// Who is asking.
pub struct Viewer;

/// Who is asking: the project, the credential and what the token in use may do.
#[Object]
impl Viewer {
    /// The project that the token opens.
    async fn project<'a>(&self, ctx: &Context<'a>) -> Result<Project<'a>> {
        Ok(Project(&ctx.caller()?.project))
    }

    /// The credential that the token was issued for.
    async fn credential(&self, ctx: &Context<'_>) -> Result<Credential> {
        Ok(Credential(ctx.caller()?.credential.clone()))
    }

    /// What the token may do: the credential's permissions, or fewer if the token asked for fewer.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        Ok(ctx.caller()?.permissions.iter().map(crate::auth::Permission::name).collect())
    }

    /// The tags of which a user has to carry one to be seen with this token. `null`: every user of the project is.
    async fn tag_limits<'a>(&self, ctx: &Context<'a>) -> Result<Option<&'a [String]>> {
        Ok(ctx.caller()?.tag_limits())
    }
}

impl Viewer {
    /// The viewer of a caller: there is none without one.
    #[must_use]
    pub fn of(_: &Caller) -> Self {
        Self
    }
}

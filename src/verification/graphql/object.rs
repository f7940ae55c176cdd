use std::sync::{Arc, OnceLock};

use async_graphql::{Context, ID, Object};
use entity::{verification, verification_level};
use futures_util::future::{BoxFuture, try_join, try_join_all};

use super::{
    CredentialById, VerificationLevel, level_by_id,
    level_writer::{Current, Previous, level_writer},
};
use crate::{
    Error, Result,
    auth::ActorId,
    graphql::{ConnectionNode, ContextExt, DateTime, FieldWriter, Request, int, loader::load},
    member::graphql::{Actor, actor::actor},
    project::graphql::Credential,
    user::graphql::{User, UserById},
};

/// A grant of a verification level to a user.
pub struct Verification {
    pub(super) row: verification::Model,
    /// The levels, if a plan has prepared them.
    pub(super) levels: OnceLock<GrantLevels>,
}

/// The levels of a grant.
pub(super) struct GrantLevels {
    pub current: Arc<verification_level::Model>,
    pub previous: Option<Arc<verification_level::Model>>,
}

impl Verification {
    async fn load_current_level(&self, request: &Request) -> Result<Arc<verification_level::Model>> {
        let level = level_by_id(request, self.row.current_level_id).await?;
        level.ok_or(Error::Fault("the level of a grant is missing"))
    }

    async fn load_previous_level(&self, request: &Request) -> Result<Option<Arc<verification_level::Model>>> {
        let Some(id) = self.row.previous_level_id else { return Ok(None) };
        level_by_id(request, id).await
    }
}

impl From<verification::Model> for Verification {
    fn from(row: verification::Model) -> Self {
        Self { row, levels: OnceLock::new() }
    }
}

impl ConnectionNode for Verification {
    type Row = verification::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[
        ("id", FieldWriter::Value(|it, json| json.id(it.row.id))),
        ("number", FieldWriter::Value(|it, json| json.number(it.row.number))),
        ("reason", FieldWriter::Value(|it, json| json.text(&it.row.reason))),
        ("createdAt", FieldWriter::Value(|it, json| json.time(it.row.created_at))),
        ("currentLevel", FieldWriter::Object(const { &level_writer::<Current>() })),
        ("previousLevel", FieldWriter::Optional(Previous::exists, const { &level_writer::<Previous>() })),
    ];

    const PREPARED: &'static [&'static str] = &["currentLevel", "previousLevel"];

    fn of(row: verification::Model) -> Self {
        row.into()
    }

    fn row(&self) -> &verification::Model {
        &self.row
    }

    /// Loads the levels.
    fn prepare<'a>(grants: &'a [Self], request: &'a Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let each = grants.iter().map(|grant| async move {
                let levels = (grant.load_current_level(request), grant.load_previous_level(request));
                let (current, previous) = try_join(levels.0, levels.1).await?;
                grant.levels.get_or_init(|| GrantLevels { current, previous });
                Ok(())
            });
            try_join_all(each).await.map(drop)
        })
    }
}

/// A grant of a verification level to a user. Never changed and never deleted.
#[Object]
impl Verification {
    /// Id of the grant.
    pub(crate) async fn id(&self) -> ID {
        self.row.id.into()
    }

    /// Number of the grant in the project: the `id` of the verification-history API.
    async fn number(&self) -> Result<i32> {
        int(self.row.number)
    }

    /// The user to whom the level was granted.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.row.user_id)).await?.map(User::from))
    }

    /// The level that was granted.
    async fn current_level(&self, ctx: &Context<'_>) -> Result<VerificationLevel> {
        self.load_current_level(ctx.request()?).await.map(VerificationLevel::from)
    }

    /// The user's previous level. Null only for the user's first grant.
    async fn previous_level(&self, ctx: &Context<'_>) -> Result<Option<VerificationLevel>> {
        Ok(self.load_previous_level(ctx.request()?).await?.map(VerificationLevel::from))
    }

    /// Reason of the grant.
    async fn reason(&self) -> &str {
        &self.row.reason
    }

    /// Who granted the level. Null if the system granted it.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Actor>> {
        let credential = self.row.granted_by.map(ActorId::Credential);
        let membership = self.row.granted_by_membership.map(ActorId::Membership);
        actor(ctx, credential.or(membership)).await
    }

    /// The credential that granted the level. Null if a member or the system granted it.
    async fn granted_by(&self, ctx: &Context<'_>) -> Result<Option<Credential>> {
        let Some(id) = self.row.granted_by else { return Ok(None) };
        Ok(load(ctx, CredentialById(id)).await?.map(|row| Credential(Arc::new(row))))
    }

    /// Time of the grant.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
}

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::verification_result::Model;

use super::filter::ResultStatus;
use crate::result::{
    Scope,
    rules::{self, Data},
    store,
};
use crate::{
    Result,
    graphql::{ConnectionNode, ContextExt, Date, DateTime, PhoneNumber, loader::load},
    user::graphql::{User, UserById},
};

/// What a relying party asked to be told about a user, and what it is told.
pub struct VerificationResult(pub Model);

impl ConnectionNode for VerificationResult {
    type Row = Model;

    const SYNC_FIELDS: &'static [&'static str] = &[
        "id",
        "traceId",
        "projectId",
        "correlationId",
        "status",
        "verifiedAt",
        "scopes",
        "createdAt",
        "version",
        "updatedAt",
    ];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[("data", &["data"])];

    fn of(row: Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &Model {
        &self.0
    }
}

/// What a relying party asked to be told about a user, and what it is told.
#[Object]
impl VerificationResult {
    /// Id of the result.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The id that events tell.
    async fn trace_id(&self) -> ID {
        self.0.trace_id.into()
    }

    /// Id of the project.
    async fn project_id(&self) -> ID {
        self.0.project_id.into()
    }

    /// Your own id of it, if you gave one.
    async fn correlation_id(&self) -> Option<&str> {
        self.0.correlation_id.as_deref()
    }

    /// Where it stands.
    async fn status(&self) -> ResultStatus {
        self.0.status.into()
    }

    /// When the person was verified; `null` if that has not happened.
    async fn verified_at(&self) -> Option<DateTime> {
        self.0.verified_at.map(DateTime)
    }

    /// What it releases, as the integration had it at the moment of the outcome; `null` before.
    async fn scopes(&self) -> Option<Vec<Scope>> {
        let scopes = self.0.scopes.as_ref()?;
        Some(scopes.0.iter().filter_map(|name| Scope::named(name)).collect())
    }

    /// What its scopes release; `null` if there is nothing to release, or the person's data is erased.
    async fn data(&self, ctx: &Context<'_>) -> Result<Option<ResultData>> {
        // Whoever sees a result sees its user.
        let Some(user) = load(ctx, UserById(self.0.user_id)).await? else { return Ok(None) };
        let data = store::data_of(&ctx.request()?.vault, &self.0, &user).await?;
        Ok(data.map(ResultData::from))
    }

    /// The person it is about.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }

    /// When it was asked for.
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
}

/// What a result releases about a person. What its scopes do not release is `null`.
#[derive(SimpleObject)]
#[graphql(name = "VerificationResultData")]
pub struct ResultData {
    /// Id of the person.
    identity_id: Option<ID>,
    /// The name.
    name: Option<ResultName>,
    /// The day of birth.
    date_of_birth: Option<Date>,
    /// The telephone number.
    phone: Option<PhoneNumber>,
}

/// A name that a result releases.
#[derive(SimpleObject)]
#[graphql(name = "VerificationResultName")]
pub struct ResultName {
    /// Given name and family name together.
    full_name: Option<String>,
    /// The given name.
    first_name: Option<String>,
    /// The family name.
    last_name: Option<String>,
}

impl From<Data> for ResultData {
    fn from(data: Data) -> Self {
        let name = |name: rules::Name| ResultName {
            full_name: name.full_name,
            first_name: name.first_name,
            last_name: name.last_name,
        };
        Self {
            identity_id: data.identity_id.map(ID::from),
            name: data.name.map(name),
            date_of_birth: data.date_of_birth.and_then(rules::day).map(Date),
            phone: data.phone.map(PhoneNumber),
        }
    }
}

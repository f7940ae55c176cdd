use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::verification_result::Model;

use super::filter::ResultStatus;
use crate::{
    Result,
    graphql::{ConnectionNode, ContextExt, Date, DateTime, PhoneNumber, loader::load},
    result::{
        Scope,
        rules::{self, Data},
        store,
    },
    user::graphql::{User, UserById},
};

/// Data about a user that a relying party can receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    name = "VerificationResultScope",
    rename_items = "SCREAMING_SNAKE_CASE",
    remote = "crate::result::Scope"
)]
pub enum ResultScope {
    /// The id of the person. Released with every result, unless the project is configured otherwise.
    IdentityId,
    /// The name: full, first and last.
    Name,
    /// The date of birth.
    DateOfBirth,
    /// The phone number.
    Phone,
}

/// The result of a verification that a relying party requested.
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

/// The result of a verification that a relying party requested, with the data that it may read.
#[Object]
impl VerificationResult {
    /// Id of the result.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Trace id, which events repeat.
    async fn trace_id(&self) -> ID {
        self.0.trace_id.into()
    }

    /// Id of the project.
    async fn project_id(&self) -> ID {
        self.0.project_id.into()
    }

    /// The client's own id of the result, if it set one.
    async fn correlation_id(&self) -> Option<&str> {
        self.0.correlation_id.as_deref()
    }

    /// Status of the result.
    async fn status(&self) -> ResultStatus {
        self.0.status.into()
    }

    /// Time at which the person was verified. Null if the person is not verified.
    async fn verified_at(&self) -> Option<DateTime> {
        self.0.verified_at.map(DateTime)
    }

    /// Scopes of the integration at the time of the outcome. Null before the outcome.
    async fn scopes(&self) -> Option<Vec<ResultScope>> {
        let scopes = self.0.scopes.as_ref()?;
        Some(scopes.0.iter().filter_map(|name| Scope::named(name)).map(Into::into).collect())
    }

    /// Data that the scopes release. Null if no data is released, or the user is erased.
    async fn data(&self, ctx: &Context<'_>) -> Result<Option<ResultData>> {
        // A caller that can see a result can see its user.
        let Some(user) = load(ctx, UserById(self.0.user_id)).await? else { return Ok(None) };
        let data = store::data_of(&ctx.request()?.vault, &self.0, &user).await?;
        Ok(data.map(ResultData::from))
    }

    /// The user who is verified.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }

    /// Time of the request.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Number of changes of the result, from 1. Events of the result repeat it: an event with a lower number
    /// is older.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Time of the last update.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

/// Data of a person that a result releases. Fields that the scopes do not release are null.
#[derive(SimpleObject)]
#[graphql(name = "VerificationResultData")]
pub struct ResultData {
    /// Id of the user.
    identity_id: Option<ID>,
    /// The name.
    name: Option<ResultName>,
    /// The day of birth.
    date_of_birth: Option<Date>,
    /// The phone number.
    phone: Option<PhoneNumber>,
}

/// A name that a result releases.
#[derive(SimpleObject)]
#[graphql(name = "VerificationResultName")]
pub struct ResultName {
    /// Given name and family name.
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

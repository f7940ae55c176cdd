use async_graphql::{Enum, InputObject};
use entity::verification_result as table;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::result::store::ResultSort;
use crate::{db::Direction, graphql::OrderByDirection};

/// Where a result stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "VerificationResultStatus", rename_items = "SCREAMING_SNAKE_CASE", remote = "table::Status")]
pub enum ResultStatus {
    /// Asked for; there is no outcome yet.
    Started,
    /// The person is who it says it is.
    Verified,
    /// The person could not be verified.
    Failed,
}

impl ResultStatus {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Started => "STARTED",
            Self::Verified => "VERIFIED",
            Self::Failed => "FAILED",
        }
    }
}

/// Which results to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "VerificationResultFiltersInput")]
pub struct ResultFilters {
    /// Results in one of these statuses.
    pub statuses: Option<Vec<ResultStatus>>,
}

/// What results can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "VerificationResultsOrderByField", rename_items = "camelCase")]
pub enum ResultsOrderByField {
    /// When the result was asked for.
    CreatedAt,
}

/// The order of a list of results. Left out: `createdAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "VerificationResultsOrderByInput")]
pub struct ResultsOrderBy {
    /// What to order by; `createdAt` if left out.
    pub field: Option<ResultsOrderByField>,
    /// Which end comes first; `Desc` if left out.
    pub direction: Option<OrderByDirection>,
}

impl ResultsOrderBy {
    pub(crate) fn parts(self) -> (ResultSort, Direction) {
        let sort = match self.field.unwrap_or(ResultsOrderByField::CreatedAt) {
            ResultsOrderByField::CreatedAt => ResultSort::CreatedAt,
        };
        (sort, self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

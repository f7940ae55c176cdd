use async_graphql::{Enum, InputObject};
use entity::verification_result as table;
use keyset::Direction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    graphql::{DateTimeRange, OrderByDirection, into_stored},
    result::{filter::ResultFilter, store::ResultSort},
};

/// Status of a verification result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "VerificationResultStatus", rename_items = "SCREAMING_SNAKE_CASE", remote = "table::Status")]
pub enum ResultStatus {
    /// Requested, without an outcome yet.
    Started,
    /// The person's identity was verified.
    Verified,
    /// The person's identity could not be verified.
    Failed,
}

/// Filters of verification results. A filter that is omitted matches every item; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "VerificationResultFiltersInput")]
pub struct ResultFilters {
    /// Results with one of these statuses.
    pub statuses: Option<Vec<ResultStatus>>,
    /// Results that were requested in this time range.
    pub created_at: Option<DateTimeRange>,
}

impl From<ResultFilters> for ResultFilter {
    fn from(filters: ResultFilters) -> Self {
        Self { statuses: filters.statuses.map(into_stored), created_at: filters.created_at.map(Into::into) }
    }
}

/// Fields that verification results can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "VerificationResultsOrderByField", rename_items = "camelCase")]
pub enum ResultsOrderByField {
    /// Time of the request.
    CreatedAt,
}

/// Sort order of verification results. Default: `createdAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "VerificationResultsOrderByInput")]
pub struct ResultsOrderBy {
    /// Field to sort by. Default: `createdAt`.
    pub field: Option<ResultsOrderByField>,
    /// Sort direction. Default: `Desc`.
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

use async_graphql::{Enum, ID, InputObject};

use crate::verification::store::VerificationSort;
use crate::{
    db::Direction,
    graphql::{DateTimeRange, OrderByDirection},
};

/// Filters of grants. A filter that is omitted matches every grant; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "VerificationFiltersInput")]
pub struct VerificationFilters {
    /// Grants to the user with this id.
    pub user_id: Option<ID>,
    /// Grants to the user with this number: the `clientId` of the verification-history API.
    pub client_number: Option<i32>,
    /// Grants of one of the levels with these ids.
    pub level_ids: Option<Vec<ID>>,
    /// Grants created in this time range.
    pub created_at: Option<DateTimeRange>,
}

/// Fields that grants can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum VerificationsOrderByField {
    /// Time of the grant.
    CreatedAt,
    /// Number of the grant in the project.
    Number,
}

/// Sort order of grants. Default: `createdAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "VerificationsOrderByInput")]
pub struct VerificationsOrderBy {
    /// Field to sort by. Default: `createdAt`.
    pub field: Option<VerificationsOrderByField>,
    /// Sort direction. Default: `Desc`.
    pub direction: Option<OrderByDirection>,
}

impl VerificationsOrderBy {
    pub(crate) fn parts(self) -> (VerificationSort, Direction) {
        let sort = match self.field.unwrap_or(VerificationsOrderByField::CreatedAt) {
            VerificationsOrderByField::CreatedAt => VerificationSort::CreatedAt,
            VerificationsOrderByField::Number => VerificationSort::Number,
        };
        (sort, self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

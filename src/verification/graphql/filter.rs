use async_graphql::{Enum, InputObject};
use keyset::Direction;

use crate::{
    graphql::{DateTimeRange, IdInput, OrderByDirection},
    verification::{filter::VerificationFilter, store::VerificationSort},
};

/// Filters of grants. A filter that is omitted matches every grant; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "VerificationFiltersInput")]
pub struct VerificationFilters {
    /// Grants to the user with this id.
    pub user_id: Option<IdInput>,
    /// Grants to the user with this number: the `clientId` of the verification-history API.
    pub client_number: Option<i32>,
    /// Grants of one of the levels with these ids.
    pub level_ids: Option<Vec<IdInput>>,
    /// Grants created in this time range.
    pub created_at: Option<DateTimeRange>,
}

impl From<VerificationFilters> for VerificationFilter {
    fn from(filters: VerificationFilters) -> Self {
        Self {
            user_id: filters.user_id.map(|id| id.uuid()),
            client_number: filters.client_number.map(i64::from),
            level_ids: filters.level_ids.map(|ids| ids.iter().map(IdInput::uuid).collect()),
            created_at: filters.created_at.map(Into::into),
        }
    }
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

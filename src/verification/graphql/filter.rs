use async_graphql::{Enum, ID, InputObject};

use crate::verification::store::VerificationSort;
use crate::{
    db::Direction,
    graphql::{DateTimeRange, OrderByDirection},
};

/// Which grants to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "VerificationFiltersInput")]
pub struct VerificationFilters {
    /// Grants to the user of this id.
    pub user_id: Option<ID>,
    /// Grants to the user of this number: the `clientId` of the verification-history API.
    pub client_number: Option<i32>,
    /// Grants of one of the levels of these ids.
    pub level_ids: Option<Vec<ID>>,
    /// Grants in this time.
    pub created_at: Option<DateTimeRange>,
}

/// What grants can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum VerificationsOrderByField {
    /// When the level was granted.
    CreatedAt,
    /// The number in the project.
    Number,
}

/// The order of a list of grants. Left out: `createdAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "VerificationsOrderByInput")]
pub struct VerificationsOrderBy {
    /// What to order by; `createdAt` if left out.
    pub field: Option<VerificationsOrderByField>,
    /// Which end comes first; `Desc` if left out.
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

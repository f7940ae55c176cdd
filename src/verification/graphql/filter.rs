use async_graphql::{Enum, InputObject};

use crate::verification::filter::VerificationFilter;
use crate::verification::store::VerificationSort;
use crate::{
    db::Direction,
    graphql::{DateTimeRange, IdInput, OrderByDirection},
};

/// Which grants to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "VerificationFiltersInput")]
pub struct VerificationFilters {
    /// Grants to the user of this id.
    pub user_id: Option<IdInput>,
    /// Grants to the user of this number: the `clientId` of the verification-history API.
    pub client_number: Option<i32>,
    /// Grants of one of the levels of these ids.
    pub level_ids: Option<Vec<IdInput>>,
    /// Grants in this time.
    pub created_at: Option<DateTimeRange>,
}

impl From<VerificationFilters> for VerificationFilter {
    fn from(filters: VerificationFilters) -> Self {
        Self {
            user_id: filters.user_id.map(|id| id.uuid()),
            client_number: filters.client_number,
            level_ids: filters.level_ids.map(|ids| ids.iter().map(IdInput::uuid).collect()),
            created_at: filters.created_at.map(Into::into),
        }
    }
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

/// The order of a list of grants. Left out: `createdAt`, the latest first.
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

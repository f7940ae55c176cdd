use async_graphql::{Enum, InputObject};
use entity::user as table;

use super::store::Sort;
use crate::graphql::OrderByDirection;

/// Where a user's record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase", remote = "table::Status")]
pub enum UserStatus {
    /// In use.
    Active,
    /// Kept, but not in use any more.
    Deactivated,
    /// The personal data is gone; what happened is not.
    Erased,
}

impl UserStatus {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Deactivated => "Deactivated",
            Self::Erased => "Erased",
        }
    }
}

/// Which users to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "UserFiltersInput")]
pub struct UserFilters {
    /// Users in one of these statuses.
    pub statuses: Option<Vec<UserStatus>>,
    /// Users that carry one of these tags.
    pub tags: Option<Vec<String>>,
    /// Users with one of these ids of your own.
    pub ref_ids: Option<Vec<String>>,
}

/// What users can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum UsersOrderByField {
    /// When the record was made.
    CreatedAt,
    /// When the record last changed.
    UpdatedAt,
    /// The number in the project.
    Number,
}

impl From<UsersOrderByField> for Sort {
    fn from(field: UsersOrderByField) -> Self {
        match field {
            UsersOrderByField::CreatedAt => Self::CreatedAt,
            UsersOrderByField::UpdatedAt => Self::UpdatedAt,
            UsersOrderByField::Number => Self::Number,
        }
    }
}

/// The order of a list of users. Left out: `updatedAt`, the latest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "UsersOrderByInput")]
pub struct UsersOrderBy {
    /// What to order by; `updatedAt` if left out.
    pub field: Option<UsersOrderByField>,
    /// Which end comes first; `Desc` if left out.
    pub direction: Option<OrderByDirection>,
}

impl UsersOrderBy {
    pub(crate) fn parts(self) -> (Sort, crate::db::Direction) {
        let field = self.field.unwrap_or(UsersOrderByField::UpdatedAt);
        (field.into(), self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

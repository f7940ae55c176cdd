use async_graphql::{Enum, InputObject};
use entity::{user as table, user_lookup::Kind};

use crate::user::{
    lookup,
    store::{UserFilter, UserSort},
};
use crate::{
    Result,
    auth::policy,
    graphql::{OrderByDirection, PhoneNumber, Request},
};

/// Where a user's record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase", remote = "table::Status")]
pub enum UserStatus {
    /// In use.
    Active,
    /// Kept, but not in use any more.
    Deactivated,
    /// To be erased once a legal hold is released: nobody reads what is personal about it.
    Restricted,
    /// The personal data is gone; what happened is not.
    Erased,
}

impl UserStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Deactivated => "Deactivated",
            Self::Restricted => "Restricted",
            Self::Erased => "Erased",
        }
    }
}

/// Which users to list. What is left out lets everything through; an empty list lets nothing through.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "UserFiltersInput")]
pub struct UserFilters {
    /// Users in one of these statuses.
    pub statuses: Option<Vec<UserStatus>>,
    /// Users that carry one of these tags.
    pub tags: Option<Vec<String>>,
    /// Users with one of these ids of your own.
    pub ref_ids: Option<Vec<String>>,
    /// Users with one of these verified e-mail addresses: the whole address, in small or capital letters.
    pub verified_emails: Option<Vec<String>>,
    /// Users with one of these mobile telephone numbers.
    pub mobile_phone_numbers: Option<Vec<PhoneNumber>>,
}

impl UserFilters {
    /// What the database is asked for.
    ///
    /// # Errors
    ///
    /// When the caller may not read a field that it filters by.
    pub(super) fn sought(self, request: &Request) -> Result<UserFilter> {
        let hashes = |field: &str, kind, values: Option<Vec<String>>| -> Result<_> {
            let Some(values) = values else { return Ok(None) };
            policy::check(&request.caller, "User", field)?;
            let project = request.caller.project_id();
            let hash = |value: &String| lookup::hash(&request.vault, project, kind, value);
            Ok(Some(values.iter().map(hash).collect()))
        };
        let phones =
            self.mobile_phone_numbers.map(|phones| phones.into_iter().map(|phone| phone.0).collect());
        Ok(UserFilter {
            statuses: self.statuses,
            tags: self.tags,
            ref_ids: self.ref_ids,
            emails: hashes("verifiedEmails", Kind::Email, self.verified_emails)?,
            phones: hashes("mobilePhoneNumber", Kind::Phone, phones)?,
        })
    }
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

impl From<UsersOrderByField> for UserSort {
    fn from(field: UsersOrderByField) -> Self {
        match field {
            UsersOrderByField::CreatedAt => Self::CreatedAt,
            UsersOrderByField::UpdatedAt => Self::UpdatedAt,
            UsersOrderByField::Number => Self::Number,
        }
    }
}

/// The order of a list of users. Left out: `updatedAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "UsersOrderByInput")]
pub struct UsersOrderBy {
    /// What to order by; `updatedAt` if left out.
    pub field: Option<UsersOrderByField>,
    /// Which end comes first; `Desc` if left out.
    pub direction: Option<OrderByDirection>,
}

impl UsersOrderBy {
    pub(crate) fn parts(self) -> (UserSort, crate::db::Direction) {
        let field = self.field.unwrap_or(UsersOrderByField::UpdatedAt);
        (field.into(), self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

use async_graphql::{Enum, InputObject};
use entity::{user as table, user_lookup::Kind};

use crate::{
    Result,
    graphql::{DateTimeRange, IdInput, OrderByDirection, PhoneNumber, Request, into_stored},
    identification::graphql::IdentificationLevel,
    user::{
        filter::{UserFilter, VerificationLevels},
        lookup,
        store::UserSort,
    },
    verification,
};

/// Status of a user's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "PascalCase", remote = "table::Status")]
pub enum UserStatus {
    /// The user is in use.
    Active,
    /// The record is kept, but no identification can start for the user.
    Deactivated,
    /// The user will be erased when a legal hold is released. Until then, the personal data cannot be read.
    Restricted,
    /// The personal data is erased. The history remains.
    Erased,
}

/// Filters of users. A filter that is omitted matches every user; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "UserFiltersInput")]
pub struct UserFilters {
    /// Users with one of these statuses.
    pub statuses: Option<Vec<UserStatus>>,
    /// Users with one of these tags.
    pub tags: Option<Vec<String>>,
    /// Users with one of these values of `refId`.
    pub ref_ids: Option<Vec<String>>,
    /// Users with one of these verified e-mail addresses. The whole address is compared, ignoring case.
    pub verified_emails: Option<Vec<String>>,
    /// Users with one of these mobile phone numbers.
    pub mobile_phone_numbers: Option<Vec<PhoneNumber>>,
    /// Users with one of these numbers in the project.
    pub numbers: Option<Vec<i32>>,
    /// Users that hold one of these levels by a valid identification.
    pub valid_levels: Option<Vec<IdentificationLevel>>,
    /// Users whose verification level is one of these. A user without grants has the level at index 0.
    pub verification_level_ids: Option<Vec<IdInput>>,
    /// Users that were created in this time range.
    pub created_at: Option<DateTimeRange>,
    /// Users whose last update is in this time range.
    pub updated_at: Option<DateTimeRange>,
}

impl UserFilters {
    /// Converts the filters to the store's filter.
    ///
    /// # Errors
    ///
    /// When the caller may not read a field that is filtered by.
    pub(super) async fn filter(self, request: &Request) -> Result<UserFilter> {
        let hashes = |field: &str, kind, values: Option<Vec<String>>| -> Result<_> {
            let Some(values) = values else { return Ok(None) };
            request.policy().check(&request.caller, "User", field)?;
            let project = request.caller.project_id();
            let hash = |value: &String| lookup::hash(&request.vault, project, kind, value);
            Ok(Some(values.iter().map(hash).collect()))
        };
        for (is_filtered, field) in [
            (self.valid_levels.is_some(), "identificationLevels"),
            (self.verification_level_ids.is_some(), "currentVerificationLevel"),
        ] {
            if is_filtered {
                request.policy().check(&request.caller, "User", field)?;
            }
        }
        let verification_levels = match &self.verification_level_ids {
            Some(ids) => Some(verification_levels(request, ids).await?),
            None => None,
        };
        let phones =
            self.mobile_phone_numbers.map(|phones| phones.into_iter().map(|phone| phone.0).collect());
        Ok(UserFilter {
            ids: None,
            statuses: self.statuses.map(into_stored),
            tags: self.tags,
            ref_ids: self.ref_ids,
            emails: hashes("verifiedEmails", Kind::Email, self.verified_emails)?,
            phones: hashes("mobilePhoneNumber", Kind::Phone, phones)?,
            numbers: self.numbers.map(|numbers| numbers.into_iter().map(i64::from).collect()),
            valid_levels: self.valid_levels.map(into_stored),
            verification_levels,
            created_at: self.created_at.map(Into::into),
            updated_at: self.updated_at.map(Into::into),
        })
    }
}

async fn verification_levels(request: &Request, ids: &[IdInput]) -> Result<VerificationLevels> {
    let ids: Vec<_> = ids.iter().map(IdInput::uuid).collect();
    let ladder = verification::store::ladder(&request.store, &request.caller).await?;
    let lowest = ladder.iter().find(|level| level.index == 0).map(|level| level.id);
    let lowest = lowest.filter(|lowest| ids.contains(lowest));
    Ok(VerificationLevels { ids, lowest })
}

/// Fields that users can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum UsersOrderByField {
    /// Time of creation.
    CreatedAt,
    /// Time of the last update.
    UpdatedAt,
    /// Number of the user in the project.
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

/// Sort order of users. Default: `updatedAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "UsersOrderByInput")]
pub struct UsersOrderBy {
    /// Field to sort by. Default: `updatedAt`.
    pub field: Option<UsersOrderByField>,
    /// Sort direction. Default: `Desc`.
    pub direction: Option<OrderByDirection>,
}

impl UsersOrderBy {
    pub(crate) fn parts(self) -> (UserSort, keyset::Direction) {
        let field = self.field.unwrap_or(UsersOrderByField::UpdatedAt);
        (field.into(), self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

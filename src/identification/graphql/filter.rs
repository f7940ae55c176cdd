use async_graphql::{Enum, InputObject};
use entity::{grant_policy, identification as table};
use keyset::Direction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::Reason;
use crate::{
    graphql::{DateTimeRange, OrderByDirection, into_stored},
    identification::{filter::IdentificationFilter, store::IdentificationSort},
};

/// Process of an identification.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema, IntoStaticStr,
)]
#[strum(const_into_str)]
#[graphql(remote = "table::Process")]
pub enum IdentificationProcess {
    /// An expert checks person and document in a video call. Awards the level `expert`.
    #[graphql(name = "Expert")]
    Expert,
    /// An expert check that ends in a qualified electronic signature. Awards `expert` and `qes`.
    #[graphql(name = "QES")]
    #[serde(rename = "QES")]
    #[strum(serialize = "QES")]
    Qes,
    /// A remote check by the French PVID rules. Awards `expert` and `pvid`.
    #[graphql(name = "PVID")]
    #[serde(rename = "PVID")]
    #[strum(serialize = "PVID")]
    Pvid,
}

impl IdentificationProcess {
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }
}

/// A level that an identification awards to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "grant_policy::Level")]
pub enum IdentificationLevel {
    /// Checked by an expert.
    #[graphql(name = "expert")]
    Expert,
    /// Sufficient for a qualified electronic signature.
    #[graphql(name = "qes")]
    Qes,
    /// Checked by the French PVID rules.
    #[graphql(name = "pvid")]
    Pvid,
}

/// Status of an identification or of one of its levels.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema, IntoStaticStr,
)]
#[strum(const_into_str)]
#[graphql(rename_items = "PascalCase", remote = "table::Status")]
pub enum IdentificationStatus {
    /// No check has started.
    #[graphql(deprecation = "New identifications are `Started`; only old ones can be `NotStarted`.")]
    NotStarted,
    /// The process does not award this level.
    NotSupported,
    /// The user has started the process.
    Started,
    /// The user has finished, and the check is in progress.
    Pending,
    /// The check succeeded.
    Valid,
    /// The check failed; see the reasons.
    Invalid,
    /// Canceled by one of the sides.
    Canceled,
    /// Not completed in time, or no longer valid.
    Expired,
}

impl IdentificationStatus {
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }
}

/// Filters of identifications. A filter that is omitted matches every item; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "IdentificationFiltersInput")]
pub struct IdentificationFilters {
    /// Identifications with one of these statuses.
    pub statuses: Option<Vec<IdentificationStatus>>,
    /// Identifications whose process awards one of these levels.
    pub levels: Option<Vec<IdentificationLevel>>,
    /// Identifications with one of these processes.
    pub processes: Option<Vec<IdentificationProcess>>,
    /// Identifications with a level that is invalid for one of these reasons.
    pub error_reasons: Option<Vec<Reason>>,
    /// Identifications that were started in this time range.
    pub created_at: Option<DateTimeRange>,
    /// Identifications whose last update is in this time range.
    pub updated_at: Option<DateTimeRange>,
}

impl From<IdentificationFilters> for IdentificationFilter {
    fn from(filters: IdentificationFilters) -> Self {
        Self {
            statuses: filters.statuses.map(into_stored),
            levels: filters.levels.map(into_stored),
            processes: filters.processes.map(into_stored),
            reasons: filters.error_reasons.map(into_stored),
            created_at: filters.created_at.map(Into::into),
            updated_at: filters.updated_at.map(Into::into),
        }
    }
}

/// Fields that identifications can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum IdentificationsOrderByField {
    /// Time of the start.
    CreatedAt,
    /// Time of the last update.
    UpdatedAt,
}

/// Sort order of identifications. Default: `updatedAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "IdentificationsOrderByInput")]
pub struct IdentificationsOrderBy {
    /// Field to sort by. Default: `updatedAt`.
    pub field: Option<IdentificationsOrderByField>,
    /// Sort direction. Default: `Desc`.
    pub direction: Option<OrderByDirection>,
}

impl IdentificationsOrderBy {
    pub(crate) fn parts(self) -> (IdentificationSort, Direction) {
        let sort = match self.field.unwrap_or(IdentificationsOrderByField::UpdatedAt) {
            IdentificationsOrderByField::CreatedAt => IdentificationSort::CreatedAt,
            IdentificationsOrderByField::UpdatedAt => IdentificationSort::UpdatedAt,
        };
        (sort, self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

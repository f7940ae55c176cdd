use async_graphql::{Enum, InputObject};
use entity::verification_session as table;
use keyset::Direction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    graphql::{DateTimeRange, OrderByDirection, into_stored},
    session::{filter::SessionFilter, store::SessionSort},
};

/// Status of a verification session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema)]
#[graphql(rename_items = "PascalCase", remote = "table::Status")]
pub enum VerificationSessionStatus {
    /// Documents are being captured.
    #[serde(alias = "in_progress")]
    InProgress,
    /// All documents are captured and are being reviewed.
    #[serde(alias = "pending")]
    Pending,
    /// The documents confirm the user's identity. Final.
    #[serde(alias = "successful")]
    Successful,
    /// The documents or the user are suspicious. Final.
    #[serde(alias = "suspected")]
    Suspected,
}

/// A step of a session. Each step captures one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VerificationStep {
    /// A passport, an identity card or a residence permit.
    IdDocument,
    /// A driver's license.
    DrivingLicense,
    /// Another name of `DRIVING_LICENSE`, accepted in every input. Never returned.
    DriverLicense,
    /// The registration of a car.
    CarRegistrationDocument,
    /// A proof of the user's address.
    AddressProof,
}

impl From<VerificationStep> for table::Step {
    fn from(step: VerificationStep) -> Self {
        match step {
            VerificationStep::IdDocument => Self::IdDocument,
            VerificationStep::DrivingLicense | VerificationStep::DriverLicense => Self::DrivingLicense,
            VerificationStep::CarRegistrationDocument => Self::CarRegistrationDocument,
            VerificationStep::AddressProof => Self::AddressProof,
        }
    }
}

impl From<table::Step> for VerificationStep {
    fn from(step: table::Step) -> Self {
        match step {
            table::Step::IdDocument => Self::IdDocument,
            table::Step::DrivingLicense => Self::DrivingLicense,
            table::Step::CarRegistrationDocument => Self::CarRegistrationDocument,
            table::Step::AddressProof => Self::AddressProof,
        }
    }
}

/// Filters of verification sessions. A filter that is omitted matches every item; an empty list matches none.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "VerificationSessionFiltersInput")]
pub struct VerificationSessionFilters {
    /// Sessions with one of these statuses.
    pub statuses: Option<Vec<VerificationSessionStatus>>,
    /// Sessions of users with one of these values of `refId`.
    pub ref_ids: Option<Vec<String>>,
    /// Sessions that were started in this time range.
    pub created_at: Option<DateTimeRange>,
}

impl From<VerificationSessionFilters> for SessionFilter {
    fn from(filters: VerificationSessionFilters) -> Self {
        Self {
            statuses: filters.statuses.map(into_stored),
            ref_ids: filters.ref_ids,
            created_at: filters.created_at.map(Into::into),
        }
    }
}

/// Fields that verification sessions can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum VerificationSessionsOrderByField {
    /// Time of the start.
    CreatedAt,
    /// Time of the last update.
    UpdatedAt,
}

impl From<VerificationSessionsOrderByField> for SessionSort {
    fn from(field: VerificationSessionsOrderByField) -> Self {
        match field {
            VerificationSessionsOrderByField::CreatedAt => Self::CreatedAt,
            VerificationSessionsOrderByField::UpdatedAt => Self::UpdatedAt,
        }
    }
}

/// Sort order of verification sessions. Default: `updatedAt`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "VerificationSessionsOrderByInput")]
pub struct VerificationSessionsOrderBy {
    /// Field to sort by. Default: `updatedAt`.
    pub field: Option<VerificationSessionsOrderByField>,
    /// Sort direction. Default: `Desc`.
    pub direction: Option<OrderByDirection>,
}

impl VerificationSessionsOrderBy {
    pub(crate) fn parts(self) -> (SessionSort, Direction) {
        let field = self.field.unwrap_or(VerificationSessionsOrderByField::UpdatedAt);
        (field.into(), self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

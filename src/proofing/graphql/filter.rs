use async_graphql::{Enum, InputObject};
use entity::proofing_request as table;
use keyset::Direction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    graphql::{DateTimeRange, OrderByDirection},
    proofing::{
        filter::{ProofingFilter, StateFilter},
        store::ProofingSort,
    },
};

/// State of a proofing request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProofingRequestState {
    /// The result is recorded. No further step is possible.
    Complete,
    /// The device is being checked. Requests never have this state, so a filter by it returns nothing.
    Device,
    /// At least one image of the document was uploaded.
    Image,
    /// Started: the device is checked and images are awaited. A request whose device was denied keeps this
    /// state.
    Init,
}

impl From<table::State> for ProofingRequestState {
    fn from(state: table::State) -> Self {
        match state {
            table::State::Init => Self::Init,
            table::State::Image => Self::Image,
            table::State::Complete => Self::Complete,
        }
    }
}

impl ProofingRequestState {
    /// The state as a filter.
    const fn filter(self) -> StateFilter {
        match self {
            Self::Complete => StateFilter::Stored(table::State::Complete),
            Self::Device => StateFilter::Device,
            Self::Image => StateFilter::Stored(table::State::Image),
            Self::Init => StateFilter::Stored(table::State::Init),
        }
    }
}

/// Result of the device risk assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[graphql(remote = "table::DeviceCheck")]
pub enum DeviceCheckResult {
    /// The device is allowed.
    Allow,
    /// The device is denied. The request ends.
    Deny,
    /// The device was not checked. The request continues.
    None,
    /// The device should be reviewed by a person. The request continues.
    Review,
}

/// Result of the document authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[graphql(remote = "table::DocumentAuthentication")]
pub enum DocumentAuthenticationResult {
    /// The document was not authenticated.
    None,
    /// The authentication was inconclusive.
    Unknown,
    /// The document is authentic.
    Passed,
    /// The document is not authentic.
    Failed,
    /// The authentication was skipped.
    Skipped,
    /// The document should be reviewed by a person.
    Attention,
}

/// Filters of proofing requests. A request must match all of them.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(name = "ProofingRequestFiltersInput")]
pub struct ProofingFilters {
    /// Requests that started in this time range.
    pub request_time: Option<DateTimeRange>,
    /// Requests with this result of the device check.
    pub device_check_result: Option<DeviceCheckResult>,
    /// Requests in this state.
    pub state: Option<ProofingRequestState>,
    /// Requests with this result of the document authentication.
    pub document_authentication_result: Option<DocumentAuthenticationResult>,
    /// Requests with this value of `faceMatch`.
    pub face_match: Option<bool>,
}

impl From<ProofingFilters> for ProofingFilter {
    fn from(filters: ProofingFilters) -> Self {
        Self {
            request_time: filters.request_time.map(Into::into),
            device_check_result: filters.device_check_result.map(Into::into),
            state: filters.state.map(ProofingRequestState::filter),
            document_authentication_result: filters.document_authentication_result.map(Into::into),
            face_match: filters.face_match,
        }
    }
}

/// Fields that proofing requests can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum ProofingRequestsOrderByField {
    /// Time of the start.
    RequestTime,
    /// Result of the device check, alphabetically.
    DeviceCheckResult,
    /// State, alphabetically.
    State,
    /// Result of the document authentication, alphabetically. Requests without a result are last.
    DocumentAuthenticationResult,
    /// Whether the faces match, `false` before `true`. Requests without a score are last.
    FaceMatch,
}

impl From<ProofingRequestsOrderByField> for ProofingSort {
    fn from(field: ProofingRequestsOrderByField) -> Self {
        match field {
            ProofingRequestsOrderByField::RequestTime => Self::RequestTime,
            ProofingRequestsOrderByField::DeviceCheckResult => Self::DeviceCheckResult,
            ProofingRequestsOrderByField::State => Self::State,
            ProofingRequestsOrderByField::DocumentAuthenticationResult => Self::DocumentAuthenticationResult,
            ProofingRequestsOrderByField::FaceMatch => Self::FaceMatch,
        }
    }
}

/// Sort order of proofing requests. Default: `requestTime`, newest first.
#[derive(Clone, Copy, Debug, Default, InputObject)]
#[graphql(name = "ProofingRequestsOrderByInput")]
pub struct ProofingOrderBy {
    /// Field to sort by. Default: `requestTime`.
    pub field: Option<ProofingRequestsOrderByField>,
    /// Sort direction. Default: `Desc`.
    pub direction: Option<OrderByDirection>,
}

impl ProofingOrderBy {
    pub(crate) fn parts(self) -> (ProofingSort, Direction) {
        let field = self.field.unwrap_or(ProofingRequestsOrderByField::RequestTime);
        (field.into(), self.direction.unwrap_or(OrderByDirection::Desc).into())
    }
}

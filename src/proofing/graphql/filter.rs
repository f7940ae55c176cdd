use async_graphql::{Enum, InputObject};
use entity::proofing_request as table;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::proofing::store::ProofingSort;
use crate::{
    db::Direction,
    graphql::{DateTimeRange, OrderByDirection},
};

/// How far a proofing request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProofingRequestState {
    /// The outcome is there; no further step is possible.
    Complete,
    /// The device is being checked. No request stays here, so a search for it finds nothing.
    Device,
    /// At least one image of the document is there.
    Image,
    /// Begun: the device is checked, images are awaited. A request whose device was denied stays here.
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
    /// The state as rows have it; `None` for the one that none is in.
    pub(crate) const fn stored(self) -> Option<table::State> {
        match self {
            Self::Complete => Some(table::State::Complete),
            Self::Device => None,
            Self::Image => Some(table::State::Image),
            Self::Init => Some(table::State::Init),
        }
    }
}

/// What the assessment of the device's risk found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[graphql(remote = "table::DeviceCheck")]
pub enum DeviceCheckResult {
    /// The device may go on.
    Allow,
    /// The device may not: the request ends here.
    Deny,
    /// The device was not checked; the request goes on.
    None,
    /// Somebody should look at it; the request goes on.
    Review,
}

/// What the authentication of the document found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[graphql(remote = "table::DocumentAuthentication")]
pub enum DocumentAuthenticationResult {
    /// There was none.
    None,
    /// It came to no result.
    Unknown,
    /// The document is good.
    Passed,
    /// The document is not good.
    Failed,
    /// It was left out.
    Skipped,
    /// Somebody should look at the document.
    Attention,
}

/// Which proofing requests to list: those that pass all that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
#[graphql(name = "ProofingRequestFiltersInput")]
pub struct ProofingFilters {
    /// Requests begun within this stretch of time.
    pub request_time: Option<DateTimeRange>,
    /// Requests with this result of the device check.
    pub device_check_result: Option<DeviceCheckResult>,
    /// Requests in this state.
    pub state: Option<ProofingRequestState>,
    /// Requests with this result of the document's authentication.
    pub document_authentication_result: Option<DocumentAuthenticationResult>,
    /// Requests whose faces matched, or did not.
    pub face_match: Option<bool>,
}

/// Fields that proofing requests can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(rename_items = "camelCase")]
pub enum ProofingRequestsOrderByField {
    /// When the request began.
    RequestTime,
    /// The result of the device check, by its letters.
    DeviceCheckResult,
    /// The state, by its letters.
    State,
    /// The result of the document's authentication, by its letters; requests without one come last.
    DocumentAuthenticationResult,
    /// Whether the faces matched, `false` before `true`; requests without a score come last.
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

use entity::proofing_request::{DeviceCheck, DocumentAuthentication, State};

use crate::db::TimeRange;

/// Filters of a list of proofing requests. A filter that is `None` matches every row; an empty list matches none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProofingFilter {
    pub request_time: Option<TimeRange>,
    pub device_check_result: Option<DeviceCheck>,
    pub state: Option<StateFilter>,
    pub document_authentication_result: Option<DocumentAuthentication>,
    pub face_match: Option<bool>,
}

impl ProofingFilter {
    /// Whether the filters match only requests with a result of the document or of the face. These have their
    /// outcome: the database rejects such a result on a request that is not complete.
    #[must_use]
    pub const fn has_outcome(&self) -> bool {
        self.document_authentication_result.is_some() || self.face_match.is_some()
    }
}

/// A state that clients can filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateFilter {
    /// The device is being checked. No request stays in this state: the filter matches none.
    Device,
    Stored(State),
}

impl StateFilter {
    /// The state as rows have it; `None` for the one that no row has.
    #[must_use]
    pub const fn stored(self) -> Option<State> {
        match self {
            Self::Device => None,
            Self::Stored(state) => Some(state),
        }
    }
}

use async_graphql::{Enum, SimpleObject};

use super::{DeviceCheckResult, DocumentAuthenticationResult, ProofingRequestState};
use crate::{
    Error, Result,
    db::days,
    graphql::{Date, int},
    proofing::store::counts::{CountBy, CountedGroup},
};

const OUTSIDE: Error = Error::Fault("a day outside of the calendar");

/// A value by which proofing requests can be grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "CountBy")]
pub enum ProofingCountBy {
    /// UTC day of the request time.
    Day,
    /// Result of the device check.
    Device,
    /// State.
    State,
    /// Result of the document authentication.
    Document,
    /// Whether the faces match.
    Face,
}

/// Number of proofing requests in a group. A value by which the requests are not grouped is null.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProofingCount {
    /// UTC day of the request time.
    pub day: Option<Date>,
    /// Result of the device check.
    pub device: Option<DeviceCheckResult>,
    /// State.
    pub state: Option<ProofingRequestState>,
    /// Result of the document authentication. Null also for requests without a result.
    pub document: Option<DocumentAuthenticationResult>,
    /// Whether the faces match. Null also for requests without a score.
    pub face_match: Option<bool>,
    /// Number of requests.
    pub count: i32,
}

impl ProofingCount {
    /// # Errors
    ///
    /// When the day is outside of the calendar, or the count exceeds 32 bits.
    pub fn of(group: &CountedGroup) -> Result<Self> {
        Ok(Self {
            day: group.day.map(|day| days::date(day).map(Date).ok_or(OUTSIDE)).transpose()?,
            device: group.device.map(Into::into),
            state: group.state.map(Into::into),
            document: group.document.map(Into::into),
            face_match: group.face_match,
            count: int(group.count)?,
        })
    }
}

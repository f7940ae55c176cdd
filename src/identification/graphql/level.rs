use async_graphql::{Object, SimpleObject, Union};
use entity::{
    Timestamp,
    identification::{Model, Reasons, Status},
};

use super::{IdentificationStatus, Reason};
use crate::{graphql::DateTime, identification::rules::HeldLevels};

/// Levels that a user holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, SimpleObject)]
pub struct IdentificationLevels {
    /// Whether the user holds the level `expert`.
    pub expert: bool,
    /// Whether the user holds the level `qes`.
    #[graphql(name = "QES")]
    pub qes: bool,
    /// Whether the user holds the level `pvid`.
    #[graphql(name = "PVID")]
    pub pvid: bool,
}

impl From<HeldLevels> for IdentificationLevels {
    fn from(HeldLevels { expert, qes, pvid }: HeldLevels) -> Self {
        Self { expert, qes, pvid }
    }
}

/// Statuses of the levels of an identification.
pub struct LevelStatuses<'a>(pub &'a Model);

/// Statuses of the levels of an identification.
#[Object(name = "IdentificationLevelStatusesInfo")]
impl LevelStatuses<'_> {
    /// The level `expert`, which every process awards.
    async fn expert(&self) -> LevelStatus {
        LevelStatus::of(
            self.0.expert_status,
            self.0.expert_reasons.as_ref(),
            (self.0.expert_expired_at.unwrap_or(self.0.updated_at), self.0.expert_valid_until),
        )
    }

    /// The level `qes`, which the process `QES` awards.
    async fn qes(&self) -> LevelStatus {
        LevelStatus::of(
            self.0.qes_status,
            self.0.qes_reasons.as_ref(),
            (self.0.qes_expired_at.unwrap_or(self.0.updated_at), self.0.qes_valid_until),
        )
    }

    /// The level `pvid`, which the process `PVID` awards.
    async fn pvid(&self) -> LevelStatus {
        LevelStatus::of(
            self.0.pvid_status,
            self.0.pvid_reasons.as_ref(),
            (self.0.pvid_expired_at.unwrap_or(self.0.updated_at), self.0.pvid_valid_until),
        )
    }
}

/// Status of one level of an identification, with one type for each status.
// Separate types, so that only the statuses that can have `reasons` have the field.
#[derive(Debug, Union)]
#[graphql(name = "IdentificationLevelStatusInfo")]
pub enum LevelStatus {
    NotSupported(NotSupportedIdentificationLevelStatusInfo),
    NotStarted(NotStartedIdentificationLevelStatusInfo),
    Started(StartedIdentificationLevelStatusInfo),
    Pending(PendingIdentificationLevelStatusInfo),
    Valid(ValidIdentificationLevelStatusInfo),
    Invalid(InvalidIdentificationLevelStatusInfo),
    Canceled(CanceledIdentificationLevelStatusInfo),
    Expired(ExpiredIdentificationLevelStatusInfo),
}

/// Defines the types of the statuses without further data.
macro_rules! bare_statuses {
    ($($(#[$about:meta])* $name:ident)*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, SimpleObject)]
        pub struct $name {
            /// The status.
            status: IdentificationStatus,
        }
    )*};
}

bare_statuses! {
    /// The process of this identification does not award the level.
    NotSupportedIdentificationLevelStatusInfo
    /// No check has started. Only old identifications can have this status.
    NotStartedIdentificationLevelStatusInfo
    /// The user has started the process.
    StartedIdentificationLevelStatusInfo
    /// The user has finished, and the check is in progress.
    PendingIdentificationLevelStatusInfo
    /// Canceled by one of the sides.
    CanceledIdentificationLevelStatusInfo
}

/// The check succeeded.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ValidIdentificationLevelStatusInfo {
    /// The status.
    status: IdentificationStatus,
    /// Time at which the validity ends. Null if it has no end.
    valid_until: Option<DateTime>,
}

/// The check failed.
#[derive(Clone, Debug, SimpleObject)]
pub struct InvalidIdentificationLevelStatusInfo {
    /// The status.
    status: IdentificationStatus,
    /// Reasons, at least one.
    reasons: Vec<Reason>,
}

/// Not completed in time, or no longer valid.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ExpiredIdentificationLevelStatusInfo {
    /// The status.
    status: IdentificationStatus,
    /// Time at which the level expired.
    expired_at: DateTime,
}

impl LevelStatus {
    fn of(
        status: Status,
        reasons: Option<&Reasons>,
        (expired_at, valid_until): (Timestamp, Option<Timestamp>),
    ) -> Self {
        let shown = status.into();
        match status {
            Status::NotSupported => {
                Self::NotSupported(NotSupportedIdentificationLevelStatusInfo { status: shown })
            }
            Status::NotStarted => Self::NotStarted(NotStartedIdentificationLevelStatusInfo { status: shown }),
            Status::Started => Self::Started(StartedIdentificationLevelStatusInfo { status: shown }),
            Status::Pending => Self::Pending(PendingIdentificationLevelStatusInfo { status: shown }),
            Status::Valid => {
                let valid_until = valid_until.map(DateTime);
                Self::Valid(ValidIdentificationLevelStatusInfo { status: shown, valid_until })
            }
            Status::Invalid => {
                let reasons =
                    reasons.map(|reasons| reasons.0.iter().map(|reason| (*reason).into()).collect());
                Self::Invalid(InvalidIdentificationLevelStatusInfo {
                    status: shown,
                    reasons: reasons.unwrap_or_default(),
                })
            }
            Status::Canceled => Self::Canceled(CanceledIdentificationLevelStatusInfo { status: shown }),
            Status::Expired => {
                let expired_at = DateTime(expired_at);
                Self::Expired(ExpiredIdentificationLevelStatusInfo { status: shown, expired_at })
            }
        }
    }
}

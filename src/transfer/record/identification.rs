use entity::{
    grant_policy,
    identification::{self, DocumentType, Process, Reason, Status},
};
use serde::{Deserialize, Serialize};

use crate::transfer::format::{Moment, Named};

/// One run of an identity check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identification {
    pub id: String,
    pub user: String,
    pub process: Named<Process>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_document_type: Option<Named<DocumentType>>,
    pub levels: Levels,
    pub created_at: Moment,
    pub updated_at: Moment,
    /// The provider of the identification, and its id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Origin>,
    /// The history of the levels. If omitted, only the current state is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<LevelChange>,
}

/// The three levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Levels {
    pub expert: LevelState,
    pub qes: LevelState,
    pub pvid: LevelState,
}

/// State of a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelState {
    pub status: Named<Status>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Moment>,
}

/// Origin of an identification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    pub provider: String,
    pub reference: String,
}

/// A change of a level's status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelChange {
    pub level: Named<grant_policy::Level>,
    pub status: Named<identification::Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub at: Moment,
}

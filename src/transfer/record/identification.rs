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
    /// Who made it, and what they call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Origin>,
    /// Which level stood where when; without it, what is known now is all that is.
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

/// Where a level stands.
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

/// Where an identification comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    pub provider: String,
    pub reference: String,
}

/// That a level went somewhere.
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

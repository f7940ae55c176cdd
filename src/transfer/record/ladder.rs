use serde::{Deserialize, Serialize};

use crate::transfer::format::Moment;

/// A rung of the ladder of verification levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Level {
    pub number: i32,
    pub name: String,
    /// Its place on the ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
}

/// One grant of a verification level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    pub number: i32,
    pub user: String,
    /// The numbers of the levels.
    pub current_level: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_level: Option<i32>,
    pub reason: String,
    /// The number of the credential that granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<i32>,
    pub created_at: Moment,
}

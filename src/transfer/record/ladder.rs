use serde::{Deserialize, Serialize};

use crate::transfer::format::Moment;

/// A verification level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Level {
    pub number: i64,
    pub name: String,
    /// Its position in the order of levels, from the lowest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
}

/// One grant of a verification level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    pub number: i64,
    pub user: String,
    /// Number of the granted level; below, that of the previous one.
    pub current_level: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_level: Option<i64>,
    pub reason: String,
    /// Number of the credential that granted the level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<i64>,
    pub created_at: Moment,
}

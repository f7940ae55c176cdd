use entity::verification_result;
use serde::{Deserialize, Serialize};

use crate::{
    result::rules::Data,
    transfer::format::{Moment, Named},
};

/// A verification result released to a relying party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationResult {
    pub id: String,
    pub user: String,
    /// Label of the integration that receives the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<String>,
    pub trace_id: uuid::Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    pub status: Named<verification_result::Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Data>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Moment>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

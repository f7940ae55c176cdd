use entity::proofing_request::{DeviceCheck, DocumentAuthentication, State};
use serde::{Deserialize, Serialize};

use crate::transfer::format::{Moment, Named};

/// One automated check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proofing {
    #[serde(alias = "requestId")]
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    pub request_time: Moment,
    pub state: Named<State>,
    pub device_check_result: Named<DeviceCheck>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_authentication_result: Option<Named<DocumentAuthentication>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_match: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_match_score: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_image_classified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_image_upload_time: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_image_classified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_image_upload_time: Option<Moment>,
}

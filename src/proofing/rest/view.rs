use chrono::SecondsFormat;
use entity::{
    Timestamp,
    proofing_request::{self, Model},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::proofing::graphql::{DeviceCheckResult, DocumentAuthenticationResult};

/// Formats a time for this API: UTC, to the second.
pub fn time(at: Timestamp) -> String {
    // `None` only about 260,000 years from 1970.
    let time = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The state of a request.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = IdProofingState)]
pub enum State {
    Complete,
    Image,
    Init,
}

impl From<proofing_request::State> for State {
    fn from(state: proofing_request::State) -> Self {
        match state {
            proofing_request::State::Complete => Self::Complete,
            proofing_request::State::Image => Self::Image,
            proofing_request::State::Init => Self::Init,
        }
    }
}

/// An ID proofing request. All keys are present; unknown values are null.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingRequest)]
pub struct Request {
    /// Whether the image of the back shows a known document.
    #[schema(required)]
    back_image_classified: Option<bool>,
    /// When the back image was uploaded.
    #[schema(required, format = DateTime)]
    back_image_upload_time: Option<String>,
    device_check_result: DeviceCheckResult,
    #[schema(required)]
    document_authentication_result: Option<DocumentAuthenticationResult>,
    /// Whether the document photo and the selfie match.
    #[schema(required)]
    face_match: Option<bool>,
    /// Similarity of the faces. They match from 80; rely on `faceMatch`.
    #[schema(required, minimum = 0, maximum = 100)]
    face_match_score: Option<i32>,
    /// Whether the image of the front shows a known document.
    #[schema(required)]
    front_image_classified: Option<bool>,
    /// When the front image was uploaded.
    #[schema(required, format = DateTime)]
    front_image_upload_time: Option<String>,
    #[schema(value_type = String, format = "uuid")]
    request_id: Uuid,
    /// When the request started.
    #[schema(format = DateTime, example = "2019-02-19T13:15:27Z")]
    request_time: String,
    state: State,
}

impl From<&Model> for Request {
    fn from(row: &Model) -> Self {
        Self {
            back_image_classified: row.back_image_classified,
            back_image_upload_time: row.back_image_upload_time.map(time),
            device_check_result: row.device_check_result.into(),
            document_authentication_result: row.document_authentication_result.map(Into::into),
            face_match: row.face_match,
            face_match_score: row.face_match_score,
            front_image_classified: row.front_image_classified,
            front_image_upload_time: row.front_image_upload_time.map(time),
            request_id: row.id,
            request_time: time(row.request_time),
            state: row.state.into(),
        }
    }
}

use chrono::SecondsFormat;
use entity::{Timestamp, proofing_request::Model};
use sea_orm::ActiveEnum;
use serde_json::{Value, json};

/// A moment as this API prints it: in UTC, to the second.
pub fn time(at: Timestamp) -> String {
    // `None` only some 260,000 years away from 1970.
    let time = chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A request as this API prints it: every key, in the order of its document, with `null` for what is not there yet.
pub fn request(row: &Model) -> Value {
    json!({
        "backImageClassified": row.back_image_classified,
        "backImageUploadTime": row.back_image_upload_time.map(time),
        "deviceCheckResult": row.device_check_result.to_value(),
        "documentAuthenticationResult": row.document_authentication_result.map(|result| result.to_value()),
        "faceMatch": row.face_match,
        "faceMatchScore": row.face_match_score,
        "frontImageClassified": row.front_image_classified,
        "frontImageUploadTime": row.front_image_upload_time.map(time),
        "requestId": row.id,
        "requestTime": time(row.request_time),
        "state": row.state.to_value(),
    })
}

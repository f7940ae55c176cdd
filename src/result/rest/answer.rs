use entity::verification_result::Model;
use sea_orm::ActiveEnum;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    http::{
        rest::{ErrorBody, RequestInfo, RestError},
        token_form::Form,
    },
    result::rules::Data,
};

// The keys are in the order of the API's document.
/// A verification result.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VerificationDetails)]
pub struct Details {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    #[schema(value_type = String, format = "uuid")]
    project_id: Uuid,
    #[schema(value_type = String, format = "uuid")]
    trace_id: Uuid,
    /// Milliseconds since 1970.
    verified_at: i64,
    /// `VERIFIED`.
    #[schema(example = "VERIFIED")]
    status: String,
    /// Released data: any of `IDENTITY_ID`, `NAME`, `DATE_OF_BIRTH`, `PHONE`.
    scopes: Vec<String>,
    /// The released data: `identityId`; `name` with `fullName`, `firstName` and `lastName`; `dateOfBirth` in
    /// milliseconds since 1970; `phone` in E.164.
    #[schema(value_type = Object)]
    data: Data,
}

impl Details {
    #[must_use]
    pub fn new(row: Model, data: Data) -> Self {
        Self {
            id: row.id,
            project_id: row.project_id,
            trace_id: row.trace_id,
            verified_at: row.verified_at.map_or(0, |at| at.0),
            status: row.status.to_value(),
            scopes: row.scopes.map(|scopes| scopes.0).unwrap_or_default(),
            data,
        }
    }
}

/// An error response of the verification-results API.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationResultError)]
pub struct Body {
    /// Milliseconds since 1970; omitted if the request was rejected before processing.
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<i64>,
    #[schema(example = 404)]
    status: u16,
    /// Text of the HTTP status.
    #[schema(example = "Not Found")]
    error: &'static str,
    /// Human-readable description of the error.
    message: String,
    /// The requested path.
    path: String,
}

impl ErrorBody for Body {
    const FORM: Form = Form::ServerToken;
    const CHALLENGE: Option<&'static str> = None;

    fn new(error: RestError, request: &RequestInfo<'_>) -> Self {
        let message = match error.request_id(request) {
            Some(id) => format!("{} (request {id})", error.message),
            None => error.message,
        };
        Self {
            timestamp: request.now.map(|now| now.0),
            status: error.status.as_u16(),
            error: error.status.canonical_reason().unwrap_or_default(),
            message,
            path: request.path.to_owned(),
        }
    }
}

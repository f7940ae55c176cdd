//! The verification-results API: `POST /v1/integration/authorize/server` and `GET
//! /v1/verification/details/{id}`. A thin view over the store, permissions and tag limits that GraphQL uses.

pub mod answer;

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{MatchedPath, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use entity::verification_result::Status;
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

use self::answer::{Body, Details};
use super::{
    integration::{self, AuthenticateOutcome},
    store,
};
use crate::{
    Error,
    auth::{Audience, Caller, Permission, TokenSubject, VerifiedToken},
    http::{
        ApiState,
        path::Segments,
        position::ReadRequest,
        reply::RequestId,
        rest::{self, RequestInfo, RestError},
        route,
    },
    user,
};

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(
    paths(authorize, details),
    tags((name = "Verification results", description = "Identity data released to relying parties"))
)]
pub struct Api;

/// The routes of this API.
pub fn routes() -> Router<ApiState> {
    Router::new()
        .route("/v1/integration/authorize/server", route::post(authorize))
        .route("/v1/verification/details/{id}", route::get(details))
}

/// The integration that requests a token.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IntegrationSecret)]
struct Secret {
    #[schema(example = "621cda6e-c7de-4ebd-9219-a137a84a5211")]
    integration_id: String,
    #[schema(example = "supersecret")]
    secret: String,
}

/// A token for fetching results.
#[derive(Serialize, ToSchema)]
#[schema(as = ServerToken)]
struct Token {
    /// Send it as `x-auth-token`. Valid for many requests, for 15 minutes unless the server is configured
    /// differently.
    token: String,
}

/// Authorize a server
#[utoipa::path(
    post, path = "/v1/integration/authorize/server", tag = "Verification results", operation_id = "authorizeServer",
    security(("apiKey" = [])), request_body = Secret,
    responses(
        (status = 200, description = "A token", body = Token),
        (status = 400, description = "The body is invalid", body = Body),
        (status = 401, description = "The secret does not belong to this integration", body = Body),
        (status = 403, description = "The API key is missing or unknown", body = Body),
    ),
)]
async fn authorize(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let key = header(&headers, "x-api-key").ok_or_else(unknown_key)?;
        let secret: Secret = serde_json::from_slice(&body).map_err(|_| {
            RestError::bad("the body must be JSON with the strings `integrationId` and `secret`")
        })?;
        let pair = (secret.integration_id.as_str(), secret.secret.as_str());
        let now = app.clock.now();
        match integration::authenticate(&app.store, &app.root, now, key, pair).await? {
            AuthenticateOutcome::UnknownKey => Err(unknown_key()),
            AuthenticateOutcome::WrongSecret => {
                Err(RestError::new(StatusCode::UNAUTHORIZED, "this is not the secret of this integration"))
            }
            AuthenticateOutcome::Credential(row) => {
                let scope = [Permission::ResultsView].into_iter().collect();
                let issued = VerifiedToken { subject: TokenSubject::Credential(row.id), scope };
                let life = i64::try_from(app.limits.server_token_seconds).unwrap_or(i64::MAX);
                Ok(Token { token: app.signer.issue(issued, Audience::Results, &app.clock, life).await? })
            }
        }
    };
    let result = work.await;
    rest::respond::<Body>(RequestInfo { id: &id.0, path: uri.path(), now: Some(app.clock.now()) }, result)
}

/// Fetch a verification result
#[utoipa::path(
    get, path = "/v1/verification/details/{id}", tag = "Verification results", operation_id = "getVerificationDetails",
    params(("id" = String, Path, format = "uuid", description = "Id of the verification, or its trace id")),
    responses(
        (status = 200, description = "The result, with the data that its scopes release", body = Details, example = json!({
            "id": "55a951eb-265c-4706-9ebf-99ae35c745ab",
            "projectId": "ad30fbcb-a41c-465b-a9d3-f245ab418b18",
            "traceId": "46cb353b-5b3b-4de9-9676-9b2d5d081027",
            "verifiedAt": 1_730_481_625_983_i64,
            "status": "VERIFIED",
            "scopes": ["DATE_OF_BIRTH"],
            "data": { "dateOfBirth": 802_224_000_000_i64 },
        })),
        (status = 400, description = "The id is not a UUID", body = Body),
        (status = 404, description = "The verification does not exist, is not verified, or belongs to another integration", body = Body),
    ),
)]
async fn details(
    reading: ReadRequest,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    Segments(wanted): Segments<String>,
) -> Response {
    let app = reading.primary();
    let work = async {
        let token = header(&headers, "x-auth-token");
        let token = token.ok_or(Error::Unauthenticated("a token is required: send it as `x-auth-token`"))?;
        let caller = app.callers.of_token(token, Audience::Results, app.clock.now()).await?;
        let admitted = rest::admit_caller(app, caller, ("GET", path.as_str()))?;
        let source = reading.choose().await;
        Box::pin(rest::timed(app, find(&source, &admitted.caller, &wanted))).await
    };
    let result = work.await;
    rest::respond::<Body>(RequestInfo { id: &id.0, path: uri.path(), now: Some(app.clock.now()) }, result)
}

async fn find(app: &ApiState, caller: &Caller, wanted: &str) -> Result<Details, RestError> {
    let Ok(wanted) = Uuid::try_parse(wanted) else {
        return Err(RestError::bad("the id of a verification must be a UUID"));
    };
    let row = store::by_id_or_trace(&app.store, caller, wanted)
        .filter(entity::verification_result::Column::Status.eq(Status::Verified))
        .one(app.store.read())
        .await
        .map_err(Error::from)?
        .ok_or_else(unknown)?;
    let user = user::store::by_ids(&app.store, caller, &[row.user_id]).await?;
    let user = user.first().ok_or_else(unknown)?;
    let data = store::data_of(&app.vault, &row, user).await?.ok_or_else(unknown)?;
    Ok(Details::new(row, data))
}

fn unknown_key() -> RestError {
    RestError::new(StatusCode::FORBIDDEN, "the API key is missing or unknown: send it as `x-api-key`")
}

fn unknown() -> RestError {
    RestError::not_found("there is no such verified verification")
}

/// The value of a header that occurs exactly once.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

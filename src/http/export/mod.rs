//! `POST /export/…`: whole lists as a file. The rows come from the queries of the graph, page by page, so that
//! permissions, filters and limits are theirs.
//!
//! | file | content |
//! |---|---|
//! | `lists` | what can be exported |
//! | `rows` | lines of JSON and CSV |
//! | `stream` | the pages of an export |

mod lists;
mod rows;
mod stream;

use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use utoipa::{OpenApi, ToSchema};

use self::{
    lists::List,
    rows::Format,
    stream::{Export, ExportRequest, Failure},
};
use super::{
    App, bearer, cookie, error_format,
    graphql::unauthenticated,
    position::RequestPosition,
    reply::{RequestId, again, busy, refusal},
    route,
    token_form::Form,
};
use crate::{
    Code, Error, Result,
    audit::{self, Action, Entry},
    auth::{Caller, session::is_fresh},
    graphql::error_body,
};

/// Rows of an export at most.
pub const ROWS: u64 = 100_000;
/// Exports that run at once: of a caller, and of the server.
const AT_ONCE: (u64, u64) = (1, 4);

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(
    paths(
        users, identifications, proofing_requests, verifications, verification_sessions, verification_results,
        audit_events, webhook_event_logs
    ),
    components(schemas(ExportBody)),
    tags((name = "Exports", description = "Whole lists as files, up to 100,000 rows. Each export is in the audit log before its first row."))
)]
pub struct Api;

/// The routes of this API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/export/users", route::post(users))
        .route("/export/identifications", route::post(identifications))
        .route("/export/proofingRequests", route::post(proofing_requests))
        .route("/export/verifications", route::post(verifications))
        .route("/export/verificationSessions", route::post(verification_sessions))
        .route("/export/verificationResults", route::post(verification_results))
        .route("/export/auditEvents", route::post(audit_events))
        .route("/export/webhookEventLogs", route::post(webhook_event_logs))
}

/// What to export.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct ExportBody {
    /// Filters of the list, as in GraphQL. Default: all items.
    #[schema(value_type = Option<Object>, example = json!({ "statuses": ["Active"] }))]
    filters: Option<Map<String, Json>>,
    /// Sort order of the list, as in GraphQL. Default: that of the list.
    #[schema(value_type = Option<Object>, example = json!({ "field": "createdAt", "direction": "Asc" }))]
    order_by: Option<Map<String, Json>>,
    /// Form of the file. Default: `ndjson`.
    format: Format,
}

/// Defines the handler of a list.
macro_rules! export {
    ($(#[$doc:meta])* $handler:ident, $path:literal, $id:literal, $list:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            post, path = $path, tag = "Exports", operation_id = $id, request_body = ExportBody,
            responses(
                (
                    status = 200, description = "The rows, one in each line",
                    content((String = "application/x-ndjson"), (String = "text/csv"))
                ),
                (status = 400, description = "The body is invalid, or the list has more than 100,000 rows", body = error_format::ErrorList),
                (status = 403, description = "The caller lacks a permission, or has to sign in again", body = error_format::ErrorList),
            ),
        )]
        async fn $handler(
            State(app): State<App>,
            Extension(id): Extension<RequestId>,
            Extension(position): Extension<RequestPosition>,
            headers: HeaderMap,
            body: Bytes,
        ) -> Response {
            answer(app, ($path, &$list), (id, position), headers, &body).await
        }
    };
}

export!(
    /// Export users
    ///
    /// With the personal data that the caller may read.
    users, "/export/users", "exportUsers", lists::USERS
);
export!(
    /// Export identifications
    identifications, "/export/identifications", "exportIdentifications", lists::IDENTIFICATIONS
);
export!(
    /// Export ID proofing requests
    proofing_requests, "/export/proofingRequests", "exportProofingRequests", lists::PROOFING_REQUESTS
);
export!(
    /// Export the verification history
    verifications, "/export/verifications", "exportVerifications", lists::VERIFICATIONS
);
export!(
    /// Export verification sessions
    verification_sessions, "/export/verificationSessions", "exportVerificationSessions", lists::VERIFICATION_SESSIONS
);
export!(
    /// Export verification results
    ///
    /// Without the data that the results release.
    verification_results, "/export/verificationResults", "exportVerificationResults", lists::VERIFICATION_RESULTS
);
export!(
    /// Export the audit log
    audit_events, "/export/auditEvents", "exportAuditEvents", lists::AUDIT_EVENTS
);
export!(
    /// Export the deliveries of webhook events
    webhook_event_logs, "/export/webhookEventLogs", "exportWebhookEventLogs", lists::WEBHOOK_EVENT_LOGS
);

/// Authenticates a request by cookie or token.
async fn authenticated(app: &App, headers: &HeaderMap) -> Result<Caller> {
    if cookie::is_used(app, headers) {
        cookie::caller(app, headers).await
    } else {
        bearer::caller(app, headers, Form::Named).await
    }
}

async fn answer(
    app: App,
    (path, list): (&str, &'static List),
    (id, position): (RequestId, RequestPosition),
    headers: HeaderMap,
    body: &[u8],
) -> Response {
    let caller = match authenticated(&app, &headers).await {
        Ok(caller) => caller,
        Err(error) => return unauthenticated(&error, &headers, &id),
    };
    let fails = |error: &Error| {
        let status = error_format::status(error.code());
        let answer = (status, axum::Json(error_body(error, &id.0))).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE { again(answer) } else { answer }
    };
    if let Err(error) = app.policy.check_route(&caller, "POST", path) {
        return fails(&error);
    }
    let now = app.clock.now();
    if caller.member().is_some_and(|access| !is_fresh(access.session.authenticated_at, now)) {
        return sign_in_again();
    }
    // An object only: a struct is read from a list too.
    let body = serde_json::from_slice(body).map(Json::Object).and_then(serde_json::from_value);
    let body: ExportBody = match body {
        Ok(body) => body,
        Err(error) => {
            let text = format!("the body must be JSON with `filters`, `orderBy` and `format`: {error}");
            return refusal(StatusCode::BAD_REQUEST, Code::BadUserInput, &text);
        }
    };
    if body.order_by.is_some() && !list.has_order() {
        let text = "this list has one order: leave `orderBy` out";
        return refusal(StatusCode::BAD_REQUEST, Code::BadUserInput, text);
    }
    let (of_caller, of_server) = AT_ONCE;
    let permits = (
        app.exports.acquire(caller.actor_id(), of_caller),
        app.exports.acquire(uuid::Uuid::nil(), of_server),
    );
    let (Some(own), Some(of_all)) = permits else {
        return busy("another export is running: wait until it is complete");
    };
    let fields = match list.readable(app.policy, &caller) {
        Ok(fields) => fields,
        Err(error) => return fails(&error),
    };
    let format = body.format;
    let request = ExportRequest { id: id.clone(), position, headers };
    let export = Export::new(app.clone(), list, request, fields, body);
    let began = async {
        export.check_total(caller.clone()).await?;
        let first = export.read(caller.clone()).await?;
        // Before the answer: without the entry there is none.
        record(&app, &caller).await?;
        Ok(first)
    };
    let first = match began.await {
        Ok(first) => first,
        Err(Failure::Error(error)) => return fails(&error),
        Err(Failure::Answer(status, errors)) => {
            return (status, axum::Json(json!({ "errors": errors }))).into_response();
        }
    };
    let name = format!("attachment; filename=\"{}.{}\"", list.name, format.extension());
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, Body::from_stream(export.lines(&first, (own, of_all)))).into_response()
}

async fn record(app: &App, caller: &Caller) -> Result<()> {
    let transaction = app.store.begin().await?;
    let clock = app.clocks.of(&caller.project);
    let entry = Entry::of_project(caller.project_id(), Action::ProjectExported);
    audit::record(&transaction, &clock, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// The member signed in too long ago. The page asks its member, and sends the request again.
fn sign_in_again() -> Response {
    let error = json!({
        "message": "sign in again: an export needs a sign-in within the last 5 minutes",
        "extensions": { "code": "FRESH_SIGN_IN_NEEDED" },
    });
    (StatusCode::FORBIDDEN, axum::Json(json!({ "errors": [error] }))).into_response()
}

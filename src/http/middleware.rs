use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures_util::{FutureExt, future::BoxFuture};
use tracing::Instrument;

use super::{
    body::{BodyError, ReceivedBody, UploadPermit},
    error_format::{ErrorFormats, RejectedRequest},
    state::ApiState,
};
use crate::{Code, audit::actor, auth::ActorId, http::reply::RequestId};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The limits of a path's requests.
#[derive(Clone)]
pub struct ConcurrencyLimit {
    pub app: ApiState,
    /// Maximum number of bytes of a body.
    pub most: u64,
    /// The setting of that limit.
    pub setting: &'static str,
    /// Seconds for the response, counted from the arrival of the body, and the name of that setting.
    pub time: (u64, &'static str),
}

/// Assigns an id to each request, logs it, measures it, and answers for a handler that panics.
pub fn trace(State(app): State<ApiState>, mut request: Request, next: Next) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
        let is_plain = |id: &&str| {
            (1..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let id = given.filter(is_plain).map_or_else(|| app.clock.new_id().to_string(), str::to_owned);
        let method = request.method().clone();
        let request_path = request.uri().path().to_owned();
        let path = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
        request.extensions_mut().insert(RequestId(id.clone()));

        let started = Instant::now();
        let span = tracing::info_span!("request", request_id = id);
        // An overall deadline that also covers work before a body is read: all work of the request ends with
        // it.
        let limits = &app.limits;
        let most = limits.body_seconds + limits.query_seconds.max(limits.upload_seconds);
        let run = tokio::time::timeout(Duration::from_secs(most), next.run(request));
        let run = async {
            run.await.unwrap_or_else(|_| {
                too_late(app.error_format, (limits.query_seconds, "limits.query_seconds"), &id, &request_path)
            })
        };
        let run = std::panic::AssertUnwindSafe(run).catch_unwind().instrument(span);
        let (answer, summary) = actor::requested(&id, run).await;
        let mut response = answer.unwrap_or_else(|_| {
            tracing::error!(request_id = id, "request handler panicked");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            RejectedRequest {
                status,
                code: Code::Internal,
                message: "internal error",
                id: &id,
                path: &request_path,
            }
            .answer(app.error_format)
        });

        let took = started.elapsed();
        let status = response.status().as_u16();
        tracing::info!(
            request_id = id,
            %method,
            path,
            status,
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            operation = summary.operation,
            credential = summary.actor.and_then(ActorId::credential).map(tracing::field::display),
            membership = summary.actor.and_then(ActorId::membership).map(tracing::field::display),
            project = summary.project.map(tracing::field::display),
            "answered"
        );
        let labels = [("method", known(&method).to_owned()), ("path", path), ("status", status.to_string())];
        metrics::counter!("verigraph_http_requests_total", &labels).increment(1);
        metrics::histogram!("verigraph_http_request_seconds", &labels[1..2]).record(took);
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let nosniff = HeaderValue::from_static("nosniff");
        response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
        response
    })
}

/// A method as a metrics label. All unknown methods share one label; otherwise each would create a permanent
/// time series.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Reads the request's body within the limits of size and time, then rejects the request while too many
/// others are in flight. In this order, so that a slow body does not hold a permit that another request could
/// use.
pub fn limit(
    State(admission): State<ConcurrencyLimit>,
    request: Request,
    next: Next,
) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let ConcurrencyLimit { app, most, setting, time } = admission;
        let limits = &app.limits;
        let (head, body) = request.into_parts();
        let id = head.extensions.get::<RequestId>().map_or("", |id| id.0.as_str());
        let refuse = |status, code, message: &str| {
            RejectedRequest { status, code, message, id, path: head.uri.path() }.answer(app.error_format)
        };
        let too_large = || {
            let text = format!("the body is too large: the limit is {most} bytes (`{setting}`)");
            refuse(StatusCode::PAYLOAD_TOO_LARGE, Code::BadRequest, &text)
        };
        let announced =
            head.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length: u64| length > most) {
            return too_large();
        }
        let deadline = tokio::time::Instant::now() + Duration::from_secs(limits.body_seconds);
        let ReceivedBody { bytes, held } = match app.bodies.receive(body, most, deadline).await {
            Ok(received) => received,
            Err(BodyError::TooLarge) => return too_large(),
            Err(BodyError::BrokenOff) => {
                return refuse(StatusCode::BAD_REQUEST, Code::BadRequest, "the body ended early");
            }
            Err(BodyError::NoRoom) => {
                let most = limits.bodies;
                let text =
                    format!("too many request bodies in memory: the limit is {most} bytes (`limits.bodies`)");
                return refuse(StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded, &text);
            }
            Err(BodyError::TooSlow) => {
                let text = format!(
                    "the body took longer than {} seconds (`limits.body_seconds`)",
                    limits.body_seconds
                );
                return refuse(StatusCode::REQUEST_TIMEOUT, Code::Timeout, &text);
            }
        };
        let Ok(permit) = app.in_flight.clone().try_acquire_owned() else {
            let most = limits.in_flight;
            let text = format!("too many requests are in flight: the limit is {most} (`limits.in_flight`)");
            return refuse(StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded, &text);
        };
        // GraphQL determines itself which requests change data.
        let may_change = head.method != Method::GET && head.uri.path() != "/graphql";
        let upload = head.extensions.get::<Arc<UploadPermit>>().cloned();
        let (path, id) = (head.uri.path().to_owned(), id.to_owned());
        let work = async move {
            let answer = next.run(Request::from_parts(head, Body::from(bytes)));
            // From here on: the time includes authentication.
            let answer = tokio::time::timeout(Duration::from_secs(time.0), answer).await;
            let answer = answer.unwrap_or_else(|_| too_late(app.error_format, time, &id, &path));
            if may_change {
                app.notifier.notify();
            }
            drop((permit, held, upload));
            answer
        };
        // A separate task completes even if the client disconnects, so the limits count work rather than
        // waiting clients.
        match tokio::spawn(actor::inherited(work).in_current_span()).await {
            Ok(answer) => answer,
            // `trace` answers for it.
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    })
}

/// The response to a request that timed out.
fn too_late(formats: ErrorFormats, (seconds, setting): (u64, &str), id: &str, path: &str) -> Response {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let message = format!("the request took too long: the limit is {seconds} seconds (`{setting}`)");
    RejectedRequest { status, code: Code::Timeout, message: &message, id, path }.answer(formats)
}

use async_graphql::parser::types::OperationType;
use axum::{
    Extension,
    body::Bytes,
    extract::{
        RawQuery, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Map, Value as Json};

use super::{
    App, bearer, cookie, error_format,
    event_stream::{self, EventStream},
    media::{Media, wants_page},
    position::RequestPosition,
    reply::{RequestId, again, busy, refusal},
    request::{AllowedOperations, RawRequest, RequestRejection, ValidatedRequest},
    socket,
};
use crate::{
    Code, Error,
    auth::Caller,
    graphql::{self, ResponseBody},
    http::token_form,
};

/// `POST /graphql`.
pub async fn post(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Extension(position): Extension<RequestPosition>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let stream = EventStream::accepted(&headers);
    let media = if stream == EventStream::Always { Some(Media::Json) } else { Media::accepted(&headers) };
    let Some(media) = media else { return not_acceptable() };
    if !is_json(&headers) {
        let text = "send the request as application/json, in UTF-8";
        return refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadRequest, text);
    }
    let is_by_cookie = cookie::is_used(&app, &headers);
    let caller = if is_by_cookie {
        cookie::caller(&app, &headers).await
    } else {
        bearer::caller(&app, &headers, token_form::Form::Named).await
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(error) => return unauthenticated(&error, &headers, &id),
    };
    match serde_json::from_slice::<Json>(&body) {
        Ok(Json::Object(body)) if is_streamed(stream, &app, &caller, &body) => {
            event_stream::open(app, &headers, id, body, AllowedOperations::Everything).await
        }
        Ok(Json::Array(_)) => bad_request("batches are not supported: send one operation per request"),
        Ok(Json::Object(mut body)) => match RawRequest::read(|name| body.remove(name).unwrap_or_default()) {
            Ok(sent) => {
                let sent = sent.listed_only(is_by_cookie);
                run(&app, caller, sent, media, AllowedOperations::Everything, &id, &position).await
            }
            Err(text) => bad_request(text),
        },
        Ok(_) => bad_request("the body must be a JSON object with a `query`"),
        Err(_) => bad_request("the body is not valid JSON"),
    }
}

/// `GET /graphql`: queries, WebSocket handshakes, and redirects of browsers to the explorer.
pub async fn get(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Extension(position): Extension<RequestPosition>,
    headers: HeaderMap,
    RawQuery(parameters): RawQuery,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if socket::is_asked_for(&headers) {
        return socket::open(app, &headers, id, upgrade).await;
    }
    let parameters = parameters.unwrap_or_default();
    let parameter = |name: &str| {
        form_urlencoded::parse(parameters.as_bytes()).find(|(found, _)| found == name).map(|(_, value)| value)
    };
    if app.explorer.is_some()
        && wants_page(&headers)
        && parameter("query").is_none()
        && parameter("extensions").is_none()
    {
        return Redirect::to("/explorer/").into_response();
    }
    let stream = EventStream::accepted(&headers);
    let media = if stream == EventStream::Always { Some(Media::Json) } else { Media::accepted(&headers) };
    let Some(media) = media else { return not_acceptable() };
    let caller = match bearer::caller(&app, &headers, token_form::Form::Named).await {
        Ok(caller) => caller,
        Err(error) => return unauthenticated(&error, &headers, &id),
    };
    let read = |name: &str| match (name, parameter(name)) {
        (_, None) => Json::Null,
        ("query" | "operationName", Some(text)) => text.into(),
        // Some clients' URL builders send an empty value for an omitted one.
        (_, Some(text)) if text.is_empty() => Json::Null,
        (_, Some(text)) => serde_json::from_str(&text).unwrap_or_else(|_| text.into()),
    };
    let names = ["query", "operationName", "variables", "extensions"];
    let body = || names.into_iter().map(|name| (name.to_owned(), read(name))).collect();
    if stream != EventStream::Never
        && let body = body()
        && is_streamed(stream, &app, &caller, &body)
    {
        return event_stream::open(app, &headers, id, body, AllowedOperations::Reading).await;
    }
    match RawRequest::read(read) {
        Ok(sent) => run(&app, caller, sent, media, AllowedOperations::Queries, &id, &position).await,
        Err(text) => bad_request(text),
    }
}

/// Whether the response is an event stream.
fn is_streamed(stream: EventStream, app: &App, caller: &Caller, body: &Map<String, Json>) -> bool {
    let is_subscription = || {
        let sent = RawRequest::read(|name| body.get(name).cloned().unwrap_or_default()).ok()?;
        Some(
            ValidatedRequest::of(app, caller, sent, AllowedOperations::Everything).ok()?.ty
                == OperationType::Subscription,
        )
    };
    match stream {
        EventStream::Never => false,
        EventStream::OfSubscriptions => is_subscription().unwrap_or_default(),
        EventStream::Always => true,
    }
}

async fn run(
    app: &App,
    caller: Caller,
    sent: RawRequest,
    media: Media,
    allowed: AllowedOperations,
    id: &RequestId,
    position: &RequestPosition,
) -> Response {
    let refused = |error: &Error| {
        if error.is_outage() {
            return turned_away(error, id);
        }
        let status = match error.code() {
            Code::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        respond(status, media, graphql::error_body(error, &id.0).to_string().into())
    };
    let admitted = match ValidatedRequest::of(app, &caller, sent, allowed) {
        Ok(admitted) => admitted,
        Err(RequestRejection::Elsewhere(text)) => {
            let answer = refusal(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, text);
            return ([(header::ALLOW, "POST")], answer).into_response();
        }
        Err(RequestRejection::Because(error)) => return refused(&error),
    };
    if admitted.ty == OperationType::Subscription {
        let text = "a subscription needs a WebSocket to this URL with the protocol graphql-transport-ws, or \
            `Accept: text/event-stream`";
        return refused(&Error::BadDocument(text.to_owned()));
    }
    let answer = match admitted.run(app, caller, id, Some(position)).await {
        Ok(answer) => answer,
        Err(error) if error.code() == Code::Overloaded => return busy(&error.to_string()),
        Err(error) => return refused(&error),
    };
    let status = if ResponseBody::ran(&answer) { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    match answer.to_json() {
        // The same request may succeed a moment later. Proxies and clients recognize this by the status,
        // whatever media type they accept.
        Ok(body) if answer.is_outage() => again(as_it_is(StatusCode::SERVICE_UNAVAILABLE, media, body)),
        Ok(body) => respond(status, media, body),
        Err(error) => refused(&error),
    }
}

/// The response to a well-formed request. With `application/json` the status is always 200: clients of that
/// type assume that any other status comes from an intermediary.
fn respond(status: StatusCode, media: Media, body: Vec<u8>) -> Response {
    as_it_is(if media == Media::Json { StatusCode::OK } else { status }, media, body)
}

fn as_it_is(status: StatusCode, media: Media, body: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, media.content_type()), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}

fn bad_request(text: &str) -> Response {
    refusal(StatusCode::BAD_REQUEST, Code::BadRequest, text)
}

fn not_acceptable() -> Response {
    let text = "accept application/graphql-response+json or application/json";
    refusal(StatusCode::NOT_ACCEPTABLE, Code::BadRequest, text)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let mut charset = parts
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("charset"));
    matches!(essence.as_str(), "application/json" | "application/graphql-response+json")
        && charset.all(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

/// RFC 6750, section 3: without a token only the challenge, with an invalid one also the error.
pub(super) fn unauthenticated(error: &Error, headers: &HeaderMap, id: &RequestId) -> Response {
    if error.code() != Code::Unauthenticated {
        return turned_away(error, id);
    }
    let body = graphql::error_body(error, &id.0);
    let challenge = if headers.contains_key(header::AUTHORIZATION) {
        "Bearer realm=\"verigraph\", error=\"invalid_token\""
    } else {
        "Bearer realm=\"verigraph\""
    };
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)], axum::Json(body)).into_response()
}

/// A request that failed as a whole, for a reason other than its content.
fn turned_away(error: &Error, id: &RequestId) -> Response {
    let status = error_format::status(error.code());
    let answer = (status, axum::Json(graphql::error_body(error, &id.0))).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE { again(answer) } else { answer }
}

//! The `OpenAPI` document of the REST paths. Handlers describe what is specific to them. Shared parts are
//! derived from their source: permissions from the policy table, rejections by the middleware from the error
//! format of the path's API.

mod position;
mod webhooks;

use std::sync::LazyLock;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use utoipa::{
    OpenApi,
    openapi::{
        Content, ContentBuilder, KnownFormat, ObjectBuilder, OpenApi as Document, Ref, RefOr, Required,
        ResponseBuilder, SchemaFormat, Server, Type,
        extensions::Extensions,
        path::{Operation, PathItem},
        security::{
            ApiKey, ApiKeyValue, ClientCredentials, Flow, Http, HttpAuthScheme, OAuth2, Scopes,
            SecurityRequirement, SecurityScheme,
        },
    },
};

use super::{
    App,
    bearer::API_KEY,
    error_format::{ErrorFormat, ErrorList, RejectedRequest},
    export, health,
    token_form::Form,
};
use crate::{
    Code,
    auth::{Permission, policy::rule::Requirement},
    http::{formats, oauth},
    member, proofing, result,
    schema::POLICY,
    session, verification,
    webhook::body::{EventBody, ResultBody, SessionBody},
};

/// Rejections by the middleware on every path: status, code, description in the document, and error message.
const REFUSED: &[(StatusCode, Code, &str, &str)] = &[
    (
        StatusCode::BAD_REQUEST,
        Code::BadRequest,
        "The request is invalid for this path",
        "the body ended early",
    ),
    (
        StatusCode::REQUEST_TIMEOUT,
        Code::Timeout,
        "The body took too long",
        "the body took longer than 15 seconds (`limits.body_seconds`)",
    ),
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::BadRequest,
        "The body is too large",
        // Each path has its own limit.
        "",
    ),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        Code::Overloaded,
        "Too many requests: retry after the number of seconds in `Retry-After`",
        "too many requests are in flight: the limit is 256 (`limits.in_flight`)",
    ),
];

/// The response of every path to an internal error.
const FAULT: (StatusCode, Code, &str, &str) = (
    StatusCode::INTERNAL_SERVER_ERROR,
    Code::Internal,
    "An internal error; the server's log has it under the request id",
    "internal error",
);

/// Rejections of requests that do not come from a page of this server.
const OF_PAGES: &[(StatusCode, Code, &str, &str)] = &[
    (StatusCode::UNAUTHORIZED, Code::Unauthenticated, "The request has no session", ""),
    (StatusCode::FORBIDDEN, Code::Forbidden, "The request does not come from a page of this server", ""),
    (StatusCode::CONFLICT, Code::BadUserInput, "People cannot sign in to this server in this way", ""),
    (StatusCode::GONE, Code::BadUserInput, "The link or sign-in was used or has expired", ""),
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadRequest, "The body is not JSON", ""),
    (StatusCode::TOO_MANY_REQUESTS, Code::Overloaded, "Sign-ins of the account are paused", ""),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "verigraph",
        description = "The REST APIs of verigraph. The GraphQL API at `/graphql` has its own schema.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    paths(serve),
    components(schemas(ErrorList, EventBody, SessionBody, ResultBody))
)]
struct Own;

/// Builds the document.
#[must_use]
pub fn document() -> Document {
    let mut document = Own::openapi();
    for api in [
        proofing::rest::Api::openapi(),
        verification::rest::Api::openapi(),
        result::rest::Api::openapi(),
        session::rest::Api::openapi(),
        oauth::Api::openapi(),
        member::rest::Api::openapi(),
        export::Api::openapi(),
        health::Api::openapi(),
    ] {
        document.merge(api);
    }
    let components = document.components.get_or_insert_default();
    components.security_schemes = schemes().map(|(name, scheme)| (name.to_owned(), scheme)).into();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            finish(path, method, operation);
        }
    }
    document
}

/// The document as checked in. Also served if the server's public URL is unknown.
#[must_use]
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| at("/"));
    &TEXT
}

/// The document for a server at a URL.
fn at(url: &str) -> String {
    let mut document = document();
    document.servers = Some(vec![Server::new(url)]);
    let mut document = json!(document);
    // The library does not support webhooks.
    document["webhooks"] = webhooks::described();
    format!("{document:#}")
}

/// Get the API description
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "getOpenApi", tag = "Health", security(()),
    responses((status = 200, description = "An OpenAPI document", body = Object, content_type = "application/json")),
)]
pub async fn serve(State(app): State<App>) -> Response {
    let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    match &app.public_url {
        None => (head, text()).into_response(),
        Some(url) => {
            let text = app.openapi.get_or_init(|| at(&url.of("")));
            (head, text.clone()).into_response()
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("GET", &mut item.get),
        ("POST", &mut item.post),
        ("PUT", &mut item.put),
        ("PATCH", &mut item.patch),
        ("DELETE", &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// Describes binary bodies. By default the library describes them as a list of numbers, or not at all.
fn describe_bytes(operation: &mut Operation) {
    let bytes = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
        .build();
    let sent = operation.request_body.iter_mut().flat_map(|body| {
        body.required = Some(Required::True);
        &mut body.content
    });
    let answered = operation.responses.responses.values_mut().filter_map(|response| match response {
        RefOr::T(response) => Some(&mut response.content),
        RefOr::Ref(_) => None,
    });
    for (kind, content) in sent.chain(answered.flatten()) {
        if kind == "application/octet-stream" || kind.starts_with("image/") {
            content.schema = Some(bytes.clone().into());
        }
    }
}

fn finish(path: &str, method: &str, operation: &mut Operation) {
    describe_bytes(operation);
    let error_format = formats::error_format(path);
    let is_admitted = !matches!(path, "/healthz" | "/readyz" | "/metrics");
    for refused in REFUSED.iter().filter(|_| is_admitted).chain([&FAULT]) {
        add(operation, (error_format, path), refused);
    }
    if path.starts_with("/auth/") && method != "GET" {
        for refused in OF_PAGES {
            add(operation, (error_format, path), refused);
        }
    }
    let needed: Vec<_> = POLICY
        .needs_of(method, path)
        .filter_map(|need| match need {
            Requirement::One(permission)
            | Requirement::OrRejected(permission)
            | Requirement::FreshOrRejected(permission) => Some(permission.name()),
            Requirement::Token => None,
        })
        .collect();
    position::describe(path, method, !needed.is_empty(), operation);
    if needed.is_empty() {
        return;
    }
    let (plural, listed) = (if needed.len() > 1 { "s" } else { "" }, needed.join("` and `"));
    let needs = format!("Requires the permission{plural} `{listed}`.");
    let description = operation.description.take();
    operation.description =
        Some(description.map_or_else(|| needs.clone(), |text| format!("{text}\n\n{needs}")));
    operation.extensions = Some(Extensions::from_iter([("x-permission", needed.join(" "))]));
    let ways: &[&str] = match error_format.form {
        Form::Named => &["oauth2"],
        Form::NamedOrBare => &["oauth2", "bare"],
        Form::ServerToken => &["serverToken"],
        Form::Key => &["oauth2", "key"],
    };
    let ways = ways.iter().map(|way| SecurityRequirement::new(*way, needed.iter().copied()));
    operation.security = Some(ways.collect());
    for (status, description) in [
        (StatusCode::UNAUTHORIZED, "The token is missing, invalid or expired".to_owned()),
        (StatusCode::FORBIDDEN, format!("The token lacks the permission{plural} `{listed}`")),
    ] {
        let content = Content::new(Some(Ref::from_schema_name(error_format.schema)));
        let response = ResponseBuilder::new().description(description).content("application/json", content);
        operation.responses.responses.insert(status.as_str().to_owned(), response.build().into());
    }
}

/// Adds a rejection by the middleware, with its message, if known, as the example, unless the handler
/// describes that status itself.
fn add(
    operation: &mut Operation,
    (error_format, path): (&ErrorFormat, &str),
    &(status, code, description, message): &(StatusCode, Code, &str, &str),
) {
    let example = (error_format.body)(&RejectedRequest {
        status,
        code,
        message,
        id: "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
        path,
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(error_format.schema)))
        .example(Some(example).filter(|_| !message.is_empty()))
        .build();
    let response = ResponseBuilder::new().description(description).content("application/json", content);
    let known = operation.responses.responses.entry(status.as_str().to_owned());
    known.or_insert_with(|| response.build().into());
}

/// The authentication schemes.
fn schemes() -> [(&'static str, SecurityScheme); 6] {
    let scopes: Scopes = Permission::ALL.iter().map(|it| (it.name(), it.description())).collect();
    let flow = Flow::ClientCredentials(ClientCredentials::new("/oauth2/token", scopes));
    let bare =
        ApiKeyValue::with_description("Authorization", "`Authorization: TOKEN`, without the word Bearer");
    let key = ApiKeyValue::with_description(API_KEY, "`x-api-key: KEY`, the API key of a credential");
    [
        ("key", SecurityScheme::ApiKey(ApiKey::Header(key))),
        ("oauth2", SecurityScheme::OAuth2(OAuth2::with_description([flow], "`Authorization: Bearer TOKEN`"))),
        ("bare", SecurityScheme::ApiKey(ApiKey::Header(bare))),
        ("apiKey", header("x-api-key", "The API key of an integration")),
        ("serverToken", header("x-auth-token", "A token of `/v1/integration/authorize/server`")),
        ("client", SecurityScheme::Http(Http::new(HttpAuthScheme::Basic))),
    ]
}

fn header(name: &str, description: &str) -> SecurityScheme {
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(name, description)))
}

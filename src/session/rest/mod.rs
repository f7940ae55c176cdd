//! The user verification API: `POST /v2/sessions`, `GET /v2/users/{refId}` and its documents. A thin view
//! over the store, permissions and tag limits that GraphQL uses.
//!
//! | file | content |
//! |---|---|
//! | `answer` | callers, time limits, and the error format |
//! | `create` | starting a session |
//! | `user` | a user with its sessions and documents |
//! | `documents` | the documents with their images |
//! | `view` | a document as JSON |

pub mod answer;
mod create;
mod documents;
pub mod limits;
pub mod path;
mod user;
mod view;

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use utoipa::OpenApi;

use crate::{
    document,
    http::{
        ApiState,
        middleware::{self, ConcurrencyLimit},
        route,
    },
};

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(
    paths(
        create::begin,
        user::user,
        user::user_by_its_session,
        user::user_by_its_short_path,
        documents::documents,
        document::rest::image,
        document::rest::download,
        document::rest::upload
    ),
    tags((name = "User verification", description = "Sessions that capture documents of users"))
)]
pub struct Api;

/// All routes of this API, with the middleware.
pub fn routes(app: &ApiState) -> Router<ApiState> {
    let query = (app.limits.query_seconds, "limits.query_seconds");
    let upload = (app.limits.upload_seconds, "limits.upload_seconds");
    let admission = |most, setting, time| {
        let admission = ConcurrencyLimit { app: app.clone(), most, setting, time };
        from_fn_with_state(admission, middleware::limit)
    };
    let api = Router::new()
        .route(path::SESSIONS, route::post(create::begin))
        .route(path::USER, route::get(user::user))
        .route(path::SESSION, route::get(user::user_by_its_session))
        .route(path::SHORT, route::get(user::user_by_its_short_path))
        .route(path::DOCUMENTS, route::get(documents::documents))
        .route(path::IMAGE, route::get(document::rest::image));
    let images = Router::new()
        .route(path::TICKET, route::put(document::rest::upload).merge(route::get(document::rest::download)))
        .route_layer(admission(app.limits.image, "limits.image", upload))
        .route_layer(from_fn_with_state(app.clone(), document::rest::let_in_by_ticket));
    api.layer(admission(app.limits.rest_body, "limits.rest_body", query))
        .merge(images)
        // `limit` bounds the body, as configured.
        .layer(DefaultBodyLimit::disable())
}

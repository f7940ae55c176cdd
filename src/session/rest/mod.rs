//! The user verification API: `POST /v2/sessions`, `GET /v2/users/{refId}` and its documents. A thin view over the same
//! store, permissions and tag limits that the graph uses.
//!
//! | file | what |
//! |---|---|
//! | `answer` | who calls, how long it may take, and the shape of refusals |
//! | `begin` | beginning a session |
//! | `user` | a user with its sessions and documents |
//! | `documents` | the documents with their images |
//! | `view` | a document as JSON |

pub mod answer;
mod create;
mod documents;
mod user;
mod view;

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use utoipa::OpenApi;

pub use self::answer::refused;
use crate::{
    document,
    http::{
        ApiState,
        middleware::{self, ConcurrencyLimit},
        route,
    },
};

/// The description of this surface.
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
    tags((name = "User verification", description = "Sessions in which documents of users are captured"))
)]
pub struct Api;

/// The paths, as `auth::policy` names them too.
pub mod path {
    /// Beginning a session.
    pub const SESSIONS: &str = "/v2/sessions";
    /// A user with its sessions and documents.
    pub const USER: &str = "/v2/users/{refId}";
    /// The same, as the document's sample code asks for it.
    pub const SESSION: &str = "/v2/sessions/{refId}";
    /// Likewise.
    pub const SHORT: &str = "/sessions/{refId}";
    /// The documents of a user with their images.
    pub const DOCUMENTS: &str = "/v2/users/{refId}/documents";
    /// An image.
    pub const IMAGE: &str = "/v2/images/{id}";
    /// An image, at a signed address. The signature stands for a token, so the policy table has no row for it.
    pub const TICKET: &str = "/images/{ticket}";
}

/// Seconds that the token of a session lives.
pub const TOKEN_LIFE: i64 = 30 * 60;
/// Sessions of a user that are listed at most, the newest first.
pub const SESSIONS: u64 = 100;

/// Every path of this surface, behind the wall.
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
        // `admit` limits the body, to what the settings say.
        .layer(DefaultBodyLimit::disable())
}

//! The REST API of proofing requests, as existing clients of the ID proofing API call it. A thin view:
//! queries, decisions and permissions are shared with GraphQL.
//!
//! | file | content |
//! |---|---|
//! | `answer` | callers, time limits, and the error format |
//! | `authenticate` | an access token for an application id and its secret |
//! | `list` | searching, ordering and paging |
//! | `search`, `cursor` | parsing the search in a body, and storing it in a cursor |
//! | `lifecycle` | starting and completing a request |
//! | `image` | images, with a token or to a signed URL |
//! | `view` | a request as JSON |

pub mod answer;
mod authenticate;
mod cursor;
mod image;
mod lifecycle;
pub mod limits;
mod list;
pub mod path;
mod search;
mod view;

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use utoipa::OpenApi;

use crate::http::{
    ApiState,
    middleware::{self, ConcurrencyLimit},
    route,
};

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(
    paths(
        authenticate::authenticate,
        list::list,
        list::one,
        lifecycle::init,
        lifecycle::complete,
        image::image,
        image::upload
    ),
    tags((name = "ID proofing", description = "Automated checks of a person: device, document, face"))
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
        .route(path::AUTHENTICATE, route::post(authenticate::authenticate))
        .route(path::LIST, route::post(list::list))
        .route(path::ONE, route::get(list::one))
        .route(path::INIT, route::post(lifecycle::init))
        .route(path::COMPLETE, route::put(lifecycle::complete));
    let images = Router::new()
        .route(path::IMAGE, route::put(image::image))
        .route_layer(admission(app.limits.image, "limits.image", upload))
        .route_layer(from_fn_with_state(app.clone(), image::let_in));
    let uploads = Router::new()
        .route(path::UPLOAD, route::put(image::upload))
        .route_layer(admission(app.limits.image, "limits.image", upload))
        .route_layer(from_fn_with_state(app.clone(), image::let_in_by_ticket));
    api.layer(admission(app.limits.rest_body, "limits.rest_body", query))
        .merge(images)
        .merge(uploads)
        // `limit` bounds the body, as configured.
        .layer(DefaultBodyLimit::disable())
}

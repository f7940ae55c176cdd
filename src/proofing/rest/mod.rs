//! The REST surface of proofing requests, as existing clients of the ID proofing API call it. A view: what is read,
//! what is decided and who may do it is said where the graph asks too.
//!
//! | file | what |
//! |---|---|
//! | `answer` | who calls, how long it may take, and the shape of refusals |
//! | `authenticate` | an access token for an application id and its secret |
//! | `list` | searching, ordering and paging |
//! | `search`, `cursor` | what the body of a search says, and how a cursor carries it |
//! | `life` | init and complete |
//! | `image` | images, with a token or to a signed address |
//! | `view` | a request as JSON |

mod answer;
mod authenticate;
mod cursor;
mod image;
mod lifecycle;
mod list;
mod search;
mod view;

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use utoipa::OpenApi;

pub use self::answer::refused;
use crate::http::{
    ApiState,
    middleware::{self, ConcurrencyLimit},
    route,
};

/// The description of this surface.
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

/// The paths, as `auth::policy` names them too.
pub mod path {
    /// An access token for a pair. Needs none, so the policy table has no row for it.
    pub const AUTHENTICATE: &str = "/api/web/v1/adminapi/authenticate";
    /// Lists of requests.
    pub const LIST: &str = "/api/web/v1/idproofing";
    /// One request.
    pub const ONE: &str = "/api/web/v1/idproofing/{requestId}";
    /// Beginning one.
    pub const INIT: &str = "/api/web/v1/idproofing/init";
    /// An image of one.
    pub const IMAGE: &str = "/api/web/v1/idproofing/{requestId}/image/{side}";
    /// Ending one.
    pub const COMPLETE: &str = "/api/web/v1/idproofing/{requestId}/complete";
    /// An image, to a signed address. The signature stands for a token, so the policy table has no row for it.
    pub const UPLOAD: &str = "/uploads/{token}";
}

/// Seconds that a token of `authenticate` lives.
pub const TOKEN_LIFE: i64 = 15 * 60;
/// Rows of a page where the body does not say.
pub const DEFAULT_LIMIT: u32 = 100;
/// Rows of a page at most.
pub const MAX_LIMIT: u32 = 100;

/// Every path of this surface, behind the wall.
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
        // `admit` limits the body, to what the settings say.
        .layer(DefaultBodyLimit::disable())
}

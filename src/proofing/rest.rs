//! The REST surface of proofing requests, as existing clients of the ID proofing API call it. A view: what is read,
//! what is decided and who may do it is said where the graph asks too.
//!
//! | file | what |
//! |---|---|
//! | `answer` | who calls, how long it may take, and the shape of refusals |
//! | `authenticate` | an access token for an application id and its secret |
//! | `list` | searching, ordering and paging |
//! | `search`, `cursor` | what the body of a search says, and how a cursor carries it |
//! | `view` | a request as JSON |

mod answer;
mod authenticate;
mod cursor;
mod list;
mod search;
mod view;

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware, routing};

use crate::{
    Code,
    http::{
        App,
        wall::{self, Admission},
    },
};

/// The paths, as `auth::policy` names them too.
pub mod path {
    /// An access token for a pair. Needs none, so the policy table has no row for it.
    pub const AUTHENTICATE: &str = "/api/web/v1/adminapi/authenticate";
    /// Lists of requests.
    pub const LIST: &str = "/api/web/v1/idproofing";
    /// One request.
    pub const ONE: &str = "/api/web/v1/idproofing/{requestId}";
}

/// Seconds that a token of `authenticate` lives.
pub const TOKEN_LIFE: i64 = 15 * 60;
/// Rows of a page where the body does not say.
pub const DEFAULT_LIMIT: u32 = 100;
/// Rows of a page at most.
pub const MAX_LIMIT: u32 = 100;

/// Every path of this surface, behind the wall.
pub fn routes(app: &App) -> Router<App> {
    let admission = Admission {
        app: app.clone(),
        most: app.limits.rest_body,
        setting: "limits.rest_body",
        refuse: answer::refuse,
    };
    Router::new()
        .route(path::AUTHENTICATE, routing::post(authenticate::authenticate))
        .route(path::LIST, routing::post(list::list))
        .route(path::ONE, routing::get(list::one))
        .method_not_allowed_fallback(|| async {
            let text = "this path does not take this method";
            answer::refuse(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, text)
        })
        // `admit` limits the body, to what the settings say.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(admission, wall::admit))
}

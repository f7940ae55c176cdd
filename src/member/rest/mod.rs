//! Sign-in of people, below `/auth`: JSON in and out. There is no project yet, so no permission is needed; every
//! change requires a page of this server.
//!
//! | file | content |
//! |---|---|
//! | `request` | what every handler knows and checks |
//! | `answer` | bodies of responses |
//! | `state` | who is signed in |
//! | `sign_in` | password, codes, the demo's one click |
//! | `passkey` | sign-in by passkey |
//! | `oidc` | sign-in with an identity provider |
//! | `own_methods`, `own_methods_body` | a member's own passkeys and password |
//! | `link`, `link_body`, `link_account` | invitations, set-up and recovery |
//! | `devices` | sessions, sign-out |
//! | `step_up` | a new proof of identity, a new password, new recovery codes |
//! | `authenticator` | a new authenticator app |
//! | `explorer` | access tokens for the explorer |

mod answer;
mod authenticator;
mod devices;
pub mod error;
mod explorer;
mod link;
mod link_account;
mod link_body;
mod oidc;
mod own_methods;
mod own_methods_body;
mod passkey;
mod request;
mod sign_in;
mod state;
mod step_up;

use axum::{Router, routing::delete};
use utoipa::OpenApi;

use crate::http::{ApiState, route};

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(
    paths(
        state::state, sign_in::password, sign_in::totp, sign_in::recovery_code, sign_in::demo, link::open,
        link::accept, link::confirm, link::join, devices::sign_out, devices::list, devices::end_one, devices::end_others,
        step_up::begin, step_up::finish, step_up::set_password, step_up::replace_recovery_codes,
        passkey::begin, passkey::finish, oidc::begin, oidc::finish, own_methods::begin, own_methods::add, own_methods::rename,
        own_methods::remove, own_methods::remove_password, authenticator::begin, authenticator::confirm, explorer::token,
    ),
    tags((name = "Sign-in", description = "Sessions of people, for this server's own pages"))
)]
pub struct Api;

/// The routes of this API.
pub fn routes() -> Router<ApiState> {
    Router::new()
        .route("/auth/state", route::get(state::state))
        .route(
            "/auth/password",
            route::post(sign_in::password)
                .merge(route::put(step_up::set_password))
                .merge(delete(own_methods::remove_password)),
        )
        .route("/auth/totp", route::post(sign_in::totp).merge(route::put(authenticator::confirm)))
        .route("/auth/totp/begin", route::post(authenticator::begin))
        .route("/auth/recovery-code", route::post(sign_in::recovery_code))
        .route("/auth/recovery-codes", route::put(step_up::replace_recovery_codes))
        .route("/auth/demo/{role}", route::post(sign_in::demo))
        .route("/auth/link/open", route::post(link::open))
        .route("/auth/link/accept", route::post(link::accept))
        .route("/auth/link/confirm", route::post(link::confirm))
        .route("/auth/link/join", route::post(link::join))
        .route("/auth/sign-out", route::post(devices::sign_out))
        .route("/auth/sessions", route::get(devices::list).merge(delete(devices::end_others)))
        .route("/auth/sessions/{id}", delete(devices::end_one))
        .route("/auth/step-up/begin", route::post(step_up::begin))
        .route("/auth/step-up/finish", route::post(step_up::finish))
        .route("/auth/passkey/begin", route::post(passkey::begin))
        .route("/auth/passkey/finish", route::post(passkey::finish))
        .route("/auth/oidc/begin", route::post(oidc::begin))
        .route("/auth/oidc/finish", route::post(oidc::finish))
        .route("/auth/passkeys", route::post(own_methods::add))
        .route("/auth/passkeys/begin", route::post(own_methods::begin))
        .route("/auth/passkeys/{id}", route::put(own_methods::rename).merge(delete(own_methods::remove)))
        .route("/auth/explorer-token", route::post(explorer::token))
}

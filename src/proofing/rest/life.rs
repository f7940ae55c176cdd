//! The life of a request: init, images, complete.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::Response,
};
use entity::{
    Timestamp,
    proofing_request::{DeviceCheck, DocumentAuthentication, Entity, Model},
};
use sea_orm::{ActiveEnum, Select};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    answer::{Entered, Refusal, answer, enter, object, refused_now},
    list::not_found,
    path, view,
};
use crate::{
    Error,
    blob::{Ticket, TicketError, is_image},
    http::{App, wall::RequestId},
    proofing::{
        checks::{self, Manual, Side},
        outcome::{Wrong, complete as end, outcome},
        rules::{Refused, Step},
        store::{
            self,
            steps::{self, Begun, New, Stepped},
        },
    },
};

/// What `init` takes. All of it may be left out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Init {
    user_id: Option<String>,
    ref_id: Option<String>,
    device_check_result: Option<String>,
    /// A name, or an object.
    scenario: Option<Value>,
}

/// `POST /api/web/v1/idproofing/init`.
pub async fn init(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let entered = enter(&app, &headers, "POST", path::INIT).await?;
        let body: Init = object(&body)?;
        let user = match (body.user_id, body.ref_id) {
            (Some(_), Some(_)) => {
                return Err(Refusal::bad("invalid_body", "name the user by userId or by refId, not by both"));
            }
            (user, None) | (None, user) => user,
        };
        let device = body.device_check_result.map(|text| {
            let unknown = || one_of("deviceCheckResult", &text, "ALLOW, DENY, NONE, REVIEW");
            DeviceCheck::try_from_value(&text).map_err(|_| unknown())
        });
        let scenario = match body.scenario.unwrap_or_default() {
            Value::Null => None,
            Value::String(name) => Some(name),
            object => Some(object.to_string()),
        };
        let new = New { user, device: device.transpose()?, scenario, key: None };
        match steps::begin(&app.store, &app.clock, &entered.caller, new).await? {
            Begun::Begun(row) => Ok(json!({
                "requestId": row.id, "deviceCheckResult": row.device_check_result.to_value(),
            })),
            Begun::UserNotFound => {
                Err(Refusal::new(StatusCode::NOT_FOUND, "user_not_found", "there is no such user"))
            }
            // This call takes no key.
            Begun::KeyReused => Err(Error::Fault("a key that nobody gave was used").into()),
            Begun::NoScenario => {
                let text = "this is no scenario, or the project is no Sandbox";
                Err(Refusal::bad("invalid_scenario", text))
            }
        }
    };
    answer(&app, &id, work).await
}

fn one_of(name: &'static str, value: &str, values: &str) -> Refusal {
    Refusal::bad("invalid_value", format!("`{name}` is one of {values}")).with(name, value)
}

/// What `complete` takes. In a Sandbox the request's scenario says what is left out.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Complete {
    document_authentication_result: Option<String>,
    face_match_score: Option<i64>,
}

/// `PUT /api/web/v1/idproofing/{requestId}/complete`.
pub async fn complete(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(request): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let entered = enter(&app, &headers, "PUT", path::COMPLETE).await?;
        let body: Complete = if body.is_empty() { Complete::default() } else { object(&body)? };
        let document = body.document_authentication_result.map(|text| {
            let values = "NONE, UNKNOWN, PASSED, FAILED, SKIPPED, ATTENTION";
            let unknown = || one_of("documentAuthenticationResult", &text, values);
            DocumentAuthentication::try_from_value(&text).map_err(|_| unknown())
        });
        let completion =
            outcome(document.transpose()?, body.face_match_score).map_err(|wrong| match wrong {
                Wrong::Score => Refusal::bad("invalid_face_match_score", "a score is a number from 0 to 100"),
                Wrong::ScoreAlone => missing(),
            })?;
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let manual = Manual { completion, ..Manual::default() };
        let stepped = end(&app.store, &entered.caller, wanted, manual).await?.ok_or_else(missing)?;
        let row = done(stepped, &request)?;
        Ok(json!({
            "requestId": row.id,
            "state": row.state.to_value(),
            "documentAuthenticationResult": row.document_authentication_result.map(|it| it.to_value()),
            "faceMatch": row.face_match,
            "faceMatchScore": row.face_match_score,
        }))
    };
    answer(&app, &id, work).await
}

fn missing() -> Refusal {
    Refusal::bad("missing_document_authentication_result", "`documentAuthenticationResult` is needed")
}

fn done(stepped: Stepped, request: &str) -> Result<Model, Refusal> {
    match stepped {
        Stepped::Done(row) => Ok(row),
        Stepped::NotFound => Err(not_found(request)),
        Stepped::Refused(why) => {
            let code = match why {
                Refused::Denied => "device_denied",
                Refused::Completed => "request_completed",
                Refused::NoImage => "image_missing",
            };
            let refusal = Refusal::new(StatusCode::CONFLICT, code, why.reason());
            Err(refusal.with("requestId", request))
        }
    }
}

/// Lets a caller in before any of its image is read: images are large, and strangers' are not waited for.
pub async fn let_in(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    mut request: Request,
    next: Next,
) -> Response {
    match enter(&app, request.headers(), "PUT", path::IMAGE).await {
        Ok(entered) => {
            request.extensions_mut().insert(Arc::new(entered));
            next.run(request).await
        }
        Err(refusal) => refused_now(refusal, &id),
    }
}

/// Whether the image shows a known document, where the caller has found out.
#[derive(Deserialize)]
pub struct Classified {
    classified: Option<String>,
}

/// `PUT /api/web/v1/idproofing/{requestId}/image/{side}`: side 0 is the front, 1 the back.
pub async fn image(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Extension(entered): Extension<Arc<Entered>>,
    Path((request, side)): Path<(String, String)>,
    Query(given): Query<Classified>,
    body: Bytes,
) -> Response {
    let work = async {
        let side = match side.as_str() {
            "0" => Side::Front,
            "1" => Side::Back,
            _ => {
                let text = "the side is 0 for the front or 1 for the back";
                return Err(Refusal::bad("invalid_side", text).with("side", side.as_str()));
            }
        };
        let classified = match given.classified.as_deref() {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(other) => return Err(one_of("classified", other, "true, false")),
        };
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let mine = store::visible_to(&app.store, &entered.caller);
        keep(&app, mine, wanted, (side, classified), body).await
    };
    answer(&app, &id, work).await
}

/// Looks at the ticket before any of the image is read.
pub async fn let_in_by_ticket(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(token): Path<String>,
    mut request: Request,
    next: Next,
) -> Response {
    let refused = |code, text| refused_now(Refusal::new(StatusCode::FORBIDDEN, code, text), &id);
    match Ticket::read(&token, &app.root, app.clock.now()) {
        Ok(ticket) => {
            request.extensions_mut().insert(ticket);
            next.run(request).await
        }
        Err(TicketError::Forged) => {
            refused("invalid_upload_url", "this is not an upload address of this server")
        }
        Err(TicketError::Expired) => {
            refused("upload_url_expired", "this upload address is too old: get a new one")
        }
    }
}

/// `PUT /uploads/{token}`: an image, to an address that the graph has given out.
pub async fn upload(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Extension(ticket): Extension<Ticket>,
    body: Bytes,
) -> Response {
    let side = if ticket.side == 0 { Side::Front } else { Side::Back };
    let mine = steps::of_ticket(ticket.project);
    answer(&app, &id, keep(&app, mine, ticket.request, (side, ticket.classified), body)).await
}

async fn keep(
    app: &App,
    mine: Select<Entity>,
    id: Uuid,
    (side, classified): (Side, Option<bool>),
    body: Bytes,
) -> Result<Value, Refusal> {
    let request = id.to_string();
    let row = done(steps::look(&app.store, mine.clone(), id, Step::Image).await?, &request)?;
    if body.is_empty() {
        return Err(Refusal::bad("empty_image", "the image has no bytes"));
    }
    if !is_image(&body) {
        return Err(Refusal::bad("unsupported_image_type", "the image is no JPEG, PNG or WebP"));
    }
    let manual = Manual { classified, ..Manual::default() };
    let classified = checks::image(manual, &row, side, &body).await?;
    let name = match side {
        Side::Front => "front",
        Side::Back => "back",
    };
    let at: Timestamp = app.clock.now();
    let kept = app.images.keep(row.project_id, id, name, body);
    let row = done(steps::image(&app.store, mine, id, (side, at, classified), kept).await?, &request)?;
    Ok(json!({
        "requestId": row.id,
        "state": row.state.to_value(),
        "side": name,
        "classified": classified,
        "uploadTime": view::time(at),
    }))
}

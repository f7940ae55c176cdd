//! Images of a request: with a token, or to a signed address.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use entity::proofing_request::Entity;
use futures_util::future::BoxFuture;
use sea_orm::Select;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::{AdmittedCaller, Body, ProofingApiError, answer_upload, enter, refused_now},
    lifecycle::{done, one_of, user_erased},
    list::not_found,
    path, view,
};
use crate::{
    Error,
    blob::{self, IntakeError, Purpose, Ticket, TicketError},
    http::{ApiState, error_format::Segments, middleware::RequestId},
    project::store as projects,
    proofing::{
        checks::{self, ManualChecks, Side},
        rules::Step,
        store::{self, steps},
    },
    sandbox::upload::{ScenarioUpload, UploadedBytes},
    user::personal::key_for,
};

/// Lets a caller in before any of its image is read: images are large, and strangers' are not waited for.
pub fn let_in(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    mut request: Request,
    next: Next,
) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        match enter(&app, request.headers(), "PUT", path::IMAGE).await {
            Ok(entered) => {
                let project = entered.caller.project_id();
                if let Err(refusal) =
                    app.bodies.begin_upload(&mut request, &id, project, None, app.error_format)
                {
                    return refusal;
                }
                request.extensions_mut().insert(Arc::new(entered));
                next.run(request).await
            }
            Err(refusal) => refused_now(refusal, &id),
        }
    })
}

/// Whether the image shows a known document, where the caller has found out.
#[derive(Deserialize)]
pub struct Classified {
    classified: Option<String>,
}

/// What came of an image.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingImage)]
pub struct ImageResponse {
    #[schema(value_type = String, format = "uuid")]
    request_id: Uuid,
    state: view::State,
    /// `front` or `back`.
    #[schema(example = "front")]
    side: &'static str,
    /// Whether the image shows a known document.
    classified: bool,
    #[schema(format = DateTime)]
    upload_time: String,
}

/// Upload an image
///
/// An image of one side of the document, as JPEG, PNG or WebP. It is written anew: what the camera wrote about it is not
/// kept. It takes the place of one that is there. In a Sandbox project a scenario file stands in for the image: the request
/// ends as it says.
#[utoipa::path(
    put, path = path::IMAGE, tag = "ID proofing", operation_id = "uploadIdProofingImage",
    params(
        ("requestId" = String, Path, format = "uuid", description = "The id of the request"),
        ("side" = String, Path, description = "0 for the front, 1 for the back", pattern = "^[01]$"),
        ("classified" = Option<bool>, Query, description = "Whether the image shows a known document, if you know"),
    ),
    request_body(content_type = "application/octet-stream", description = "The bytes of the image"),
    responses(
        (status = 200, description = "The image is kept", body = ImageResponse),
        (status = 400, description = "It is no image, not whole, or has too many pixels, or the side is none; what is wrong with a scenario is told with `line` and `column`", body = Body),
        (status = 404, description = "There is no such request, or it is none of those that the caller may see", body = Body),
        (status = 409, description = "The request cannot take this step, or its user is erased or restricted", body = Body),
    ),
)]
pub async fn image(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Extension(entered): Extension<Arc<AdmittedCaller>>,
    Segments((request, side)): Segments<(String, String)>,
    given: Result<Query<Classified>, QueryRejection>,
    body: Bytes,
) -> Response {
    let work = async {
        let side = match side.as_str() {
            "0" => Side::Front,
            "1" => Side::Back,
            _ => {
                let text = "the side is 0 for the front or 1 for the back";
                return Err(ProofingApiError::bad("invalid_side", text).with("side", side.as_str()));
            }
        };
        let given = given.map_err(|_| {
            ProofingApiError::bad("invalid_value", "`classified` stands once, with true or false")
        })?;
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
    // Keeping an image is a long way, and a future that is as large would be copied about.
    Box::pin(answer_upload(&id, work)).await
}

/// Looks at the ticket before any of the image is read.
pub fn let_in_by_ticket(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Segments(token): Segments<String>,
    mut request: Request,
    next: Next,
) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let refused = |code, text| refused_now(ProofingApiError::new(StatusCode::FORBIDDEN, code, text), &id);
        match Ticket::read(&token, &app.root, app.clock.now()) {
            Ok(ticket @ Ticket { good_for: Purpose::Proofing { .. }, .. }) => {
                let purpose = Some(ticket.good_for.clone());
                if let Err(refusal) =
                    app.bodies.begin_upload(&mut request, &id, ticket.project, purpose, app.error_format)
                {
                    return refusal;
                }
                request.extensions_mut().insert(ticket);
                next.run(request).await
            }
            Ok(_) | Err(TicketError::Forged) => {
                refused("invalid_upload_url", "this is not an upload address of this server")
            }
            Err(TicketError::Expired) => {
                refused("upload_url_expired", "this upload address is too old: get a new one")
            }
        }
    })
}

/// Upload an image to a signed address
///
/// The address is what `generateProofingImageUploadUrl` of the graph answers. It is good for five minutes and stands
/// for a token. In a Sandbox project a scenario file stands in for the image: the request ends as it says.
#[utoipa::path(
    put, path = path::UPLOAD, tag = "ID proofing", operation_id = "uploadIdProofingImageBySignature", security(()),
    params(("token" = String, Path, description = "What the server has signed")),
    request_body(content_type = "application/octet-stream", description = "The bytes of the image"),
    responses(
        (status = 200, description = "The image is kept", body = ImageResponse),
        (status = 400, description = "It is no image, not whole, or has too many pixels; what is wrong with a scenario is told with `line` and `column`", body = Body),
        (status = 403, description = "The address is none of this server's, or too old", body = Body),
        (status = 404, description = "The request is gone", body = Body),
        (status = 409, description = "The request cannot take this step, or its user is erased or restricted", body = Body),
    ),
)]
pub async fn upload(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Extension(ticket): Extension<Ticket>,
    body: Bytes,
) -> Response {
    let work = async {
        let Purpose::Proofing { request, side, classified } = ticket.good_for else {
            return Err(ProofingApiError::from(Error::Fault("a ticket for something else was let in")));
        };
        let side = if side == 0 { Side::Front } else { Side::Back };
        keep(&app, steps::of_ticket(ticket.project), request, (side, classified), body).await
    };
    Box::pin(answer_upload(&id, work)).await
}

/// What clients tell refusals of images by.
const fn code(unfit: IntakeError) -> &'static str {
    match unfit {
        IntakeError::Empty => "empty_image",
        IntakeError::Type => "unsupported_image_type",
        IntakeError::TooManyPixels(_) | IntakeError::TooMuchMemory => "too_many_pixels",
        IntakeError::Broken => "broken_image",
    }
}

async fn keep(
    app: &ApiState,
    mine: Select<Entity>,
    id: Uuid,
    (side, classified): (Side, Option<bool>),
    body: Bytes,
) -> Result<ImageResponse, ProofingApiError> {
    let request = id.to_string();
    let row = done(steps::look(&app.store, mine.clone(), id, Step::Image).await?, &request)?;
    let upload = UploadedBytes { store: &app.store, bytes: &body, max_pixels: app.limits.image_pixels };
    let (picture, classified) = match app.uploads.proofing(upload, &row, side).await? {
        ScenarioUpload::NotAScenario => {
            let picture = blob::check(body.into(), app.limits.image_pixels).await?;
            (picture.map_err(|unfit| ProofingApiError::bad(code(unfit), blob::reason(unfit)))?, classified)
        }
        ScenarioUpload::Rejected(rejection) => {
            let error = ProofingApiError::bad("invalid_scenario", rejection.message);
            return Err(match rejection.position {
                Some((line, column)) => error.with("line", line).with("column", column),
                None => error,
            });
        }
        ScenarioUpload::Applied(picture, shown) => (picture, classified.or(Some(shown))),
    };
    let manual = ManualChecks { classified, ..ManualChecks::default() };
    let classified = checks::image(manual, &row, side, &picture.bytes).await?;
    let name = side.name();
    let clock = projects::clock(app, row.project_id).await?;
    let at = clock.now();
    let key = Box::pin(key_for(&app.store, &app.vault, row.project_id, row.user_id)).await?;
    let key = key.ok_or_else(|| user_erased(&request))?;
    let kept = app.images.keep(&key, row.project_id, id, name, &picture.bytes);
    let row =
        done(steps::image(&app.store, &clock, (mine, id), (side, at, classified), kept).await?, &request)?;
    Ok(ImageResponse {
        request_id: row.id,
        state: row.state.into(),
        side: name,
        classified,
        upload_time: view::time(at),
    })
}

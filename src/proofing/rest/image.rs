//! Images of a request: uploads with a token, or to a signed URL.

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
    answer::{self, Body, bad},
    lifecycle::{done, one_of, user_erased},
    list::not_found,
    path, view,
};
use crate::{
    Error,
    blob::{self, IntakeError, Purpose, Ticket, TicketError},
    http::{
        ApiState,
        path::Segments,
        reply::RequestId,
        rest::{self, RestError},
    },
    proofing::{
        checks::{self, ManualChecks, Side},
        rules::Step,
        store::{self, steps},
    },
    sandbox::upload::{ScenarioUpload, UploadedBytes},
    user::personal::key_for,
};

/// Authenticates a caller before any of the image is read: images are large, and unauthenticated uploads are
/// not received.
pub fn let_in(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    mut request: Request,
    next: Next,
) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        match rest::admit::<Body>(&app, request.headers(), ("PUT", path::IMAGE)).await {
            Ok(admitted) => {
                let project = admitted.caller.project_id();
                if let Err(refusal) =
                    app.bodies.begin_upload(&mut request, &id, project, None, app.error_format)
                {
                    return refusal;
                }
                request.extensions_mut().insert(Arc::new(admitted));
                next.run(request).await
            }
            Err(refusal) => refusal.respond::<Body>(&(&id).into()),
        }
    })
}

/// Whether the image shows a known document, if the caller has determined it.
#[derive(Deserialize)]
pub struct Classified {
    classified: Option<String>,
}

/// The result of an upload.
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
/// An image of one side of the document, as JPEG, PNG or WebP. It is re-encoded: the camera's metadata is not
/// stored. It replaces an existing image of that side. In a Sandbox project a scenario file can be uploaded
/// instead of an image: it defines the outcome of the request.
#[utoipa::path(
    put, path = path::IMAGE, tag = "ID proofing", operation_id = "uploadIdProofingImage",
    params(
        ("requestId" = String, Path, format = "uuid", description = "Id of the request"),
        ("side" = String, Path, description = "0 for the front, 1 for the back", pattern = "^[01]$"),
        ("classified" = Option<bool>, Query, description = "Whether the image shows a known document, if known"),
    ),
    request_body(content_type = "application/octet-stream", description = "The bytes of the image"),
    responses(
        (status = 200, description = "The image was stored", body = ImageResponse),
        (status = 400, description = "The body is not an image, is truncated or has too many pixels, or the side is invalid. Errors in a scenario have `line` and `column`", body = Body),
        (status = 404, description = "The request does not exist or is not visible to the token", body = Body),
        (status = 409, description = "The request's state does not allow this step, or its user is erased or restricted", body = Body),
    ),
)]
pub async fn image(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Extension(admitted): Extension<Arc<rest::AdmittedCaller>>,
    Segments((request, side)): Segments<(String, String)>,
    given: Result<Query<Classified>, QueryRejection>,
    body: Bytes,
) -> Response {
    let work = async {
        let side = match side.as_str() {
            "0" => Side::Front,
            "1" => Side::Back,
            _ => {
                let text = "the side must be 0 for the front or 1 for the back";
                return Err(bad("invalid_side", text).with("side", side.as_str()));
            }
        };
        let given =
            given.map_err(|_| bad("invalid_value", "`classified` must occur once, with true or false"))?;
        let classified = match given.classified.as_deref() {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(other) => return Err(one_of("classified", other, "true, false")),
        };
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let visible = store::visible_to(&app.store, &admitted.caller);
        keep(&app, visible, wanted, (side, classified), body).await
    };
    // Boxed: storing an image is a large future, which would otherwise be moved around.
    rest::respond::<Body>((&id).into(), Box::pin(work).await)
}

/// Verifies the ticket before any of the image is read.
pub fn let_in_by_ticket(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Segments(token): Segments<String>,
    mut request: Request,
    next: Next,
) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let refused =
            |code, text| answer::error(StatusCode::FORBIDDEN, code, text).respond::<Body>(&(&id).into());
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
                refused("invalid_upload_url", "this is not an upload URL of this server")
            }
            Err(TicketError::Expired) => {
                refused("upload_url_expired", "this upload URL has expired: get a new one")
            }
        }
    })
}

/// Upload an image to a signed URL
///
/// The URL comes from the GraphQL mutation `generateProofingImageUploadUrl`. It is valid for five minutes and
/// replaces a token. In a Sandbox project a scenario file can be uploaded instead of an image: it defines the
/// outcome of the request.
#[utoipa::path(
    put, path = path::UPLOAD, tag = "ID proofing", operation_id = "uploadIdProofingImageBySignature", security(()),
    params(("token" = String, Path, description = "The signed ticket")),
    request_body(content_type = "application/octet-stream", description = "The bytes of the image"),
    responses(
        (status = 200, description = "The image was stored", body = ImageResponse),
        (status = 400, description = "The body is not an image, is truncated or has too many pixels. Errors in a scenario have `line` and `column`", body = Body),
        (status = 403, description = "The URL is not signed by this server, or has expired", body = Body),
        (status = 404, description = "The request no longer exists", body = Body),
        (status = 409, description = "The request's state does not allow this step, or its user is erased or restricted", body = Body),
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
            return Err(RestError::from(Error::Fault("a ticket for another purpose was accepted")));
        };
        let side = Side::from_number(side);
        keep(&app, steps::of_ticket(ticket.project), request, (side, classified), body).await
    };
    rest::respond::<Body>((&id).into(), Box::pin(work).await)
}

/// The error code of an image that was rejected.
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
    visible: Select<Entity>,
    id: Uuid,
    (side, classified): (Side, Option<bool>),
    body: Bytes,
) -> Result<ImageResponse, RestError> {
    let request = id.to_string();
    let row = done(steps::look(&app.store, visible.clone(), id, Step::Image).await?, &request)?;
    let upload = UploadedBytes { store: &app.store, bytes: &body, max_pixels: app.limits.image_pixels };
    let (picture, classified) = match app.uploads.proofing(upload, &row, side).await? {
        ScenarioUpload::NotAScenario => {
            let picture = blob::check(body.into(), app.limits.image_pixels).await;
            let rejected = |unfit| bad(code(unfit), blob::reason(unfit));
            (picture.map_err(|error| error.into_error(rejected))?, classified)
        }
        ScenarioUpload::Rejected(rejection) => {
            let error = bad("invalid_scenario", rejection.message);
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
    let clock = app.clocks.read(&app.store, row.project_id).await?;
    let at = clock.now();
    let key = Box::pin(key_for(&app.store, &app.vault, row.project_id, row.user_id)).await?;
    let key = key.ok_or_else(|| user_erased(&request))?;
    let kept = app.images.keep(&key, row.project_id, id, name, &picture.bytes);
    let target = (row.project_id, visible, id);
    let row = steps::image(&app.store, &clock, target, (side, at, classified), kept).await?;
    let row = done(row, &request)?;
    Ok(ImageResponse {
        request_id: row.id,
        state: row.state.into(),
        side: name,
        classified,
        upload_time: view::time(at),
    })
}

//! Images of documents: by id with a token, and at signed URLs.

use axum::{
    Extension,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use entity::{document_image, user};
use futures_util::future::BoxFuture;
use sea_orm::ActiveEnum;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::image::{self as store, AddImageOutcome, IMAGE, THUMBNAIL, Target};
use crate::{
    Error,
    audit::record_image_view,
    auth::Caller,
    blob::{self, Purpose, Ticket, TicketError},
    http::{
        ApiState,
        path::Segments,
        position::ReadRequest,
        reply::RequestId,
        rest::{self, RestError},
    },
    proofing::{checks::Side, store::images},
    sandbox::upload::{ScenarioUpload, UploadedBytes},
    session::{
        rest::{answer::Body, path},
        rules,
    },
    user::personal::key_of,
};

/// A stored image.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionImage)]
pub struct StoredImage {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// What the image shows.
    #[schema(example = "FRONT")]
    kind: String,
    /// Media type of the stored image.
    #[schema(example = "image/jpeg")]
    content_type: String,
    width: i32,
    height: i32,
}

/// Get an image
///
/// Returns the bytes of an image of a document, or of a user's face. With `Accept: application/octet-stream`
/// the response has that type.
#[utoipa::path(
    get, path = path::IMAGE, tag = "User verification", operation_id = "getDocumentImage",
    params(("id" = String, Path, format = "uuid", description = "Id of the image")),
    responses(
        (status = 200, description = "The image", content(
            (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"),
            (Vec<u8> = "application/octet-stream"),
        )),
        (status = 404, description = "The image does not exist or is not visible to the token", body = Body),
    ),
)]
pub async fn image(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Segments(wanted): Segments<String>,
) -> Response {
    let answer = async {
        let admitted = rest::admit::<Body>(reading.primary(), &headers, ("GET", path::IMAGE)).await?;
        let app = reading.choose().await;
        Box::pin(rest::timed(&app, image_bytes(&app, &admitted.caller, &wanted, &headers))).await
    };
    Box::pin(answer).await.unwrap_or_else(|error| error.respond::<Body>(&(&id).into()))
}

async fn image_bytes(
    app: &ApiState,
    caller: &Caller,
    wanted: &str,
    headers: &HeaderMap,
) -> Result<Response, RestError> {
    let Ok(image) = Uuid::try_parse(wanted) else { return Err(unknown()) };
    let found = store::visible(&app.store, caller, image).await?.ok_or_else(unknown)?;
    let clock = app.clocks.of(&caller.project);
    record_image_view(&app.store, &clock, caller, (image, Some(found.1.id))).await?;
    bytes(app, &found, false, headers).await
}

/// Verifies the ticket before anything else of the request is read.
pub fn let_in_by_ticket(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Segments(ticket): Segments<String>,
    mut request: Request,
    next: Next,
) -> BoxFuture<'static, Response> {
    Box::pin(async move {
        let refused = |text: &str| RestError::new(StatusCode::FORBIDDEN, text).respond::<Body>(&(&id).into());
        match Ticket::read(&ticket, &app.root, app.clock.now()) {
            Ok(ticket) => {
                if request.method() == Method::PUT {
                    let purpose = Some(ticket.good_for.clone());
                    if let Err(refusal) =
                        app.bodies.begin_upload(&mut request, &id, ticket.project, purpose, app.error_format)
                    {
                        return refusal;
                    }
                }
                request.extensions_mut().insert(ticket);
                next.run(request).await
            }
            Err(TicketError::Forged) => refused(FORGED),
            Err(TicketError::Expired) => refused("this URL has expired: get a new one"),
        }
    })
}

const FORGED: &str = "this URL was not signed by this server for this purpose";

/// The image that a ticket names.
enum Wanted {
    Document { found: (document_image::Model, user::Model), is_thumbnail: bool },
    Proofing { project: Uuid, request: Uuid, side: Side },
}

/// Get an image at a signed URL
///
/// The URL comes from the GraphQL fields `DocumentImage.url` and `ProofingImage.url`. It is valid once, for one minute, and replaces a
/// token. With `Accept: application/octet-stream` the response has that type.
#[utoipa::path(
    get, path = path::TICKET, tag = "User verification", operation_id = "getDocumentImageBySignature", security(()),
    params(("ticket" = String, Path, description = "The signed ticket")),
    responses(
        (status = 200, description = "The image", content(
            (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"),
            (Vec<u8> = "application/octet-stream"),
        )),
        (status = 403, description = "The URL is not signed by this server, has expired, or was used", body = Body),
        (status = 404, description = "The image no longer exists", body = Body),
    ),
)]
pub async fn download(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Extension(opened): Extension<Ticket>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let work = async {
        let (ticket, wanted) = match opened.good_for {
            Purpose::Image { ticket, image, is_thumbnail } => {
                let found = store::of_ticket(&app.store, opened.project, image).await?.ok_or_else(unknown)?;
                (ticket, Wanted::Document { found, is_thumbnail })
            }
            Purpose::ProofingImage { ticket, request, side } => {
                (ticket, Wanted::Proofing { project: opened.project, request, side: Side::from_number(side) })
            }
            Purpose::Proofing { .. } | Purpose::Document { .. } => {
                return Err(RestError::new(StatusCode::FORBIDDEN, FORGED));
            }
        };
        // A HEAD returns nothing of the image: link previews and proxies send one before the client's own
        // GET.
        let is_unspent = if method == Method::HEAD {
            !store::is_spent(&app.store, ticket).await?
        } else {
            store::spend(&app.store, app.clock.now(), ticket, opened.expires).await?
        };
        if !is_unspent {
            return Err(RestError::new(StatusCode::FORBIDDEN, "this URL was already used: get a new one"));
        }
        match wanted {
            Wanted::Document { found, is_thumbnail } => bytes(&app, &found, is_thumbnail, &headers).await,
            Wanted::Proofing { project, request, side } => {
                let picture = images::read(&app.store, &app.vault, &app.images, (project, request, side));
                let (content_type, bytes) = picture.await?.ok_or_else(unknown)?;
                Ok(response((request, content_type), bytes, &headers))
            }
        }
    };
    Box::pin(rest::timed(&app, work)).await.unwrap_or_else(|refusal| refusal.respond::<Body>(&(&id).into()))
}

/// Upload an image to a signed URL
///
/// The URL comes from the GraphQL mutation `submitSessionDocument`. It is valid for five minutes and replaces
/// a token. The image is re-encoded: the camera's metadata is not stored. It replaces an existing image of
/// the same kind. In a Sandbox project a scenario file can be uploaded instead of an image: it defines the
/// document's data.
#[utoipa::path(
    put, path = path::TICKET, tag = "User verification", operation_id = "uploadDocumentImageBySignature", security(()),
    params(("ticket" = String, Path, description = "The signed ticket")),
    request_body(content_type = "application/octet-stream", description = "The bytes of the image"),
    responses(
        (status = 200, description = "The image was stored", body = StoredImage),
        (status = 400, description = "The body is not an image, is truncated, or is too large", body = Body),
        (status = 403, description = "The URL is not signed by this server, or has expired", body = Body),
        (status = 404, description = "The document no longer exists", body = Body),
        (status = 409, description = "The session is closed", body = Body),
    ),
)]
pub async fn upload(
    State(app): State<ApiState>,
    Extension(id): Extension<RequestId>,
    Extension(opened): Extension<Ticket>,
    body: Bytes,
) -> Response {
    rest::respond::<Body>((&id).into(), Box::pin(keep(&app, opened, body)).await)
}

async fn keep(app: &ApiState, opened: Ticket, body: Bytes) -> Result<StoredImage, RestError> {
    let Purpose::Document { document, kind } = opened.good_for else {
        return Err(RestError::new(StatusCode::FORBIDDEN, FORGED));
    };
    let kind = document_image::Kind::try_from_value(&kind)
        .map_err(|_| Error::Fault("a ticket was signed for an unknown kind of image"))?;
    let gone = || RestError::not_found("the document no longer exists");
    let closed = || RestError::new(StatusCode::CONFLICT, "the session is closed: it takes no images");
    let target = Target { project: opened.project, document };
    let (document, user, session) = store::target(&app.store, target).await?.ok_or_else(gone)?;
    if rules::is_closed(session.status) {
        return Err(closed());
    }
    let key = key_of(&app.vault, &user).await?.ok_or_else(gone)?;
    let clock = app.clocks.read(&app.store, opened.project).await?;
    let upload = UploadedBytes { store: &app.store, bytes: &body, max_pixels: app.limits.image_pixels };
    let picture = match app.uploads.document(upload, &clock, &key, &document).await? {
        ScenarioUpload::NotAScenario => {
            let picture = blob::check(body.into(), app.limits.image_pixels).await;
            picture.map_err(|error| error.into_error(|unfit| RestError::bad(blob::reason(unfit))))?
        }
        ScenarioUpload::Rejected(rejection) => return Err(RestError::bad(rejection.message)),
        ScenarioUpload::Applied(picture, ()) => picture,
    };
    let added = store::add(&app.store, &app.images, &clock, &document, (kind, &key, &picture)).await?;
    let row = match added {
        AddImageOutcome::Image(row) => row,
        AddImageOutcome::UserErased => return Err(gone()),
        AddImageOutcome::SessionClosed => return Err(closed()),
    };
    Ok(StoredImage {
        id: row.id,
        kind: row.kind.to_value(),
        content_type: row.content_type,
        width: row.width,
        height: row.height,
    })
}

fn unknown() -> RestError {
    RestError::not_found("there is no such image")
}

const BYTES: &str = "application/octet-stream";

/// Reads an image and returns it as a download that browsers do not show in a page.
async fn bytes(
    app: &ApiState,
    (image, user): &(document_image::Model, user::Model),
    is_thumbnail: bool,
    headers: &HeaderMap,
) -> Result<Response, RestError> {
    let key = key_of(&app.vault, user).await?.ok_or_else(unknown)?;
    let name = if is_thumbnail { THUMBNAIL } else { IMAGE };
    let bytes = app.images.read(&key, image.project_id, image.id, name).await?;
    let bytes = bytes.ok_or(Error::Fault("a stored image is missing"))?;
    let content_type = if is_thumbnail { "image/jpeg" } else { image.content_type.as_str() };
    Ok(response((image.id, content_type), bytes, headers))
}

/// The response with the bytes of an image or of a proofing request's image.
fn response((id, content_type): (Uuid, &str), bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let extension = content_type.trim_start_matches("image/");
    let disposition = format!("attachment; filename=\"{id}.{extension}\"");
    // For clients that handle bytes but not image types.
    let accepts_bytes = headers.get(header::ACCEPT).is_some_and(|accept| accept == BYTES);
    let head = [
        (header::CONTENT_TYPE, if accepts_bytes { BYTES } else { content_type }.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (head, bytes).into_response()
}

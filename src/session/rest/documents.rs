use axum::{Extension, http::HeaderMap, response::Response};
use base64::{Engine, prelude::BASE64_STANDARD};
use entity::document_image::{Kind, Model};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::Body,
    path,
    user::found,
    view::{self, Read},
};
use crate::{
    Code, Error,
    audit::record_image_view,
    crypto::DataKey,
    document::{
        kind::room,
        store::{self, image::IMAGE},
    },
    http::{
        ApiState,
        path::Segments,
        position::ReadRequest,
        reply::RequestId,
        rest::{self, RestError},
    },
    user::personal::key_of,
};

/// The documents of a user's latest session, with their images in base64.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionDocuments)]
pub struct Documents {
    /// The image of the user's face; empty if there is none.
    selfie: String,
    documents: Vec<Illustrated>,
}

// The keys are in the order of the API's document.
/// A document and its images in base64. A missing image is an empty string.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionDocumentWithImages)]
pub struct Illustrated {
    #[schema(example = "ID_DOCUMENT")]
    step_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    front: Option<String>,
    /// Omitted for a passport, which has its data on one page.
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    front_cropped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back_cropped: Option<String>,
    #[serde(flatten)]
    read: Read,
}

/// Get a user's documents with their images
#[utoipa::path(
    get, path = path::DOCUMENTS, tag = "User verification", operation_id = "getVerifiedUserDocuments",
    params(("refId" = String, Path, description = "Your own id for the user")),
    responses(
        (status = 200, description = "The documents", body = Documents),
        (status = 400, description = "The id is invalid, or the images are too large for one response", body = Body),
        (status = 404, description = "The user does not exist, has no session, or is not visible to the token", body = Body),
    ),
)]
pub async fn documents(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Segments(ref_id): Segments<String>,
) -> Response {
    rest::read::<Body, _, _>(
        &reading,
        ("GET", path::DOCUMENTS),
        (&id).into(),
        &headers,
        async |app, caller| {
            let (user, sessions) = found(&app, &caller, &ref_id, 1).await?;
            let session = &sessions[0];
            let rows = view::latest(&app, &caller, session).await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let images = store::images_of(&app.store, &caller, &ids).await?;
            let selfie = store::selfie_of(&app.store, &caller, session.id).await?;
            bounded(&app, images.values().flatten().chain(&selfie))?;
            let clock = app.clocks.of(&caller.project);
            for image in images.values().flatten().chain(&selfie) {
                record_image_view(&app.store, &clock, &caller, (image.id, Some(user.id))).await?;
            }
            let key = key_of(&app.vault, &user).await?;
            let mut documents = Vec::new();
            for row in &rows {
                let document_images = images.get(&row.id).map(Vec::as_slice).unwrap_or_default();
                let image = async |kind: Kind| {
                    if !room(row.kind).contains(&kind) {
                        return Ok::<_, RestError>(None);
                    }
                    written(&app, key.as_ref(), document_images.iter().find(|image| image.kind == kind))
                        .await
                        .map(Some)
                };
                let shown = view::document(&app.vault, &user, row).await?;
                documents.push(Illustrated {
                    step_id: shown.step_id,
                    front: image(Kind::Front).await?,
                    back: image(Kind::Back).await?,
                    photo: image(Kind::Photo).await?,
                    front_cropped: image(Kind::FrontCropped).await?,
                    back_cropped: image(Kind::BackCropped).await?,
                    read: shown.read,
                });
            }
            Ok(Documents { selfie: written(&app, key.as_ref(), selfie.as_ref()).await?, documents })
        },
    )
    .await
}

/// Rejects a response that would exceed the memory limit.
fn bounded<'a>(app: &ApiState, images: impl Iterator<Item = &'a Model>) -> Result<(), RestError> {
    let most = app.limits.answer_images;
    let bytes: u64 = images.map(|image| image.bytes.unsigned_abs()).sum();
    if bytes <= most {
        return Ok(());
    }
    Err(RestError::from(Error::Limit {
        what: format!("the images have {bytes} bytes: get them individually"),
        limit: most,
        setting: "answer_images",
        code: Code::BadRequest,
    }))
}

/// An image in base64; empty if there is none.
async fn written(app: &ApiState, key: Option<&DataKey>, image: Option<&Model>) -> Result<String, RestError> {
    let Some((key, image)) = key.zip(image) else { return Ok(String::new()) };
    let bytes = app.images.read(key, image.project_id, image.id, IMAGE).await?;
    Ok(BASE64_STANDARD.encode(bytes.ok_or(Error::Fault("a stored image is missing"))?))
}

//! The SQL of documents and of their images.

pub mod image;
pub mod submit;

use std::collections::HashMap;

use entity::{document, document_image};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    user::store::in_scope,
};

/// Maximum number of documents of a session or an identification in one response.
pub const MOST: usize = 100;

/// Selects the documents that a caller may see: those of its visible users. Every select of this table starts
/// here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<document::Entity> {
    let (project, user) = (document::Column::ProjectId, document::Column::UserId);
    document::Entity::find().filter(in_scope::<document::Entity>(store, caller, project, user))
}

/// Selects the images that a caller may see: those of its visible users. Every select of this table starts
/// here, or at a ticket that was signed for one image.
#[must_use]
pub fn visible_images(store: &Store, caller: &Caller) -> Select<document_image::Entity> {
    let (project, user) = (document_image::Column::ProjectId, document_image::Column::UserId);
    document_image::Entity::find().filter(in_scope::<document_image::Entity>(store, caller, project, user))
}

/// Lists the documents of each of these sessions or identifications, by the given column; oldest first, at
/// most [`MOST`] each.
pub async fn of_parents(
    store: &Store,
    caller: &Caller,
    parent: document::Column,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<document::Model>>> {
    let owner_filter = store.dialect().id_in(column::<document::Entity>(parent), ids);
    let rows = visible_to(store, caller)
        .filter(owner_filter)
        .order_by_asc(document::Column::CreatedAt)
        .order_by_asc(document::Column::Id)
        .all(store.read())
        .await?;
    let mut documents: HashMap<Uuid, Vec<document::Model>> = HashMap::new();
    for row in rows {
        let of = match parent {
            document::Column::IdentificationId => row.identification_id,
            _ => row.session_id,
        };
        let list = documents.entry(of.unwrap_or_default()).or_default();
        if list.len() < MOST {
            list.push(row);
        }
    }
    Ok(documents)
}

/// Lists the images of each of these documents.
pub async fn images_of(
    store: &Store,
    caller: &Caller,
    documents: &[Uuid],
) -> Result<HashMap<Uuid, Vec<document_image::Model>>> {
    let document = column::<document_image::Entity>(document_image::Column::DocumentId);
    let rows = visible_images(store, caller)
        .filter(store.dialect().id_in(document, documents))
        .order_by_asc(document_image::Column::UploadedAt)
        .order_by_asc(document_image::Column::Id)
        .all(store.read())
        .await?;
    let mut images: HashMap<Uuid, Vec<document_image::Model>> = HashMap::new();
    for row in rows {
        images.entry(row.document_id.unwrap_or_default()).or_default().push(row);
    }
    Ok(images)
}

/// Loads the selfie of a session, if it has one.
pub async fn selfie_of(
    store: &Store,
    caller: &Caller,
    session: Uuid,
) -> Result<Option<document_image::Model>> {
    let rows = visible_images(store, caller)
        .filter(document_image::Column::SessionId.eq(session))
        .filter(document_image::Column::Kind.eq(document_image::Kind::Selfie));
    let newest_first = rows.order_by_desc(document_image::Column::UploadedAt);
    Ok(newest_first.limit(1).one(store.read()).await?)
}

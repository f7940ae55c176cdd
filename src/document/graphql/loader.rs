use std::collections::HashMap;

use entity::{document, document_image};
use uuid::Uuid;

use crate::{Result, auth::Caller, db::Store, document::store, graphql::loader::Batched};

/// Type of the object that documents belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentOwner {
    Session,
    Identification,
}

/// Loader key: the documents of a session or an identification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentsOf(pub DocumentOwner, pub Uuid);

impl Batched for DocumentsOf {
    type Value = Vec<document::Model>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let mut found = HashMap::new();
        for (of, parent) in [
            (DocumentOwner::Session, document::Column::SessionId),
            (DocumentOwner::Identification, document::Column::IdentificationId),
        ] {
            let ids: Vec<Uuid> = keys.iter().filter(|key| key.0 == of).map(|key| key.1).collect();
            if !ids.is_empty() {
                let documents = store::of_parents(store, caller, parent, &ids).await?;
                found.extend(documents.into_iter().map(|(id, documents)| (Self(of, id), documents)));
            }
        }
        Ok(found)
    }
}

/// Loader key: the images of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImagesOf(pub Uuid);

impl Batched for ImagesOf {
    type Value = Vec<document_image::Model>;

    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, Self::Value>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let images = store::images_of(store, caller, &ids).await?;
        Ok(images.into_iter().map(|(id, images)| (Self(id), images)).collect())
    }
}

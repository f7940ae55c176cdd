use base64::{Engine, prelude::BASE64_STANDARD};
use entity::{
    Timestamp, document,
    document_image::{Column, Entity, Kind, Model},
    user, verification_session,
};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Batch, ERASED, WriteOutcome, Writer, clashes, insert};
use crate::{
    CheckError, Result,
    blob::{self, Picture},
    crypto::DataKey,
    document::{
        kind::room,
        store::image::{IMAGE, THUMBNAIL},
    },
    transfer::{Record, record::Image},
};

const KIND: &str = "image";

/// Where an image is to be stored.
struct Frame {
    id: Uuid,
    user: Uuid,
    document: Option<Uuid>,
    session: Uuid,
    key: DataKey,
    /// The time of the upload, or of the document if it is unknown.
    at: Timestamp,
}

/// Whether an image can be stored in a slot.
enum ImageSlot {
    Free(Frame),
    /// An image of this kind exists already.
    Taken,
    None(String),
}

impl Writer {
    /// Stores an image in the same way as an upload: checked by its content, re-encoded if it contains more
    /// than the visible picture, and sealed. Its files are written before its row, so that no row lacks its
    /// files.
    pub(super) async fn image(&self, record: &Record, it: &Image) -> Result<WriteOutcome> {
        let mut looked_at: Option<Picture> = None;
        loop {
            let mut batch = self.begin(1).await?;
            let slot = batch.slot(record, it).await?;
            if let (ImageSlot::Free(frame), Some(picture)) = (&slot, &looked_at) {
                batch.look_again(std::slice::from_ref(record)).await?;
                let kept = self.keep(batch, it, frame, picture).await;
                if kept.is_err() {
                    for name in [IMAGE, THUMBNAIL] {
                        // A file that cannot be removed stays: it is sealed and unreferenced. The failure is
                        // logged.
                        drop(self.gallery.images.remove(self.project, frame.id, name).await);
                    }
                }
                return match kept {
                    Ok(()) => Ok(WriteOutcome::New),
                    // Another request has uploaded this image meanwhile.
                    Err(error) if clashes(&error) => Ok(WriteOutcome::Refused(other(it))),
                    Err(error) => Err(error),
                };
            }
            batch.transaction.rollback().await?;
            match slot {
                ImageSlot::Taken => return Ok(WriteOutcome::Same),
                ImageSlot::None(why) => return Ok(WriteOutcome::Refused(why)),
                // No lock is held while the image is checked, so check afterwards whether the slot is still
                // free.
                ImageSlot::Free(_) => match self.picture(it).await {
                    Ok(picture) => looked_at = Some(picture),
                    Err(error) => return error.map(WriteOutcome::Refused).into_outcome(),
                },
            }
        }
    }

    /// The record's image, or why it is rejected.
    async fn picture(&self, it: &Image) -> Result<Picture, CheckError<String>> {
        let Ok(bytes) = BASE64_STANDARD.decode(&it.data) else {
            return Err(CheckError::Rejected("`data`: is not base64".to_owned()));
        };
        let most = self.gallery.most_bytes;
        if bytes.len() as u64 > most {
            return Err(CheckError::Rejected(format!(
                "`data`: the image has more than {most} bytes (`limits.image`)"
            )));
        }
        let picture = blob::check_kept(bytes, self.gallery.most_pixels).await;
        picture.map_err(|error| error.map(|unfit| format!("`data`: {}", blob::reason(unfit))))
    }

    async fn keep(&self, mut batch: Batch<'_>, it: &Image, frame: &Frame, picture: &Picture) -> Result<()> {
        let (project, images) = (self.project, &self.gallery.images);
        // A dry run writes no files.
        if self.trial.is_none() {
            images.keep(&frame.key, project, frame.id, IMAGE, &picture.bytes).await?;
            images.keep(&frame.key, project, frame.id, THUMBNAIL, &picture.thumbnail).await?;
        }
        let size = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        let row = Model {
            id: frame.id,
            project_id: project,
            user_id: frame.user,
            document_id: frame.document,
            session_id: frame.session,
            kind: it.kind.0,
            content_type: picture.content_type.to_owned(),
            bytes: i64::try_from(picture.bytes.len()).unwrap_or(i64::MAX),
            width: size(picture.width),
            height: size(picture.height),
            uploaded_at: it.uploaded_at.map_or(frame.at, |at| at.0),
        };
        insert(&batch.transaction, vec![row]).await?;
        batch.write_names().await?;
        batch.audit().await?;
        batch.transaction.commit().await?;
        Ok(())
    }
}

impl Batch<'_> {
    async fn slot(&mut self, record: &Record, it: &Image) -> Result<ImageSlot> {
        self.users(std::slice::from_ref(record)).await?;
        let here = self.here::<Entity>(KIND, Column::Id, std::iter::once(it.id.as_str())).await?;
        // An image that retention has deleted is not imported again.
        if here.get(&it.id).is_some() || here.was_written(&it.id) {
            return Ok(ImageSlot::Taken);
        }
        let user = match self.user(&it.user) {
            Ok(user) => user.clone(),
            Err(why) => return Ok(ImageSlot::None(why)),
        };
        let Some(key) = self.key(&user).await? else { return Ok(ImageSlot::None(ERASED.to_owned())) };
        let (document, session) = match self.shown(it, &user).await {
            Ok(shown) => shown,
            Err(error) => return error.map(ImageSlot::None).into_outcome(),
        };
        let at = document.as_ref().map_or(session.updated_at, |document| document.updated_at);
        let document = document.filter(|_| it.kind.0 != Kind::Selfie).map(|document| document.id);
        let mut others = Entity::find()
            .filter(Column::ProjectId.eq(self.of.project))
            .filter(Column::SessionId.eq(session.id))
            .filter(Column::Kind.eq(it.kind.0));
        if let Some(document) = document {
            others = others.filter(Column::DocumentId.eq(document));
        }
        if others.one(&self.transaction).await?.is_some() {
            return Ok(ImageSlot::None(other(it)));
        }
        let id = self.id_of(KIND, &it.id, &here);
        Ok(ImageSlot::Free(Frame { id, user: user.id, document, session: session.id, key, at }))
    }

    /// The document and the session of an image: as named by the record, or else the user's latest session.
    async fn shown(
        &self,
        it: &Image,
        user: &user::Model,
    ) -> Result<(Option<document::Model>, verification_session::Model), CheckError<String>> {
        use verification_session::{Column, Entity};
        let Some(key) = it.document.as_deref() else {
            let session = if let Some(key) = it.session.as_deref() {
                self.sessions_of(std::iter::once(key)).await?.get(key).cloned()
            } else {
                let latest = Entity::find()
                    .filter(Column::ProjectId.eq(user.project_id))
                    .filter(Column::UserId.eq(user.id));
                let latest = latest.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
                latest.one(&self.transaction).await?
            };
            let session = session.filter(|row| row.user_id == user.id);
            let reason = match session {
                Some(session) if it.kind.0 == Kind::Selfie => return Ok((None, session)),
                Some(_) => "`document` is missing: only a face can belong to a session without a document",
                None => NO_SESSION,
            };
            return Err(CheckError::Rejected(reason.to_owned()));
        };
        let document = self.documents_of(std::iter::once(key)).await?.get(key).cloned();
        let Some(document) = document.filter(|row| row.user_id == user.id) else {
            return Err(CheckError::Rejected("`document`: does not exist: import it first".to_owned()));
        };
        let session = (document.session_id.unwrap_or_default(), document.project_id);
        let session = Entity::find_by_id(session).one(&self.transaction).await?;
        let has_room = it.kind.0 == Kind::Selfie || room(document.kind).contains(&it.kind.0);
        match session {
            None => Err(CheckError::Rejected(NO_SESSION.to_owned())),
            Some(_) if !has_room => {
                Err(CheckError::Rejected(format!("`kind`: the document has no {}", it.kind.0.to_value())))
            }
            Some(session) => Ok((Some(document), session)),
        }
    }
}

fn other(it: &Image) -> String {
    format!("another image {} exists already and is kept", it.kind.0.to_value())
}

const NO_SESSION: &str = "images belong to a session, and the user has none: import the response of \
    `GET /v2/users/{refId}` first";

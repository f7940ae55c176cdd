//! Document images: their rows, and the used tickets.

use entity::{
    Timestamp, document,
    document_image::{self, Kind, Model},
    spent_ticket, user, verification_session,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::visible_images;
use crate::{
    Error, Result,
    auth::Caller,
    blob::{Images, Picture},
    clock::Clock,
    crypto::DataKey,
    db::Store,
    session::{rules, store::emit},
    user::store::lock::lock_one,
};

/// Storage name of an image.
pub const IMAGE: &str = "image";
/// Storage name of its thumbnail.
pub const THUMBNAIL: &str = "thumbnail";

/// The document of an image, with its user and session.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub project: Uuid,
    pub document: Uuid,
}

/// Outcome of adding an image.
#[derive(Clone, Debug)]
pub enum AddImageOutcome {
    Image(Model),
    /// The user is erased or restricted: no data is stored for it any more.
    UserErased,
    SessionClosed,
}

/// Loads a document, its user and its session for the holder of a ticket: the client that requested the
/// ticket saw them.
pub async fn target(
    store: &Store,
    target: Target,
) -> Result<Option<(document::Model, user::Model, verification_session::Model)>> {
    let named = document::Entity::find_by_id((target.document, target.project)).one(store.read()).await?;
    let Some(document) = named else { return Ok(None) };
    let user = user::Entity::find_by_id((document.user_id, target.project)).one(store.read()).await?;
    let session = document.session_id.unwrap_or_default();
    let session =
        verification_session::Entity::find_by_id((session, target.project)).one(store.read()).await?;
    Ok(user.zip(session).map(|(user, session)| (document, user, session)))
}

/// Stores an image and inserts its row, replacing the image of the same kind. Files are written before their
/// row, and those of the replaced row are deleted after: an interruption at any point leaves no row without
/// its files.
///
/// # Errors
///
/// When the database or the image storage fails.
pub async fn add(
    store: &Store,
    images: &Images,
    clock: &Clock,
    document: &document::Model,
    (kind, key, picture): (Kind, &DataKey, &Picture),
) -> Result<AddImageOutcome> {
    let session_id =
        document.session_id.ok_or(Error::Fault("images can only be added to a document of a session"))?;
    let (project, now) = (document.project_id, clock.now());
    let size = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    let row = Model {
        id: clock.new_id(),
        project_id: project,
        user_id: document.user_id,
        document_id: (kind != Kind::Selfie).then_some(document.id),
        session_id,
        kind,
        content_type: picture.content_type.to_owned(),
        bytes: i64::try_from(picture.bytes.len()).unwrap_or(i64::MAX),
        width: size(picture.width),
        height: size(picture.height),
        uploaded_at: now,
    };
    images.keep(key, project, row.id, IMAGE, &picture.bytes).await?;
    images.keep(key, project, row.id, THUMBNAIL, &picture.thumbnail).await?;
    let replaced = insert(store, clock, row.clone()).await;
    let gone = match &replaced {
        Ok(ReplaceOutcome::Done(old)) => old.clone(),
        Ok(ReplaceOutcome::UserErased | ReplaceOutcome::SessionClosed) | Err(_) => vec![row.id],
    };
    for id in gone {
        for name in [IMAGE, THUMBNAIL] {
            // A file that cannot be deleted stays, sealed and without a row. The error is logged, and the new
            // image is in place.
            drop(images.remove(project, id, name).await);
        }
    }
    Ok(match replaced? {
        ReplaceOutcome::Done(_) => AddImageOutcome::Image(row),
        ReplaceOutcome::UserErased => AddImageOutcome::UserErased,
        ReplaceOutcome::SessionClosed => AddImageOutcome::SessionClosed,
    })
}

/// Outcome of inserting a row.
enum ReplaceOutcome {
    /// The ids of the replaced rows.
    Done(Vec<Uuid>),
    UserErased,
    SessionClosed,
}

/// Inserts a row, replacing the one of the same kind.
async fn insert(store: &Store, clock: &Clock, row: Model) -> Result<ReplaceOutcome> {
    let transaction = store.begin().await?;
    if lock_one(&transaction, user::Entity::find_by_id((row.user_id, row.project_id)))
        .await?
        .locked()
        .is_none()
    {
        return Ok(ReplaceOutcome::UserErased);
    }
    let session = verification_session::Entity::find_by_id((row.session_id, row.project_id)).lock_exclusive();
    let session = session.one(&transaction).await?;
    if session.is_none_or(|session| rules::is_closed(session.status)) {
        return Ok(ReplaceOutcome::SessionClosed);
    }
    let mut old = document_image::Entity::find()
        .filter(document_image::Column::ProjectId.eq(row.project_id))
        .filter(document_image::Column::SessionId.eq(row.session_id))
        .filter(document_image::Column::Kind.eq(row.kind));
    if let Some(document) = row.document_id {
        old = old.filter(document_image::Column::DocumentId.eq(document));
    }
    let old: Vec<Uuid> =
        old.select_only().column(document_image::Column::Id).into_tuple().all(&transaction).await?;
    document_image::Entity::delete_many()
        .filter(document_image::Column::ProjectId.eq(row.project_id))
        .filter(document_image::Column::Id.is_in(old.iter().copied()))
        .exec(&transaction)
        .await?;
    let (project, session) = (row.project_id, row.session_id);
    let insert = document_image::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(&transaction).await?;
    emit::filled(&transaction, clock, project, session).await?;
    transaction.commit().await?;
    Ok(ReplaceOutcome::Done(old))
}

/// Loads an image that is visible to the caller, and its user.
pub async fn visible(store: &Store, caller: &Caller, id: Uuid) -> Result<Option<(Model, user::Model)>> {
    let row =
        visible_images(store, caller).filter(document_image::Column::Id.eq(id)).one(store.read()).await?;
    with_user(store, row).await
}

/// Loads an image of a project, for the holder of a ticket.
pub async fn of_ticket(store: &Store, project: Uuid, id: Uuid) -> Result<Option<(Model, user::Model)>> {
    let row = document_image::Entity::find_by_id((id, project));
    with_user(store, row.one(store.read()).await?).await
}

async fn with_user(store: &Store, row: Option<Model>) -> Result<Option<(Model, user::Model)>> {
    let Some(row) = row else { return Ok(None) };
    let user = user::Entity::find_by_id((row.user_id, row.project_id)).one(store.read()).await?;
    Ok(user.map(|user| (row, user)))
}

/// Returns whether a download URL was used.
pub async fn is_spent(store: &Store, ticket: Uuid) -> Result<bool> {
    Ok(spent_ticket::Entity::find_by_id(ticket).one(store.read()).await?.is_some())
}

/// Marks a ticket as used. Returns `false` if it was used before.
pub async fn spend(store: &Store, now: Timestamp, ticket: Uuid, expires: i64) -> Result<bool> {
    let transaction = store.begin().await?;
    // Expired tickets need not be stored.
    spent_ticket::Entity::delete_many()
        .filter(spent_ticket::Column::ExpiresAt.lte(now))
        .exec(&transaction)
        .await?;
    let row = spent_ticket::ActiveModel { id: Set(ticket), expires_at: Set(Timestamp(expires * 1000)) };
    let nothing = OnConflict::column(spent_ticket::Column::Id).do_nothing().to_owned();
    let written = spent_ticket::Entity::insert_many([row]).on_conflict(nothing);
    let is_first = written.exec_without_returning(&transaction).await? == 1;
    transaction.commit().await?;
    Ok(is_first)
}

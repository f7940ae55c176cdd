//! Erasing users: the key is destroyed, so that nothing that it sealed can be read again, anywhere; what is left is that
//! there was somebody, and what was decided when.

use entity::{
    Timestamp, document, document_image, event, identification, identification_source, proofing_request,
    sandbox_consent, sandbox_endorsement, user, user_tag, verification_result, verification_session,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use uuid::Uuid;

use super::{visible_to, write::tell};
use crate::{
    Result,
    auth::Caller,
    blob::Images,
    clock::Clock,
    crypto::Vault,
    db::Store,
    document::store::image::{IMAGE, THUMBNAIL},
    event::Kind,
    proofing::checks::Side,
    retention::store as retention,
    user::{ValidPersonal, lookup},
};

/// How asking for an erasure ended.
#[derive(Clone, Debug)]
pub enum Erased {
    /// The user is erased: now, or it was before.
    Done(user::Model, Timestamp),
    /// The law says that the record is kept: nobody reads it any more, and it is erased when the hold is released.
    Restricted(user::Model),
    NotFound,
}

/// What there is to throw away of a user outside of the database, once the transaction has ended.
#[derive(Clone, Debug, Default)]
struct Files(Vec<(Uuid, &'static str)>);

/// Erases a user, or restricts it while it is held.
///
/// # Errors
///
/// When the database fails.
pub async fn erase(
    (store, vault, images): (&Store, &Vault, &Images),
    (caller, clock): (&Caller, &Clock),
    id: Uuid,
) -> Result<Erased> {
    let transaction = store.begin().await?;
    let Some(row) = locked(&transaction, store, caller, id).await? else { return Ok(Erased::NotFound) };
    if row.status == user::Status::Erased {
        let at = row.updated_at;
        return Ok(Erased::Done(row, at));
    }
    if row.hold_reason.is_some() {
        if row.status == user::Status::Restricted {
            return Ok(Erased::Restricted(row));
        }
        let row = user::Model { status: user::Status::Restricted, ..row };
        let row = changed(&transaction, clock, row, Kind::UserUpdated).await?;
        transaction.commit().await?;
        return Ok(Erased::Restricted(row));
    }
    let (row, files) = destroy(&transaction, vault, clock, row).await?;
    transaction.commit().await?;
    throw_away(images, row.project_id, files).await;
    let at = row.updated_at;
    Ok(Erased::Done(row, at))
}

/// How holding a user ended, or releasing it.
#[derive(Clone, Debug)]
pub enum Held {
    Done(user::Model),
    NotFound,
    /// There is nothing left to hold.
    Erased,
}

/// Holds a user back from erasure, for a reason, or with none releases it: whoever was to be erased meanwhile is.
///
/// # Errors
///
/// When the database fails.
pub async fn hold(
    (store, vault, images): (&Store, &Vault, &Images),
    (caller, clock): (&Caller, &Clock),
    id: Uuid,
    reason: Option<&str>,
) -> Result<Held> {
    let transaction = store.begin().await?;
    let Some(row) = locked(&transaction, store, caller, id).await? else { return Ok(Held::NotFound) };
    if row.status == user::Status::Erased {
        return Ok(Held::Erased);
    }
    if row.hold_reason.as_deref() == reason {
        return Ok(Held::Done(row));
    }
    let is_due = reason.is_none() && row.status == user::Status::Restricted;
    let row = user::Model { hold_reason: reason.map(str::to_owned), ..row };
    if is_due {
        let (row, files) = destroy(&transaction, vault, clock, row).await?;
        transaction.commit().await?;
        throw_away(images, row.project_id, files).await;
        return Ok(Held::Done(row));
    }
    let row = changed(&transaction, clock, row, Kind::UserUpdated).await?;
    if reason.is_none() {
        retention::look_again(&transaction, row.project_id).await?;
    }
    transaction.commit().await?;
    Ok(Held::Done(row))
}

/// A user that a caller may see, and its identifications before it: whoever reports on one locks them in this order too.
async fn locked(
    transaction: &DatabaseTransaction,
    store: &Store,
    caller: &Caller,
    id: Uuid,
) -> Result<Option<user::Model>> {
    identification::Entity::find()
        .filter(identification::Column::UserId.eq(id))
        .select_only()
        .column(identification::Column::Id)
        .order_by_asc(identification::Column::Id)
        .lock_exclusive()
        .into_tuple::<Uuid>()
        .all(transaction)
        .await?;
    let row = visible_to(store, caller).filter(user::Column::Id.eq(id)).lock_exclusive();
    Ok(row.one(transaction).await?)
}

async fn changed(
    transaction: &DatabaseTransaction,
    clock: &Clock,
    row: user::Model,
    kind: Kind,
) -> Result<user::Model> {
    let row = user::Model { updated_at: clock.now(), version: row.version.saturating_add(1), ..row };
    let columns: user::ActiveModel = row.clone().into_active_model().reset_all();
    columns.update(transaction).await?;
    tell(transaction, clock, kind, &row).await?;
    Ok(row)
}

/// Destroys the key of a user, who is locked, and blanks what it sealed: the bytes would say nothing, and need not lie
/// about. Ids that callers chose go too: they may be names.
async fn destroy(
    transaction: &DatabaseTransaction,
    vault: &Vault,
    clock: &Clock,
    row: user::Model,
) -> Result<(user::Model, Files)> {
    let id = row.id;
    let images: Vec<Uuid> = document_image::Entity::find()
        .filter(document_image::Column::UserId.eq(id))
        .select_only()
        .column(document_image::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?;
    let proofings: Vec<Uuid> = proofing_request::Entity::find()
        .filter(proofing_request::Column::UserId.eq(id))
        .select_only()
        .column(proofing_request::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?;
    let of_documents = images.into_iter().flat_map(|image| [(image, IMAGE), (image, THUMBNAIL)]);
    let of_proofings = proofings.into_iter().flat_map(|request| Side::ALL.map(|side| (request, side.name())));
    let files = Files(of_documents.chain(of_proofings).collect());

    lookup::write(transaction, vault, row.project_id, id, &ValidPersonal::default()).await?;
    user_tag::Entity::delete_many().filter(user_tag::Column::UserId.eq(id)).exec(transaction).await?;
    sandbox_consent::Entity::delete_by_id(id).exec(transaction).await?;
    sandbox_endorsement::Entity::delete_many()
        .filter(sandbox_endorsement::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    document_image::Entity::delete_many()
        .filter(document_image::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    proofing_request::Entity::update_many()
        .col_expr(proofing_request::Column::OldestImageAt, Expr::val(None::<i64>))
        .filter(proofing_request::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    // What others call their results may name whom they are about.
    let theirs = identification::Entity::find()
        .filter(identification::Column::UserId.eq(id))
        .select_only()
        .column(identification::Column::Id)
        .into_query();
    identification_source::Entity::delete_many()
        .filter(identification_source::Column::IdentificationId.in_subquery(theirs))
        .exec(transaction)
        .await?;
    let nothing = || Expr::val(Vec::<u8>::new());
    document::Entity::update_many()
        .col_expr(document::Column::Fields, nothing())
        .filter(document::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    verification_session::Entity::update_many()
        .col_expr(verification_session::Column::Metadata, Expr::val(None::<Vec<u8>>))
        .filter(verification_session::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    verification_result::Entity::update_many()
        .col_expr(verification_result::Column::Data, Expr::val(None::<Vec<u8>>))
        .filter(verification_result::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    // The details of sessions tell what the caller calls the user.
    event::Entity::update_many()
        .col_expr(event::Column::Detail, Expr::val(None::<serde_json::Value>))
        .filter(event::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    // Nothing is awaited of anybody any more.
    identification::Entity::update_many()
        .col_expr(identification::Column::DueAt, Expr::val(None::<i64>))
        .filter(identification::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    let row = user::Model {
        status: user::Status::Erased,
        ref_id: None,
        source_id: None,
        wrapped_key: None,
        personal: None,
        joined_at: None,
        hold_reason: None,
        ..row
    };
    Ok((changed(transaction, clock, row, Kind::UserErased).await?, files))
}

/// What cannot be removed stays, sealed by a key that is gone. The log has it.
async fn throw_away(images: &Images, project: Uuid, files: Files) {
    for (row, name) in files.0 {
        drop(images.remove(project, row, name).await);
    }
}

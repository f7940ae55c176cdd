//! Erasing users: the key is destroyed, so that nothing that it sealed can be read again; the ledger has it destroyed again
//! after an older backup is restored. What is left is that there was somebody, and what was decided when.

use entity::{
    Timestamp, document_image, identification, identification_source, proofing_request, sandbox_consent,
    sandbox_endorsement, user, user_tag,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use uuid::Uuid;

use super::{blank::blank, visible_to, write::tell};
use crate::{
    Result,
    auth::Caller,
    blob::Images,
    clock::Clock,
    crypto::Vault,
    db::{Store, Transaction},
    document::store::image::{IMAGE, THUMBNAIL},
    event::Kind,
    proofing::checks::Side,
    retention::store as retention,
    services::Services,
    user::{
        ValidPersonal,
        ledger::{Ledger, entry},
        lookup,
    },
};

/// How asking for an erasure ended.
#[derive(Clone, Debug)]
pub enum EraseOutcome {
    /// The user is erased: now, or it was before.
    Done(user::Model, Timestamp),
    /// The law says that the record is kept: nobody reads it any more, and it is erased when the hold is released.
    Restricted(user::Model),
    NotFound,
}

/// What there is to throw away of a user outside of the database, once the transaction has ended.
#[derive(Clone, Debug, Default)]
struct Files(Vec<(Uuid, &'static str)>);

/// What erasing works with.
#[derive(Clone, Copy, Debug)]
pub struct Eraser<'a> {
    pub store: &'a Store,
    pub vault: &'a Vault,
    pub images: &'a Images,
    pub ledger: &'a Ledger,
}

impl<'a> From<&'a Services> for Eraser<'a> {
    fn from(services: &'a Services) -> Self {
        let Services { store, vault, images, ledger, .. } = services;
        Self { store, vault, images, ledger }
    }
}

/// Erases a user, or restricts it while it is held.
///
/// # Errors
///
/// When the database or the ledger fails. If the ledger does, the user is erased, and the next call records it.
pub async fn erase(tools: Eraser<'_>, caller: &Caller, clock: &Clock, id: Uuid) -> Result<EraseOutcome> {
    let Eraser { store, vault, .. } = tools;
    let transaction = store.begin().await?;
    let Some(row) = locked(&transaction, store, caller, id).await? else { return Ok(EraseOutcome::NotFound) };
    if row.status == user::Status::Erased {
        transaction.rollback().await?;
        // The ledger may have failed the first time.
        tools.ledger.record(vec![entry(row.project_id, id, row.updated_at)]).await?;
        let at = row.updated_at;
        return Ok(EraseOutcome::Done(row, at));
    }
    if row.hold_reason.is_some() {
        if row.status == user::Status::Restricted {
            return Ok(EraseOutcome::Restricted(row));
        }
        let row = user::Model { status: user::Status::Restricted, ..row };
        let row = changed(&transaction, clock, row, (Kind::UserUpdated, clock.now())).await?;
        transaction.commit().await?;
        return Ok(EraseOutcome::Restricted(row));
    }
    let (row, files) = destroy(&transaction, vault, clock, row, clock.now()).await?;
    transaction.commit().await?;
    settle(tools, &row, files).await?;
    let at = row.updated_at;
    Ok(EraseOutcome::Done(row, at))
}

/// Erases a user, who is locked, that was erased before at that moment: a backup has brought it back.
///
/// # Errors
///
/// When the database or the ledger fails.
pub async fn erase_again(
    tools: Eraser<'_>,
    transaction: Transaction,
    clock: &Clock,
    row: user::Model,
    at: Timestamp,
) -> Result<()> {
    let (row, files) = destroy(&transaction, tools.vault, clock, row, at).await?;
    transaction.commit().await?;
    settle(tools, &row, files).await
}

/// What follows when an erasure is committed. In this order: a server that ends before the entry is in the ledger has given
/// no receipt, and records it at its next start; an entry without an erasure would erase a user that nobody erased.
async fn settle(tools: Eraser<'_>, row: &user::Model, files: Files) -> Result<()> {
    tools.ledger.record(vec![entry(row.project_id, row.id, row.updated_at)]).await?;
    throw_away(tools.images, row.project_id, files).await;
    match tools.store.empty_log().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!(
            "the write-ahead log keeps what was erased until the next erasure: a reader holds it"
        ),
        Err(error) => {
            tracing::warn!("the write-ahead log keeps what was erased until the next erasure: {error}");
        }
    }
    Ok(())
}

/// How holding a user ended, or releasing it.
#[derive(Clone, Debug)]
pub enum HoldOutcome {
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
    tools: Eraser<'_>,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
    reason: Option<&str>,
) -> Result<HoldOutcome> {
    let Eraser { store, vault, .. } = tools;
    let transaction = store.begin().await?;
    let Some(row) = locked(&transaction, store, caller, id).await? else { return Ok(HoldOutcome::NotFound) };
    if row.status == user::Status::Erased {
        return Ok(HoldOutcome::Erased);
    }
    if row.hold_reason.as_deref() == reason {
        return Ok(HoldOutcome::Done(row));
    }
    let is_due = reason.is_none() && row.status == user::Status::Restricted;
    let row = user::Model { hold_reason: reason.map(str::to_owned), ..row };
    if is_due {
        let (row, files) = destroy(&transaction, vault, clock, row, clock.now()).await?;
        transaction.commit().await?;
        settle(tools, &row, files).await?;
        return Ok(HoldOutcome::Done(row));
    }
    let row = changed(&transaction, clock, row, (Kind::UserUpdated, clock.now())).await?;
    if reason.is_none() {
        retention::look_again(&transaction, row.project_id).await?;
    }
    transaction.commit().await?;
    Ok(HoldOutcome::Done(row))
}

/// A user that a caller may see, and its identifications before it: whoever reports on one locks them in this order too.
async fn locked(
    transaction: &Transaction,
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
    transaction: &Transaction,
    clock: &Clock,
    row: user::Model,
    (kind, at): (Kind, Timestamp),
) -> Result<user::Model> {
    let row = user::Model { updated_at: at, version: row.version.saturating_add(1), ..row };
    let columns: user::ActiveModel = row.clone().into_active_model().reset_all();
    columns.update(transaction).await?;
    tell(transaction, clock, kind, &row).await?;
    Ok(row)
}

/// Destroys the key of a user, who is locked, and blanks what it sealed: the bytes would say nothing, and need not lie
/// about. Ids that callers chose go too: they may be names.
async fn destroy(
    transaction: &Transaction,
    vault: &Vault,
    clock: &Clock,
    row: user::Model,
    at: Timestamp,
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
    blank(transaction, id).await?;
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
    Ok((changed(transaction, clock, row, (Kind::UserErased, at)).await?, files))
}

/// What cannot be removed stays, sealed by a key that is gone. The log has it.
async fn throw_away(images: &Images, project: Uuid, files: Files) {
    for (row, name) in files.0 {
        drop(images.remove(project, row, name).await);
    }
}

//! Erases users: destroys the key, so that the data it sealed can never be read again. The ledger has the key
//! destroyed again after an older backup is restored. What remains is that a user existed, and what was
//! decided when.

use entity::{Timestamp, identification, user};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{
    visible_to,
    write::{delete_tags, emit},
};
use crate::{
    Result,
    auth::Caller,
    blob::{ImageName, Images},
    clock::Clock,
    crypto::Vault,
    db::{Store, Transaction},
    event::Kind,
    retention::store as retention,
    user::{
        UserKey, ValidPersonal,
        ledger::{Ledger, entry},
        lookup,
    },
};

/// Outcome of an erasure request.
#[derive(Clone, Debug)]
pub enum EraseOutcome {
    /// The user is erased, now or before.
    Done(user::Model, Timestamp),
    /// A legal hold applies: the data can no longer be read, and is erased when the hold is released.
    Restricted(user::Model),
    NotFound,
}

/// A user's data outside of the database, to be deleted after the transaction has ended.
#[derive(Clone, Debug, Default)]
struct Files(Vec<ImageName>);

/// The services that an erasure needs.
#[derive(Clone, Copy, Debug)]
pub struct Eraser<'a> {
    pub store: &'a Store,
    pub vault: &'a Vault,
    pub images: &'a Images,
    pub ledger: &'a Ledger,
    pub steps: &'static [EraseStep],
}

/// Erases what one concept stores about a user, in the transaction of the erasure. Every text that a client may have written
/// and every value sealed with the user's key is blanked: rows keep ids, times, and words of closed lists. Returns the images
/// to delete after the transaction.
pub type EraseStep = for<'a> fn(&'a Transaction, UserKey) -> BoxFuture<'a, Result<Vec<ImageName>>>;

/// Erases a user, or restricts it while a legal hold applies.
///
/// # Errors
///
/// When the database or the ledger fails. If the ledger fails, the user is erased, and the next call records
/// it.
pub async fn erase(tools: Eraser<'_>, caller: &Caller, clock: &Clock, id: Uuid) -> Result<EraseOutcome> {
    let store = tools.store;
    let transaction = store.begin().await?;
    let Some(row) = locked(&transaction, store, caller, id).await? else { return Ok(EraseOutcome::NotFound) };
    if row.status == user::Status::Erased {
        transaction.rollback().await?;
        // The ledger may have failed in the first call.
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
    let (row, files) = destroy(&transaction, tools, clock, row, clock.now()).await?;
    transaction.commit().await?;
    settle(tools, &row, files).await?;
    let at = row.updated_at;
    Ok(EraseOutcome::Done(row, at))
}

/// Erases a locked user that was erased before, at that time, and that a backup has restored.
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
    let (row, files) = destroy(&transaction, tools, clock, row, at).await?;
    transaction.commit().await?;
    settle(tools, &row, files).await
}

/// Completes a committed erasure. The order matters: a server that stops before the ledger entry has issued
/// no receipt and records the entry at its next start; an entry without an erasure would erase a user without
/// a request.
async fn settle(tools: Eraser<'_>, row: &user::Model, files: Files) -> Result<()> {
    tools.ledger.record(vec![entry(row.project_id, row.id, row.updated_at)]).await?;
    throw_away(tools.images, row.project_id, files).await;
    match tools.store.empty_log().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!(
            "failed to empty the write-ahead log: a reader holds erased data in it until the next erasure"
        ),
        Err(error) => {
            tracing::warn!(
                "failed to empty the write-ahead log, which keeps erased data until the next erasure: {error}"
            );
        }
    }
    Ok(())
}

/// Outcome of placing or releasing a legal hold.
#[derive(Clone, Debug)]
pub enum HoldOutcome {
    Done(user::Model),
    NotFound,
    /// The user is erased already.
    Erased,
}

/// Places a legal hold on a user, with a reason, or releases it without one. The release erases a user whose
/// erasure was requested meanwhile.
pub async fn hold(
    tools: Eraser<'_>,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
    reason: Option<&str>,
) -> Result<HoldOutcome> {
    let store = tools.store;
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
        let (row, files) = destroy(&transaction, tools, clock, row, clock.now()).await?;
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

/// Locks a user that a caller may see, after its identifications: reports on an identification lock in this
/// order too.
async fn locked(
    transaction: &Transaction,
    store: &Store,
    caller: &Caller,
    id: Uuid,
) -> Result<Option<user::Model>> {
    identification::Entity::find()
        .filter(identification::Column::ProjectId.eq(caller.project_id()))
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
    emit(transaction, clock, kind, &row).await?;
    Ok(row)
}

/// Destroys the key of a locked user and blanks the data that it sealed: unreadable bytes need not stay. Ids
/// that clients chose are removed too, because they may be names.
async fn destroy(
    transaction: &Transaction,
    Eraser { vault, steps, .. }: Eraser<'_>,
    clock: &Clock,
    row: user::Model,
    at: Timestamp,
) -> Result<(user::Model, Files)> {
    let key = UserKey { id: row.id, project: row.project_id };
    lookup::write(transaction, vault, key.project, key.id, &ValidPersonal::default()).await?;
    delete_tags(transaction, key).await?;
    let mut files = Files::default();
    for step in steps {
        files.0.extend(step(transaction, key).await?);
    }
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

/// Deletes the files. A file that cannot be deleted stays, sealed by a destroyed key, and is logged.
async fn throw_away(images: &Images, project: Uuid, files: Files) {
    for (row, name) in files.0 {
        drop(images.remove(project, row, name).await);
    }
}

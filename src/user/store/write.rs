//! Creates and updates users, each in one transaction.

use entity::{Timestamp, user, user_tag};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    SqlErr, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    NUMBERS,
    lock::{UserRefused, lock},
    visible_to,
};
use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    crypto::{KeySource, Vault},
    db::{Transaction, counter},
    event::{self, store::NewEvent},
    idempotency::{self, IdempotencyKey, KeyState},
    services::OpContext,
    user::{Personal, ValidPersonal, lookup},
};

/// A user to create.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    pub ref_id: Option<String>,
    /// The id that the user verification API returns, for imported records.
    pub source_id: Option<String>,
    /// Default: the project's next number.
    pub number: Option<i32>,
    pub personal: ValidPersonal,
    pub tags: Vec<String>,
    pub joined_at: Option<Timestamp>,
    /// Default: now.
    pub created_at: Option<Timestamp>,
}

/// Outcome of a write.
#[derive(Clone, Debug)]
pub enum WriteOutcome {
    Done(user::Model),
    NotFound,
    /// Another user of the project has this `refId`, possibly one that the caller may not see.
    RefIdTaken,
    /// The user would have none of the tags that limit the caller, so the caller could no longer see it.
    TagsNeeded,
    /// The caller is limited to tags and can neither add nor remove these others.
    TagsOutside(Vec<String>),
    /// A caller with tag limits cannot choose a `refId`: the answer whether one is taken would reveal users
    /// that the caller may not see.
    RefIdOutside,
    Erased,
    KeyReused,
}

/// Creates a user.
pub async fn create(op: OpContext<'_>, new: &NewUser, key: Option<&IdempotencyKey>) -> Result<WriteOutcome> {
    // Before the transaction, because a project's first key is created in a separate one.
    op.vault.project(op.caller.project_id()).await?;
    idempotency::retry_on_conflict(|| try_to_create(op, new, key)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_create(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    new: &NewUser,
    key: Option<&IdempotencyKey>,
) -> Result<Option<WriteOutcome>> {
    let transaction = store.begin().await?;
    match idempotency::find(&transaction, caller, clock, key).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(WriteOutcome::KeyReused)),
        KeyState::Used(id) => {
            let known = visible_to(store, caller).filter(user::Column::Id.eq(id)).one(&transaction).await?;
            return Ok(Some(known.map_or(WriteOutcome::NotFound, WriteOutcome::Done)));
        }
    }
    if new.ref_id.is_some() && caller.tag_limits().is_some() {
        return Ok(Some(WriteOutcome::RefIdOutside));
    }
    if let Some(refused) = tags_refused(caller, &[], &new.tags) {
        return Ok(Some(refused));
    }
    let Some(row) = insert(&transaction, vault, clock, caller.project_id(), new).await? else {
        return Ok(Some(WriteOutcome::RefIdTaken));
    };
    if !idempotency::remember(&transaction, caller, clock, key, row.id).await? {
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(WriteOutcome::Done(row)))
}

/// Inserts a user, with its lookup rows and its event. Returns `None` if the project has a user with this
/// `refId`. Waits for a concurrent insert of the same `refId`.
pub async fn insert(
    transaction: &Transaction,
    vault: &Vault,
    clock: &Clock,
    project: Uuid,
    new: &NewUser,
) -> Result<Option<user::Model>> {
    let (id, now) = (clock.new_id(), clock.now());
    let keys = vault.within(transaction).project(project).await?;
    let sealed = new.personal.seal_new(&keys, project, id)?;
    let number = match new.number {
        None => next_number(transaction, project).await?,
        Some(number) => {
            counter::reserve(transaction, project, NUMBERS, number).await?;
            number
        }
    };
    let row = user::Model {
        id,
        project_id: project,
        ref_id: new.ref_id.clone(),
        source_id: new.source_id.clone(),
        number,
        status: user::Status::Active,
        project_key_id: sealed.project_key_id,
        wrapped_key: Some(sealed.wrapped_key),
        personal: Some(sealed.personal),
        created_at: new.created_at.unwrap_or(now),
        updated_at: now,
        joined_at: new.joined_at,
        version: 1,
        hold_reason: None,
    };
    let taken = OnConflict::columns([user::Column::ProjectId, user::Column::RefId]).do_nothing().to_owned();
    let written = user::Entity::insert_many([row.clone().into_active_model().reset_all()]).on_conflict(taken);
    if written.exec_without_returning(transaction).await? == 0 {
        return Ok(None);
    }
    lookup::write(transaction, vault, project, id, &new.personal).await?;
    tag(transaction, id, &new.tags).await?;
    emit(transaction, clock, event::Kind::UserCreated, &row).await?;
    Ok(Some(row))
}

/// Changes to a user. `None` fields stay unchanged.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    pub ref_id: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub status: Option<user::Status>,
}

/// Updates a user. `personal` receives the current data and returns the new data, or `None` to leave it
/// unchanged.
pub async fn update<E>(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    id: Uuid,
    change: &UserChange,
    personal: impl FnOnce(Personal) -> std::result::Result<Option<ValidPersonal>, E>,
) -> Result<std::result::Result<WriteOutcome, E>> {
    let transaction = store.begin().await?;
    let user = match lock(&transaction, store, caller, id).await? {
        Ok(user) => user,
        Err(UserRefused::NotFound) => return Ok(Ok(WriteOutcome::NotFound)),
        Err(UserRefused::Restricted | UserRefused::Erased) => return Ok(Ok(WriteOutcome::Erased)),
    };
    let key = user.key(&transaction, vault).await?;
    let known = user.personal(&transaction, vault).await?;
    let mut row = user.into_row();
    let after = match personal(known.clone()) {
        Ok(after) => after,
        Err(refused) => return Ok(Err(refused)),
    };
    let before = row.clone();
    if let Some(tags) = &change.tags {
        let carried =
            user_tag::Entity::find().filter(user_tag::Column::UserId.eq(id)).all(&transaction).await?;
        let carried: Vec<String> = carried.into_iter().map(|row| row.tag).collect();
        if let Some(refused) = tags_refused(caller, &carried, tags) {
            return Ok(Ok(refused));
        }
        user_tag::Entity::delete_many().filter(user_tag::Column::UserId.eq(id)).exec(&transaction).await?;
        tag(&transaction, id, tags).await?;
    }
    if let Some(ref_id) = &change.ref_id {
        if caller.tag_limits().is_some() && ref_id.is_some() && *ref_id != row.ref_id {
            return Ok(Ok(WriteOutcome::RefIdOutside));
        }
        row.ref_id.clone_from(ref_id);
    }
    if let Some(status) = change.status {
        row.status = status;
    }
    if let Some(after) = after.filter(|after| *after.get() != known) {
        row.personal = Some(after.seal(&key, row.project_id, id)?);
        lookup::write(&transaction, vault, row.project_id, id, &after).await?;
    }
    if row == before && change.tags.is_none() {
        return Ok(Ok(WriteOutcome::Done(row)));
    }
    if row.ref_id != before.ref_id
        && let Some(ref_id) = &row.ref_id
    {
        // The unique index rejects it in the end; this check gives the better error.
        let other = user::Entity::find()
            .filter(user::Column::ProjectId.eq(row.project_id))
            .filter(user::Column::RefId.eq(ref_id.as_str()))
            .filter(user::Column::Id.ne(id));
        if other.one(&transaction).await?.is_some() {
            return Ok(Ok(WriteOutcome::RefIdTaken));
        }
    }
    row.updated_at = clock.now();
    row.version = before.version.saturating_add(1);
    let columns: user::ActiveModel = row.clone().into_active_model().reset_all();
    if let Err(error) = columns.update(&transaction).await {
        // Another request took the `refId` after the lookup.
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(Ok(WriteOutcome::RefIdTaken)),
            Some(_) | None => Err(error.into()),
        };
    }
    emit(&transaction, clock, event::Kind::UserUpdated, &row).await?;
    transaction.commit().await?;
    Ok(Ok(WriteOutcome::Done(row)))
}

/// Emits the event of a change to a user.
pub async fn emit(
    transaction: &Transaction,
    clock: &Clock,
    kind: event::Kind,
    row: &user::Model,
) -> Result<()> {
    let (project, resource, version) = (row.project_id, row.id, Some(row.version));
    let happened = NewEvent { project, kind, resource, user: Some(resource), detail: None, version };
    event::store::record(transaction, clock, happened).await
}

async fn tag(transaction: &Transaction, user: Uuid, tags: &[String]) -> Result<()> {
    let mut tags: Vec<&String> = tags.iter().collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() {
        return Ok(());
    }
    let rows = tags
        .into_iter()
        .map(|tag| user_tag::Model { user_id: user, tag: tag.clone() }.into_active_model().reset_all());
    user_tag::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}

/// Returns why a caller may not change a user's tags from `before` to `after`, if it may not. A caller with
/// tag limits may add and remove only those tags, and must leave one of them.
fn tags_refused(caller: &Caller, before: &[String], after: &[String]) -> Option<WriteOutcome> {
    let limits = caller.tag_limits()?;
    let added = after.iter().filter(|tag| !before.contains(tag));
    let removed = before.iter().filter(|tag| !after.contains(tag));
    let mut outside: Vec<String> =
        added.chain(removed).filter(|tag| !limits.contains(tag)).cloned().collect();
    outside.sort_unstable();
    outside.dedup();
    if !outside.is_empty() {
        return Some(WriteOutcome::TagsOutside(outside));
    }
    (!limits.iter().any(|limit| after.contains(limit))).then_some(WriteOutcome::TagsNeeded)
}

/// Returns the next user number. Imported users have numbers that the counter did not assign.
async fn next_number(transaction: &Transaction, project: Uuid) -> Result<i32> {
    let last: Option<i32> = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .select_only()
        .column(user::Column::Number)
        .order_by_desc(user::Column::Number)
        .into_tuple()
        .one(transaction)
        .await?;
    counter::reserve(transaction, project, NUMBERS, last.unwrap_or_default()).await?;
    counter::next(transaction, project, NUMBERS).await
}

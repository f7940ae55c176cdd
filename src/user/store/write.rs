//! Creates users, each in one transaction.

use entity::{Timestamp, user, user_tag};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{NUMBERS, visible_to};
use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    crypto::{KeySource, Vault},
    db::{Transaction, counter},
    event::{self, store::NewEvent},
    idempotency::{self, IdempotencyKey, KeyState},
    op_context::OpContext,
    user::{UserKey, ValidPersonal, lookup},
};

/// A user to create.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    pub ref_id: Option<String>,
    /// The id that the user verification API returns, for imported records.
    pub source_id: Option<String>,
    /// Default: the project's next number.
    pub number: Option<i64>,
    pub personal: ValidPersonal,
    pub tags: Vec<String>,
    pub joined_at: Option<Timestamp>,
    /// Default: now.
    pub created_at: Option<Timestamp>,
}

/// Outcome of creating a user.
#[derive(Clone, Debug)]
pub enum CreateOutcome {
    Created(user::Model),
    /// Another user of the project has this `refId`, possibly one that the caller may not see.
    RefIdTaken,
    OutsideLimits(TagLimitError),
    /// The key was used with another input, or the user that was created with it is gone.
    KeyReused,
}

/// Reason why the tag limits of the caller forbid a change to a user.
#[derive(Clone, Debug)]
pub enum TagLimitError {
    /// The user would have none of the tags that limit the caller, so the caller could no longer see it.
    TagsNeeded,
    /// The caller can neither add nor remove these tags.
    TagsOutside(Vec<String>),
    /// The caller cannot choose a `refId`: the answer whether one is taken would reveal users that the caller
    /// may not see.
    RefIdOutside,
}

/// Creates a user.
pub async fn create(op: OpContext<'_>, new: &NewUser, key: Option<&IdempotencyKey>) -> Result<CreateOutcome> {
    // Before the transaction, because a project's first key is created in a separate one.
    op.vault.project(op.caller.project_id()).await?;
    idempotency::retry_on_conflict(|| try_to_create(op, new, key)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_create(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    new: &NewUser,
    key: Option<&IdempotencyKey>,
) -> Result<Option<CreateOutcome>> {
    let transaction = store.begin().await?;
    match idempotency::find(&transaction, caller, clock, key).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(CreateOutcome::KeyReused)),
        KeyState::Used(id) => {
            let known = visible_to(store, caller).filter(user::Column::Id.eq(id)).one(&transaction).await?;
            return Ok(Some(known.map_or(CreateOutcome::KeyReused, CreateOutcome::Created)));
        }
    }
    if new.ref_id.is_some() && caller.tag_limits().is_some() {
        return Ok(Some(CreateOutcome::OutsideLimits(TagLimitError::RefIdOutside)));
    }
    if let Err(error) = check_tag_limits(caller, &[], &new.tags) {
        return Ok(Some(CreateOutcome::OutsideLimits(error)));
    }
    let Some(row) = insert(&transaction, vault, clock, caller.project_id(), new).await? else {
        return Ok(Some(CreateOutcome::RefIdTaken));
    };
    if !idempotency::remember(&transaction, caller, clock, key, row.id).await? {
        return Ok(None);
    }
    transaction.commit().await?;
    Ok(Some(CreateOutcome::Created(row)))
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
        None => counter::next(transaction, project, NUMBERS).await?,
        Some(number) => {
            counter::reserve(transaction, project, NUMBERS, number).await?;
            number
        }
    };
    let mut row = user::Model {
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
    while !write(transaction, &row).await? {
        if is_ref_id_taken(transaction, &row).await? {
            return Ok(None);
        }
        if new.number.is_some() {
            return Err(Error::Fault("the number of a new user is taken"));
        }
        let number = user::Column::Number;
        row.number = counter::next_above::<user::Entity>(transaction, project, NUMBERS, number).await?;
    }
    lookup::insert(transaction, vault, project, &[(id, &new.personal)]).await?;
    tag(transaction, UserKey { project, id }, &new.tags).await?;
    emit(transaction, clock, event::Kind::UserCreated, &row).await?;
    Ok(Some(row))
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

/// Returns the tags of a user.
pub(super) async fn tags(transaction: &Transaction, user: UserKey) -> Result<Vec<String>> {
    let rows = user_tag::Entity::find().filter(tags_of(user)).all(transaction).await?;
    Ok(rows.into_iter().map(|row| row.tag).collect())
}

/// Deletes the tags of a user.
pub(super) async fn delete_tags(transaction: &Transaction, user: UserKey) -> Result<()> {
    user_tag::Entity::delete_many().filter(tags_of(user)).exec(transaction).await?;
    Ok(())
}

fn tags_of(user: UserKey) -> Condition {
    Condition::all()
        .add(user_tag::Column::ProjectId.eq(user.project))
        .add(user_tag::Column::UserId.eq(user.id))
}

/// Inserts tags of a user, which has none.
pub(super) async fn tag(transaction: &Transaction, user: UserKey, tags: &[String]) -> Result<()> {
    let mut tags: Vec<&String> = tags.iter().collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() {
        return Ok(());
    }
    let rows = tags.into_iter().map(|tag| {
        let row = user_tag::Model { user_id: user.id, tag: tag.clone(), project_id: user.project };
        row.into_active_model().reset_all()
    });
    user_tag::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}

/// Checks a change of a user's tags from `before` to `after`. A caller with tag limits may add and remove only
/// those tags, and must leave one of them.
pub(super) fn check_tag_limits(
    caller: &Caller,
    before: &[String],
    after: &[String],
) -> Result<(), TagLimitError> {
    let Some(limits) = caller.tag_limits() else { return Ok(()) };
    let added = after.iter().filter(|tag| !before.contains(tag));
    let removed = before.iter().filter(|tag| !after.contains(tag));
    let mut outside: Vec<String> =
        added.chain(removed).filter(|tag| !limits.contains(tag)).cloned().collect();
    outside.sort_unstable();
    outside.dedup();
    if !outside.is_empty() {
        return Err(TagLimitError::TagsOutside(outside));
    }
    if limits.iter().any(|limit| after.contains(limit)) { Ok(()) } else { Err(TagLimitError::TagsNeeded) }
}

/// Inserts the row, unless its `refId` or its number is taken.
async fn write(transaction: &Transaction, row: &user::Model) -> Result<bool> {
    let insert = user::Entity::insert_many([row.clone().into_active_model().reset_all()])
        .on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert.exec_without_returning(transaction).await? == 1)
}

/// Whether another user of the project has the `refId`.
pub(super) async fn is_ref_id_taken(transaction: &Transaction, row: &user::Model) -> Result<bool> {
    let Some(ref_id) = &row.ref_id else { return Ok(false) };
    let other = user::Entity::find()
        .filter(user::Column::ProjectId.eq(row.project_id))
        .filter(user::Column::RefId.eq(ref_id.as_str()))
        .filter(user::Column::Id.ne(row.id));
    Ok(other.one(transaction).await?.is_some())
}

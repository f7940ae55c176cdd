//! The SQL of data that only sandbox projects have.

use entity::{identification, sandbox_consent as consent, sandbox_endorsement as endorsement, user};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    identification::{
        rules::{self, TransitionError},
        store::{
            change::{Change, apply, levels},
            totals,
            update::{LevelReport, UpdateOutcome},
            visible_to,
        },
    },
    level::validity,
    op_context::OpContext,
    user::store::{lock::lock, visible_to as visible_users},
};

/// Returns those of these users that agree to every request.
pub async fn consenting(store: &Store, caller: &Caller, users: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(consent::Entity::find()
        .filter(consent::Column::ProjectId.eq(caller.project_id()))
        .filter(store.dialect().id_in(column::<consent::Entity>(consent::Column::UserId), users))
        .select_only()
        .column(consent::Column::UserId)
        .into_tuple()
        .all(store.read())
        .await?)
}

/// Sets whether a user agrees to every request. An erased or restricted user stays unchanged.
pub async fn consent(store: &Store, caller: &Caller, user: Uuid, agrees: bool) -> Result<()> {
    let transaction = store.begin().await?;
    if lock(&transaction, store, caller, user).await?.locked().is_none() {
        return Ok(());
    }
    if agrees {
        let row = consent::ActiveModel { user_id: Set(user), project_id: Set(caller.project_id()) };
        let there = OnConflict::columns([consent::Column::UserId, consent::Column::ProjectId])
            .do_nothing()
            .to_owned();
        consent::Entity::insert_many([row]).on_conflict(there).exec_without_returning(&transaction).await?;
    } else {
        consent::Entity::delete_by_id((user, caller.project_id())).exec(&transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// Lets the caller act as a user. Returns `None` if the user does not exist or is not visible to
/// the caller.
pub async fn endorse(store: &Store, caller: &Caller, user: Uuid) -> Result<Option<user::Model>> {
    let transaction = store.begin().await?;
    let Some(row) = lock(&transaction, store, caller, user).await?.locked() else { return Ok(None) };
    let endorsed = endorsement::ActiveModel {
        actor_id: Set(caller.actor_id()),
        project_id: Set(caller.project_id()),
        user_id: Set(user),
    };
    let there = OnConflict::columns([endorsement::Column::ActorId, endorsement::Column::ProjectId])
        .update_column(endorsement::Column::UserId)
        .to_owned();
    endorsement::Entity::insert(endorsed).on_conflict(there).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(Some(row.into_row()))
}

/// Returns the user that the caller acts as.
pub async fn endorsed(store: &Store, caller: &Caller) -> Result<Option<user::Model>> {
    let endorsement_row =
        endorsement::Entity::find_by_id((caller.actor_id(), caller.project_id())).one(store.read()).await?;
    let Some(endorsement_row) = endorsement_row else { return Ok(None) };
    Ok(visible_users(store, caller)
        .filter(user::Column::Id.eq(endorsement_row.user_id))
        .one(store.read())
        .await?)
}

/// Forces the levels of an identification to a status, whatever their previous status, and to another process
/// if given.
pub async fn force(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    id: Uuid,
    process: Option<identification::Process>,
    report: &LevelReport,
) -> Result<UpdateOutcome> {
    let transaction = store.begin().await?;
    let row = visible_to(store, caller).filter(identification::Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(UpdateOutcome::NotFound) };
    if lock(&transaction, store, caller, row.user_id).await?.locked().is_none() {
        return Ok(UpdateOutcome::UserErased);
    }
    let process = process.unwrap_or(row.process);
    if report.levels == [None; 3] && process == row.process {
        return Ok(UpdateOutcome::Refused(TransitionError::Nothing));
    }
    let before = levels(&row);
    let kept = rules::under(process, before);
    let after = match rules::forced(process, kept, report.levels, &report.reasons) {
        Ok(after) => after,
        Err(refused) => return Ok(UpdateOutcome::Refused(refused)),
    };
    if after == before && process == row.process {
        return Ok(UpdateOutcome::Done(row));
    }
    let forced = identification::Model { process, ..row.clone() };
    let now = clock.now();
    let valid =
        [0, 1, 2].map(|index| before[index] != after[index] && after[index] == identification::Status::Valid);
    let valid_until = validity::of(&transaction, vault, &forced, valid, now).await?;
    let why = Some("forced in the sandbox");
    let change = Change { after, reasons: &report.reasons, valid_until, expired_at: now, why };
    let forced = apply(&transaction, clock, forced, change).await?;
    totals::record(&transaction, &[row], std::slice::from_ref(&forced)).await?;
    transaction.commit().await?;
    Ok(UpdateOutcome::Done(forced))
}

//! The SQL of grant policies, and the automatic grants.

use entity::{
    grant_policy::{self, Column, Entity, Level, Model},
    verification, verification_level,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::Caller,
    clock::Clock,
    db::{Store, Transaction},
    user::UserKey,
    verification::{
        grant::{self, Append},
        store::visible_levels,
    },
};

/// Lists the policies of a project.
pub async fn policies(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::ProjectId.eq(project));
    Ok(rows.order_by_asc(Column::IdentificationLevel).all(db).await?)
}

/// Outcome of setting a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetPolicyOutcome {
    /// The project's policies after the change.
    Policies(Vec<Model>),
    UnknownLevel,
}

/// Sets that users who come to hold `when` are granted `level` from now on; `None` removes the policy.
pub async fn set(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    when: Level,
    level: Option<Uuid>,
) -> Result<SetPolicyOutcome> {
    let transaction = store.begin().await?;
    let project = caller.project_id();
    if let Some(level) = level {
        let known = visible_levels(caller).filter(verification_level::Column::Id.eq(level));
        if known.one(&transaction).await?.is_none() {
            return Ok(SetPolicyOutcome::UnknownLevel);
        }
        let row = grant_policy::ActiveModel {
            project_id: Set(project),
            identification_level: Set(when),
            verification_level_id: Set(level),
        };
        let key = OnConflict::columns([Column::ProjectId, Column::IdentificationLevel])
            .update_column(Column::VerificationLevelId)
            .to_owned();
        Entity::insert(row).on_conflict(key).exec_without_returning(&transaction).await?;
    } else {
        Entity::delete_by_id((project, when)).exec(&transaction).await?;
    }
    audit::store::record(&transaction, clock, Entry::of_project(project, Action::GrantPolicySet)).await?;
    let policies = policies(&transaction, project).await?;
    transaction.commit().await?;
    Ok(SetPolicyOutcome::Policies(policies))
}

/// Grants what follows from levels of an identification that have just become valid, in the same transaction.
/// A user is never granted a level below its current one.
pub async fn follow(
    transaction: &Transaction,
    clock: &Clock,
    (project, user, identification): (Uuid, Uuid, Uuid),
    valid: &[Level],
) -> Result<Vec<verification::Model>> {
    if valid.is_empty() {
        return Ok(Vec::new());
    }
    let mut policies = policies(transaction, project).await?;
    policies.retain(|policy| valid.contains(&policy.identification_level));
    if policies.is_empty() {
        return Ok(Vec::new());
    }
    let ladder = verification_level::Entity::find()
        .filter(verification_level::Column::ProjectId.eq(project))
        .order_by_asc(verification_level::Column::Index)
        .all(transaction)
        .await?;
    let key = UserKey { project, id: user };
    grant::lock_user(transaction, key).await?;
    let mut last = grant::last_of(transaction, key).await?;
    let mut granted = Vec::new();
    // From the lowest level, so that each grant is a step up.
    for rung in ladder {
        let stands_at = |rung: Uuid| last.as_ref().is_some_and(|last| last.current_level_id == rung);
        if stands_at(rung.id) {
            // Lower levels are superseded.
            granted.clear();
            continue;
        }
        if policies.iter().any(|policy| policy.verification_level_id == rung.id) {
            granted.push(rung.id);
        }
    }
    let mut rows = Vec::new();
    for level in granted {
        let reason = format!("Identification: {identification}");
        let append = Append { id: clock.new_id(), project, user, level, reason: &reason, by: None };
        let row = grant::append(transaction, clock, last.as_ref(), append).await?;
        rows.push(row.clone());
        last = Some(row);
    }
    Ok(rows)
}

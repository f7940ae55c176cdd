//! Validity policies: how long levels are valid in a project.

use chrono::NaiveDate;
use entity::{
    Timestamp, document,
    grant_policy::Level,
    identification, user,
    validity_policy::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::rules;
use crate::{
    Result,
    audit::{self, Action, Entry},
    clock::Clock,
    crypto::Vault,
    db::Store,
    document::Fields,
    identification::store::change::LEVELS,
};

/// Lists the policies of a project.
pub async fn policies(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::ProjectId.eq(project));
    Ok(rows.order_by_asc(Column::Level).all(db).await?)
}

/// Sets how long a level is valid when it becomes valid from now on. Levels that are valid already keep their
/// expiry. Returns the project's policies.
pub async fn set(
    store: &Store,
    clock: &Clock,
    project: Uuid,
    level: Level,
    days: Option<i32>,
    until_document_expires: bool,
) -> Result<Vec<Model>> {
    let transaction = store.begin().await?;
    if days.is_none() && !until_document_expires {
        Entity::delete_by_id((project, level)).exec(&transaction).await?;
    } else {
        let row = ActiveModel {
            project_id: Set(project),
            level: Set(level),
            days: Set(days),
            until_document_expires: Set(until_document_expires),
        };
        let there = OnConflict::columns([Column::ProjectId, Column::Level])
            .update_columns([Column::Days, Column::UntilDocumentExpires])
            .to_owned();
        Entity::insert(row).on_conflict(there).exec_without_returning(&transaction).await?;
    }
    audit::store::record(&transaction, clock, Entry::of_project(project, Action::LevelValiditySet)).await?;
    let policies = policies(&transaction, project).await?;
    transaction.commit().await?;
    Ok(policies)
}

/// Returns the expiry of the levels that become valid now, in the order expert, qes, pvid.
///
/// # Errors
///
/// When the database fails, or a document in it was modified.
pub async fn of(
    db: &impl ConnectionTrait,
    vault: &Vault,
    row: &identification::Model,
    which: [bool; 3],
    now: Timestamp,
) -> Result<[Option<Timestamp>; 3]> {
    ends(db, row.project_id, which, now, || document_of(db, vault, row)).await
}

/// Returns the same for a known document.
pub async fn ends<F: Future<Output = Result<Option<NaiveDate>>>>(
    db: &impl ConnectionTrait,
    project: Uuid,
    which: [bool; 3],
    now: Timestamp,
    document_expires: impl FnOnce() -> F,
) -> Result<[Option<Timestamp>; 3]> {
    if which == [false; 3] {
        return Ok([None; 3]);
    }
    let policies = policies(db, project).await?;
    let policy_of = |index: usize| policies.iter().find(|it| which[index] && it.level == LEVELS[index]);
    let needs_document = (0..3).filter_map(policy_of).any(|policy| policy.until_document_expires);
    let expires = if needs_document { document_expires().await? } else { None };
    Ok([0, 1, 2].map(|index| policy_of(index).and_then(|policy| rules::until(policy, now, expires))))
}

/// Returns the expiry date of the identity document of an identification: that of the latest captured one.
///
/// # Errors
///
/// When the database fails, or a document in it was modified.
pub async fn document_of(
    db: &impl ConnectionTrait,
    vault: &Vault,
    row: &identification::Model,
) -> Result<Option<NaiveDate>> {
    use document::Kind::{DriversLicense, IdCard, Passport, ResidencePermit};

    let documents = document::Entity::find()
        .filter(document::Column::ProjectId.eq(row.project_id))
        .filter(document::Column::IdentificationId.eq(row.id))
        .filter(document::Column::Kind.is_in([IdCard, Passport, ResidencePermit, DriversLicense]))
        .order_by_desc(document::Column::CreatedAt)
        .order_by_desc(document::Column::Id);
    let Some(latest) = documents.one(db).await? else { return Ok(None) };
    let Some(user) = user::Entity::find_by_id((row.user_id, row.project_id)).one(db).await? else {
        return Ok(None);
    };
    Ok(Fields::of(&vault.within(db), &user, &latest).await?.date_of_expiration)
}

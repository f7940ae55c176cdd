//! The settings of projects. Sign-in reads them without a caller, so no select here starts at `visible_to`.

use entity::{
    project,
    project_setting::{Column, Entity, Model, NameSearch},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::session::entered_by_passkey_only,
    clock::Clock,
    db::Transaction,
};

/// Minutes without activity after which a member's session ends, unless a project says otherwise.
pub const IDLE_MINUTES: i32 = 30;
/// Hours after which a member's session ends in any case, unless a project says otherwise.
pub const SESSION_HOURS: i32 = 12;
/// Minutes without activity that a project may set.
pub const IDLE_BOUNDS: std::ops::RangeInclusive<i32> = 5..=120;
/// Hours of a session that a project may set.
pub const SESSION_BOUNDS: std::ops::RangeInclusive<i32> = 1..=24;

/// The settings of a project that has set none.
const fn default_of(project_id: Uuid) -> Model {
    let (idle_minutes, session_hours) = (IDLE_MINUTES, SESSION_HOURS);
    Model { project_id, name_search: NameSearch::Scan, idle_minutes, session_hours, passkeys_only: false }
}

/// Reads the settings of a project.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl ConnectionTrait, project: Uuid) -> Result<Model> {
    let row = Entity::find_by_id(project).one(db).await?;
    Ok(row.unwrap_or_else(|| default_of(project)))
}

/// Reads the settings of projects, one for each.
///
/// # Errors
///
/// When the database fails.
pub async fn of_projects(db: &impl ConnectionTrait, projects: &[Uuid]) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::ProjectId.is_in(projects.iter().copied())).all(db).await?;
    let row = |project: &Uuid| rows.iter().find(|row| row.project_id == *project).cloned();
    Ok(projects.iter().map(|project| row(project).unwrap_or_else(|| default_of(*project))).collect())
}

/// Writes the settings of a project, with an entry of the audit.
///
/// # Errors
///
/// When the database fails.
pub async fn write(transaction: &Transaction, clock: &Clock, row: Model, action: Action) -> Result<()> {
    let project = row.project_id;
    let there = OnConflict::column(Column::ProjectId)
        .update_columns([Column::NameSearch, Column::IdleMinutes, Column::SessionHours, Column::PasskeysOnly])
        .to_owned();
    let insert = Entity::insert(row.into_active_model().reset_all()).on_conflict(there);
    insert.exec_without_returning(transaction).await?;
    audit::record(transaction, clock, Entry::of_project(project, action)).await
}

/// Returns the names of the projects that members enter by passkey only.
///
/// # Errors
///
/// When the database fails.
pub async fn names_with_passkeys_only(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let projects = project::Entity::find()
        .filter(project::Column::Id.in_subquery(entered_by_passkey_only()))
        .order_by_asc(project::Column::Name)
        .select_only()
        .column(project::Column::Name);
    Ok(projects.into_tuple().all(db).await?)
}

//! How long members stay signed in: as their projects have set it. Of several projects the shorter limit counts.

use std::collections::HashMap;

use entity::{
    member_session::{Column, Entity},
    membership, project_setting,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Result,
    audit::Action,
    clock::Clock,
    db::Store,
    project::settings::{self, IDLE_MINUTES, SESSION_HOURS},
};

/// Milliseconds of an hour.
const HOUR: i64 = 60 * 60 * 1000;

/// The limits of a member's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionLimits {
    pub idle_minutes: i32,
    pub hours: i32,
    /// Whether one of the member's projects is entered by passkey only.
    pub passkeys_only: bool,
}

impl SessionLimits {
    /// The shortest limits of the settings; the defaults without settings.
    fn shortest(rows: &[project_setting::Model]) -> Self {
        Self {
            idle_minutes: rows.iter().map(|row| row.idle_minutes).min().unwrap_or(IDLE_MINUTES),
            hours: rows.iter().map(|row| row.session_hours).min().unwrap_or(SESSION_HOURS),
            passkeys_only: rows.iter().any(|row| row.passkeys_only),
        }
    }
}

/// Returns the limits of a member's sessions.
///
/// # Errors
///
/// When the database fails.
pub async fn of_member(db: &impl ConnectionTrait, member: Uuid) -> Result<SessionLimits> {
    Ok(of_members(db, &[member]).await?[&member])
}

async fn of_members(db: &impl ConnectionTrait, members: &[Uuid]) -> Result<HashMap<Uuid, SessionLimits>> {
    let memberships: Vec<(Uuid, Uuid)> = membership::Entity::find()
        .filter(membership::Column::MemberId.is_in(members.iter().copied()))
        .filter(membership::Column::EndedAt.is_null())
        .select_only()
        .columns([membership::Column::MemberId, membership::Column::ProjectId])
        .into_tuple()
        .all(db)
        .await?;
    let mut projects: Vec<Uuid> = memberships.iter().map(|(_, project)| *project).collect();
    projects.sort_unstable();
    projects.dedup();
    let settings = settings::of_projects(db, &projects).await?;
    let limits = |member: &Uuid| {
        let has = |row: &&project_setting::Model| memberships.contains(&(*member, row.project_id));
        let own: Vec<_> = settings.iter().filter(has).cloned().collect();
        (*member, SessionLimits::shortest(&own))
    };
    Ok(members.iter().map(limits).collect())
}

/// Applies the limits of a member to its sessions, because it has joined a project.
///
/// # Errors
///
/// When the database fails.
pub async fn apply(db: &impl ConnectionTrait, members: &[Uuid]) -> Result<()> {
    let mut alike: HashMap<SessionLimits, Vec<Uuid>> = HashMap::new();
    for (member, limits) in of_members(db, members).await? {
        alike.entry(limits).or_default().push(member);
    }
    for (limits, members) in alike {
        let end = Expr::col(Column::CreatedAt).add(i64::from(limits.hours).saturating_mul(HOUR));
        Entity::update_many()
            .col_expr(Column::IdleMinutes, Expr::value(limits.idle_minutes))
            .col_expr(Column::ExpiresAt, end)
            .filter(Column::MemberId.is_in(members))
            .filter(Column::EndedAt.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}

/// What is to change of how members sign in to a project. `None`: unchanged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    pub idle_minutes: Option<i32>,
    pub session_hours: Option<i32>,
    pub passkeys_only: Option<bool>,
}

/// Sets how members of a project sign in and how long they stay signed in, also those that are signed in now. Returns
/// the project's settings.
///
/// # Errors
///
/// When the database fails.
pub async fn set(
    store: &Store,
    clock: &Clock,
    project: Uuid,
    change: Change,
) -> Result<project_setting::Model> {
    let transaction = store.begin().await?;
    let mut row = settings::of(&transaction, project).await?;
    row.idle_minutes = change.idle_minutes.unwrap_or(row.idle_minutes);
    row.session_hours = change.session_hours.unwrap_or(row.session_hours);
    row.passkeys_only = change.passkeys_only.unwrap_or(row.passkeys_only);
    settings::write(&transaction, clock, row.clone(), Action::ProjectSettingsSet).await?;
    let members: Vec<Uuid> = membership::Entity::find()
        .filter(membership::Column::ProjectId.eq(project))
        .filter(membership::Column::EndedAt.is_null())
        .select_only()
        .column(membership::Column::MemberId)
        .into_tuple()
        .all(&transaction)
        .await?;
    apply(&transaction, &members).await?;
    transaction.commit().await?;
    Ok(row)
}

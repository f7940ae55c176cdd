//! The sign-in sessions of members: which are live, and what they give access to.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{Timestamp, member, member_session, membership, project, project_setting, role};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{Caller, MemberAccess, Principal, TokenSubject, role as roles};
use crate::{Result, db::Store};

/// Seconds for which a proof of identity is recent enough for what matters most.
pub const FRESH: i64 = 5 * 60;

/// A session with its member.
#[derive(Clone, Debug)]
pub struct LiveSession {
    pub row: member_session::Model,
    pub member: member::Model,
}

impl LiveSession {
    /// Returns whether the session gives access.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.member.status == member::Status::Active && is_live(&self.row, now)
    }
}

/// Returns whether a session has neither ended nor expired.
#[must_use]
pub fn is_live(session: &member_session::Model, now: Timestamp) -> bool {
    session.ended_at.is_none() && now < session.expires_at && now < idle_at(session)
}

/// Returns the time at which a session ends without further activity.
#[must_use]
pub fn idle_at(session: &member_session::Model) -> Timestamp {
    session.last_seen_at.plus_seconds(i64::from(session.idle_minutes) * 60)
}

/// Returns whether a proof of identity is recent enough for what matters most.
#[must_use]
pub fn is_fresh(authenticated_at: Timestamp, now: Timestamp) -> bool {
    now < authenticated_at.plus_seconds(FRESH)
}

/// Reads the session with this hash of its token, live or not.
pub async fn of_token(store: &Store, hash: &[u8]) -> Result<Option<LiveSession>> {
    // From the primary: a replica may not have a session that was created a moment ago.
    let row = member_session::Entity::find()
        .filter(member_session::Column::TokenHash.eq(hash))
        .find_also_related(member::Entity)
        .one(store.write())
        .await?;
    Ok(row.and_then(|(row, member)| Some(LiveSession { row, member: member? })))
}

/// Selects the projects that members enter by passkey only.
#[must_use]
pub fn entered_by_passkey_only() -> SelectStatement {
    project_setting::Entity::find()
        .filter(project_setting::Column::PasskeysOnly.eq(true))
        .select_only()
        .column(project_setting::Column::ProjectId)
        .into_query()
}

/// Reads the callers of sessions in projects, without those that have no access, in one statement.
pub async fn callers(
    store: &Store,
    sessions: &[(Uuid, Uuid)],
    now: Timestamp,
) -> Result<HashMap<TokenSubject, Caller>> {
    let ids: HashSet<Uuid> = sessions.iter().map(|(id, _)| *id).collect();
    let projects: HashSet<Uuid> = sessions.iter().map(|(_, project)| *project).collect();
    let may_enter = Condition::any()
        .add(member_session::Column::IsByPasskey.eq(true))
        .add(membership::Column::ProjectId.not_in_subquery(entered_by_passkey_only()));
    let rows = membership::Entity::find()
        .find_also_related(role::Entity)
        .find_also(membership::Entity, project::Entity)
        .find_also(membership::Entity, member::Entity)
        .find_also(membership::Entity, member_session::Entity)
        .filter(member_session::Column::Id.is_in(ids))
        .filter(membership::Column::ProjectId.is_in(projects))
        .filter(membership::Column::EndedAt.is_null())
        .filter(membership::Column::SuspendedAt.is_null())
        .filter(may_enter)
        .all(store.write())
        .await?;
    let mut callers = HashMap::new();
    for (membership, role, project, member, session) in rows {
        let (Some(role), Some(project), Some(member), Some(row)) = (role, project, member, session) else {
            continue;
        };
        let session = LiveSession { row, member };
        let (id, project_id) = (session.row.id, membership.project_id);
        if !session.is_live(now) || !sessions.contains(&(id, project_id)) {
            continue;
        }
        let permissions = roles::permissions_of(&membership, &role, project.mode);
        let is_operator = session.member.is_operator;
        let access = MemberAccess { membership, role, session: session.row, is_operator };
        let principal = Principal::Member(Arc::new(access));
        let caller = Caller { project: Arc::new(project), principal, permissions };
        callers.insert(TokenSubject::Session { id, project: project_id }, caller);
    }
    Ok(callers)
}

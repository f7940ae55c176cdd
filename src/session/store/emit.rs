//! Emits the events of sessions, in the transaction of the change.

use entity::{
    user,
    verification_session::{Column, Entity, Model},
};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Result,
    clock::Clock,
    db::Transaction,
    event::{self, Kind, store::NewEvent},
    session::rules,
};

/// Emits the event that a session started.
pub(super) async fn created(transaction: &Transaction, clock: &Clock, session: &Model) -> Result<()> {
    emit(transaction, clock, Kind::VerificationSessionCreated, session).await
}

/// Emits the event that a session changed its status.
pub(super) async fn moved(transaction: &Transaction, clock: &Clock, session: &Model) -> Result<()> {
    let is_over = rules::is_closed(session.status);
    let kind = if is_over { Kind::VerificationSessionCompleted } else { Kind::VerificationSessionUpdated };
    emit(transaction, clock, kind, session).await
}

/// Emits the event that a locked session received a document or an image.
pub async fn filled(transaction: &Transaction, clock: &Clock, project: Uuid, session: Uuid) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(clock.now()))
        .filter(Column::ProjectId.eq(project))
        .filter(Column::Id.eq(session))
        .exec(transaction)
        .await?;
    let Some(session) = Entity::find_by_id((session, project)).one(transaction).await? else { return Ok(()) };
    emit(transaction, clock, Kind::VerificationSessionUpdated, &session).await
}

async fn emit(transaction: &Transaction, clock: &Clock, kind: Kind, session: &Model) -> Result<()> {
    let user = user::Entity::find_by_id((session.user_id, session.project_id));
    let ref_id = user.select_only().column(user::Column::RefId);
    let ref_id: Option<Option<String>> = ref_id.into_tuple().one(transaction).await?;
    let detail = json!({ "status": session.status.to_value(), "refId": ref_id.flatten() });
    let (project, resource, user) = (session.project_id, session.id, Some(session.user_id));
    let happened =
        NewEvent { project, kind, resource, user, detail: Some(detail), version: Some(session.version) };
    event::store::record(transaction, clock, happened).await
}

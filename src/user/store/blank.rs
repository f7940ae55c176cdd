//! The values that an erasure blanks in rows that remain.

use entity::{
    document, event, level_change, proofing_request, verification, verification_result, verification_session,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{Result, session::rules::DEFAULT_FLOW};

/// Blanks every text about a user that a client may have written, and every value sealed with the user's key.
/// Its rows keep only ids, times, and words of closed lists.
pub(super) async fn blank(transaction: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    let text = || Expr::val(None::<String>);
    let bytes = || Expr::val(None::<Vec<u8>>);
    document::Entity::update_many()
        .col_expr(document::Column::Fields, Expr::val(Vec::<u8>::new()))
        .filter(document::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    verification_session::Entity::update_many()
        .col_expr(verification_session::Column::Metadata, bytes())
        .col_expr(verification_session::Column::FlowId, Expr::val(DEFAULT_FLOW))
        .col_expr(verification_session::Column::SourceId, text())
        .filter(verification_session::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    verification_result::Entity::update_many()
        .col_expr(verification_result::Column::Data, bytes())
        .col_expr(verification_result::Column::CorrelationId, text())
        .filter(verification_result::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    proofing_request::Entity::update_many()
        .col_expr(proofing_request::Column::OldestImageAt, Expr::val(None::<i64>))
        .col_expr(proofing_request::Column::Scenario, text())
        .filter(proofing_request::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    level_change::Entity::update_many()
        .col_expr(level_change::Column::Reason, text())
        .filter(level_change::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    verification::Entity::update_many()
        .col_expr(verification::Column::Reason, Expr::val(""))
        .filter(verification::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    // Session details contain the client's id of the user, result details the correlation id.
    event::Entity::update_many()
        .col_expr(event::Column::Detail, Expr::val(None::<serde_json::Value>))
        .filter(event::Column::UserId.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

//! Erasing a user: verification sessions.

use entity::verification_session;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{Result, blob::ImageName, db::Transaction, session::rules::DEFAULT_FLOW, user::UserKey};

/// Blanks every text that a client may have written.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        verification_session::Entity::update_many()
            .col_expr(verification_session::Column::Metadata, Expr::val(None::<Vec<u8>>))
            .col_expr(verification_session::Column::FlowId, Expr::val(DEFAULT_FLOW))
            .col_expr(verification_session::Column::SourceId, Expr::val(None::<String>))
            .filter(verification_session::Column::ProjectId.eq(user.project))
            .filter(verification_session::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

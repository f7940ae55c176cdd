//! Erasing a user: verification results.

use entity::verification_result;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{Result, blob::ImageName, db::Transaction, user::UserKey};

/// Blanks the released data and the correlation ids.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        verification_result::Entity::update_many()
            .col_expr(verification_result::Column::Data, Expr::val(None::<Vec<u8>>))
            .col_expr(verification_result::Column::CorrelationId, Expr::val(None::<String>))
            .filter(verification_result::Column::ProjectId.eq(user.project))
            .filter(verification_result::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

//! Erasing a user: the history of levels.

use entity::level_change;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{Result, blob::ImageName, db::Transaction};

/// Blanks the reasons.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: Uuid) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        level_change::Entity::update_many()
            .col_expr(level_change::Column::Reason, Expr::val(None::<String>))
            .filter(level_change::Column::UserId.eq(user))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

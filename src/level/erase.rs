//! Erasing a user: the history of levels.

use entity::level_change;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{Result, blob::ImageName, db::Transaction, user::UserKey};

/// Blanks the reasons.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        level_change::Entity::update_many()
            .col_expr(level_change::Column::Reason, Expr::val(None::<String>))
            .filter(level_change::Column::ProjectId.eq(user.project))
            .filter(level_change::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

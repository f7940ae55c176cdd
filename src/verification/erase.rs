//! Erasing a user: the history of verification levels.

use entity::verification;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{Result, blob::ImageName, db::Transaction};

/// Blanks the reasons.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: Uuid) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        verification::Entity::update_many()
            .col_expr(verification::Column::Reason, Expr::val(""))
            .filter(verification::Column::UserId.eq(user))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

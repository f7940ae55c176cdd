//! Erasing a user: the history of verification levels.

use entity::verification;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{Result, blob::ImageName, db::Transaction, user::UserKey};

/// Blanks the reasons.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        verification::Entity::update_many()
            .col_expr(verification::Column::Reason, Expr::val(""))
            .filter(verification::Column::ProjectId.eq(user.project))
            .filter(verification::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

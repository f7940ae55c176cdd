//! Erasing a user: events.

use entity::{event, user};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{Result, blob::ImageName, db::Transaction};

/// Blanks the details.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: user::Key) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        // Session details contain the client's id of the user, result details the correlation id.
        event::Entity::update_many()
            .col_expr(event::Column::Detail, Expr::val(None::<serde_json::Value>))
            .filter(event::Column::ProjectId.eq(user.project))
            .filter(event::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

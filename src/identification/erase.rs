//! Erasing a user: identifications.

use entity::{identification, identification_source};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};

use crate::{Result, blob::ImageName, db::Transaction, user::UserKey};

/// Deletes other systems' ids of the identifications, and cancels what is due.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        // Other systems' ids of their results may contain the name of the person.
        let ids = identification::Entity::find()
            .filter(identification::Column::ProjectId.eq(user.project))
            .filter(identification::Column::UserId.eq(user.id))
            .select_only()
            .column(identification::Column::Id)
            .into_query();
        identification_source::Entity::delete_many()
            .filter(identification_source::Column::ProjectId.eq(user.project))
            .filter(identification_source::Column::IdentificationId.in_subquery(ids))
            .exec(transaction)
            .await?;
        // No more action is required of any party.
        identification::Entity::update_many()
            .col_expr(identification::Column::DueAt, Expr::val(None::<i64>))
            .filter(identification::Column::ProjectId.eq(user.project))
            .filter(identification::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

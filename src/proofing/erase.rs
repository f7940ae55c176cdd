//! Erasing a user: proofing requests.

use entity::proofing_request;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{Result, blob::ImageName, db::Transaction, proofing::checks::Side, user::UserKey};

/// Blanks the scenarios. Returns the images.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        let requests: Vec<Uuid> = proofing_request::Entity::find()
            .filter(proofing_request::Column::ProjectId.eq(user.project))
            .filter(proofing_request::Column::UserId.eq(user.id))
            .select_only()
            .column(proofing_request::Column::Id)
            .into_tuple()
            .all(transaction)
            .await?;
        proofing_request::Entity::update_many()
            .col_expr(proofing_request::Column::OldestImageAt, Expr::val(None::<i64>))
            .col_expr(proofing_request::Column::Scenario, Expr::val(None::<String>))
            .filter(proofing_request::Column::ProjectId.eq(user.project))
            .filter(proofing_request::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(requests
            .into_iter()
            .flat_map(|request| Side::ALL.iter().map(move |side| (request, side.name())))
            .collect())
    })
}

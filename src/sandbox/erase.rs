//! Erasing a user: consent and endorsements.

use entity::{sandbox_consent, sandbox_endorsement};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Result, blob::ImageName, db::Transaction};

/// Deletes what the sandbox keeps of the user.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: Uuid) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        sandbox_consent::Entity::delete_by_id(user).exec(transaction).await?;
        sandbox_endorsement::Entity::delete_many()
            .filter(sandbox_endorsement::Column::UserId.eq(user))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

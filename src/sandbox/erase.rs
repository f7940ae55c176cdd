//! Erasing a user: consent and endorsements.

use entity::{sandbox_consent, sandbox_endorsement};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Result, blob::ImageName, db::Transaction, user::UserKey};

/// Deletes what the sandbox keeps of the user.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        sandbox_consent::Entity::delete_by_id((user.id, user.project)).exec(transaction).await?;
        sandbox_endorsement::Entity::delete_many()
            .filter(sandbox_endorsement::Column::ProjectId.eq(user.project))
            .filter(sandbox_endorsement::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(Vec::new())
    })
}

//! Erasing a user: documents and images.

use entity::{document, document_image};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Result,
    blob::ImageName,
    db::Transaction,
    document::store::image::{IMAGE, THUMBNAIL},
    user::UserKey,
};

/// Blanks the fields of the documents and deletes the rows of their images. Returns the images.
#[must_use]
pub fn erase_user(transaction: &Transaction, user: UserKey) -> BoxFuture<'_, Result<Vec<ImageName>>> {
    Box::pin(async move {
        let images: Vec<Uuid> = document_image::Entity::find()
            .filter(document_image::Column::ProjectId.eq(user.project))
            .filter(document_image::Column::UserId.eq(user.id))
            .select_only()
            .column(document_image::Column::Id)
            .into_tuple()
            .all(transaction)
            .await?;
        document_image::Entity::delete_many()
            .filter(document_image::Column::ProjectId.eq(user.project))
            .filter(document_image::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        document::Entity::update_many()
            .col_expr(document::Column::Fields, Expr::val(Vec::<u8>::new()))
            .filter(document::Column::ProjectId.eq(user.project))
            .filter(document::Column::UserId.eq(user.id))
            .exec(transaction)
            .await?;
        Ok(images.into_iter().flat_map(|image| [(image, IMAGE), (image, THUMBNAIL)]).collect())
    })
}

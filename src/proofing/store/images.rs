//! Images of proofing requests. They have no rows: the request stores their upload times, and the newer of
//! its images may have to be kept.

use entity::{
    Timestamp,
    proofing_request::{Column, Entity},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::steps::{kept, of_ticket};
use crate::{
    Result,
    blob::{self, Images},
    crypto::Vault,
    db::{Store, Transaction, column::column, dialect::Dialect},
    proofing::checks::Side,
    user::personal::key_for,
};

/// Deletes the images of requests that were uploaded up to a time. The requests are locked meanwhile, because
/// a new upload is stored under the same name.
pub async fn delete_until(
    transaction: &Transaction,
    dialect: Dialect,
    images: &Images,
    (project, until): (Uuid, Timestamp),
    ids: &[Uuid],
) -> Result<()> {
    let id_filter = dialect.id_in(column::<Entity>(Column::Id), ids);
    let rows = Entity::find()
        .filter(Column::ProjectId.eq(project))
        .filter(id_filter)
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    for row in rows {
        let mut oldest: Option<Timestamp> = None;
        for side in Side::ALL.iter().copied() {
            match kept(&row, side) {
                Some(at) if at <= until => {
                    // A file that cannot be deleted stays, sealed and without a row. The error is logged.
                    drop(images.remove(row.project_id, row.id, side.name()).await);
                }
                Some(at) => oldest = Some(oldest.map_or(at, |other| other.min(at))),
                None => {}
            }
        }
        // The visible content of the request is unchanged, so its version stays.
        Entity::update_many()
            .col_expr(Column::OldestImageAt, Expr::val(oldest.map(|at| at.0)))
            .filter(Column::ProjectId.eq(project))
            .filter(Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Reads an image for the holder of a signed URL, with its media type. `None` if it is no longer stored, or its
/// user is erased or restricted.
///
/// # Errors
///
/// When the database or the image storage fails.
pub async fn read(
    store: &Store,
    vault: &Vault,
    images: &Images,
    (project, request, side): (Uuid, Uuid, Side),
) -> Result<Option<(&'static str, Vec<u8>)>> {
    let row = of_ticket(project).filter(Column::Id.eq(request)).one(store.read()).await?;
    let Some(row) = row.filter(|row| kept(row, side).is_some()) else { return Ok(None) };
    let key = key_for(store, vault, project, row.user_id).await?;
    let Some(key) = key else { return Ok(None) };
    let bytes = images.read(&key, project, request, side.name()).await?;
    Ok(bytes.map(|bytes| (blob::content_type(&bytes), bytes)))
}

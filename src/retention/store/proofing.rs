//! Images of proofing requests. They have no rows of their own: the request says when they were uploaded, and its newer
//! image may be one to keep.

use entity::{
    Timestamp,
    proofing_request::{Column, Entity},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Result,
    blob::Images,
    db::{Transaction, dialect::Dialect, page::column},
    proofing::{checks::Side, store::steps::kept},
};

/// Throws the images of requests away that were uploaded up to a moment. The requests are locked meanwhile: an image that is
/// uploaded anew is kept in the same place.
pub(super) async fn throw_away(
    transaction: &Transaction,
    dialect: Dialect,
    images: &Images,
    until: Timestamp,
    ids: &[Uuid],
) -> Result<()> {
    let mine = dialect.id_in(column::<Entity>(Column::Id), ids);
    let rows = Entity::find().filter(mine).order_by_asc(Column::Id).lock_exclusive().all(transaction).await?;
    for row in rows {
        let mut oldest: Option<Timestamp> = None;
        for side in Side::ALL {
            match kept(&row, side) {
                Some(at) if at <= until => {
                    // What cannot be removed stays, sealed and named by nothing. The log has it.
                    drop(images.remove(row.project_id, row.id, side.name()).await);
                }
                Some(at) => oldest = Some(oldest.map_or(at, |other| other.min(at))),
                None => {}
            }
        }
        // Whoever reads the request reads nothing else than before, so its version stays.
        Entity::update_many()
            .col_expr(Column::OldestImageAt, Expr::val(oldest.map(|at| at.0)))
            .filter(Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

use entity::project_key;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::SelectStatement};
use uuid::Uuid;

use crate::{Result, db::Store};

/// Deletes the keys of a project that wrap nothing any more: neither the newest nor one of `in_use`. Returns
/// their number.
pub async fn discard(store: &Store, project: Uuid, current: Uuid, in_use: SelectStatement) -> Result<u64> {
    let unused = project_key::Entity::delete_many()
        .filter(project_key::Column::ProjectId.eq(project))
        .filter(project_key::Column::Id.ne(current))
        .filter(project_key::Column::Id.not_in_subquery(in_use));
    Ok(unused.exec(store.write()).await?.rows_affected)
}

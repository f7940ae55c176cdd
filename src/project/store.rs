//! The SQL of projects. These are not read on behalf of a caller but by the operator's commands, so nothing here
//! starts at `visible_to`.

use entity::project;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{Result, clock::Clock, db::Store};

/// Makes a project. `None` when the name is taken.
///
/// # Errors
///
/// When the database fails.
pub async fn create(
    store: &Store,
    clock: &Clock,
    name: &str,
    mode: project::Mode,
) -> Result<Option<project::Model>> {
    let row = project::Model { id: clock.new_id(), name: name.to_owned(), mode, created_at: clock.now() };
    if find(store, name).await?.is_some() {
        return Ok(None);
    }
    let new = project::ActiveModel {
        id: Set(row.id),
        name: Set(row.name.clone()),
        mode: Set(row.mode),
        created_at: Set(row.created_at),
    };
    project::Entity::insert(new).exec_without_returning(store.write()).await?;
    Ok(Some(row))
}

/// The project of that id or that name.
///
/// # Errors
///
/// When the database fails.
pub async fn find(store: &Store, id_or_name: &str) -> Result<Option<project::Model>> {
    let is_it = match Uuid::try_parse(id_or_name) {
        Ok(id) => project::Column::Id.eq(id),
        Err(_) => project::Column::Name.eq(id_or_name),
    };
    Ok(project::Entity::find().filter(is_it).one(store.read()).await?)
}

/// Every project, oldest first.
///
/// # Errors
///
/// When the database fails.
pub async fn list(store: &Store) -> Result<Vec<project::Model>> {
    Ok(project::Entity::find().order_by_asc(project::Column::Id).all(store.read()).await?)
}

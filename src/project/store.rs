//! The SQL of projects. These are not read on behalf of a caller but by the operator's commands, so nothing here
//! starts at `visible_to`.

use entity::project;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{Error, Result, clock::Clock, db::Store, services::Services};

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
    create_as(store, clock, clock.new_id(), name, mode).await
}

/// Makes a project with a given id, for demos whose id is printed in a document.
///
/// # Errors
///
/// When the database fails.
pub async fn create_as(
    store: &Store,
    clock: &Clock,
    id: Uuid,
    name: &str,
    mode: project::Mode,
) -> Result<Option<project::Model>> {
    let row = project::Model {
        id,
        name: name.to_owned(),
        mode,
        always_identity_id: true,
        clock_ahead: 0,
        created_at: clock.now(),
    };
    if find(store, name).await?.is_some() {
        return Ok(None);
    }
    let new = project::ActiveModel {
        id: Set(row.id),
        name: Set(row.name.clone()),
        mode: Set(row.mode),
        always_identity_id: Set(row.always_identity_id),
        clock_ahead: Set(row.clock_ahead),
        created_at: Set(row.created_at),
    };
    project::Entity::insert(new).exec_without_returning(store.write()).await?;
    Ok(Some(row))
}

/// Has results of a project tell the id of the person always, or only where a scope says so.
///
/// # Errors
///
/// When the database fails.
pub async fn always_identity_id(store: &Store, project: Uuid, always: bool) -> Result<()> {
    project::Entity::update_many()
        .col_expr(project::Column::AlwaysIdentityId, Expr::value(always))
        .filter(project::Column::Id.eq(project))
        .exec(store.write())
        .await?;
    Ok(())
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

/// By how much the clocks of projects are ahead that were moved.
///
/// # Errors
///
/// When the database fails.
pub async fn clocks_ahead(store: &Store) -> Result<Vec<(Uuid, i64)>> {
    Ok(project::Entity::find()
        .filter(project::Column::ClockAhead.gt(0))
        .select_only()
        .columns([project::Column::Id, project::Column::ClockAhead])
        .into_tuple()
        .all(store.read())
        .await?)
}

/// The clock of a project, for what comes without a caller whose project was read.
///
/// # Errors
///
/// When the database fails, or there is no such project.
pub async fn clock(services: &Services, project: Uuid) -> Result<Clock> {
    let ahead: Option<i64> = project::Entity::find_by_id(project)
        .select_only()
        .column(project::Column::ClockAhead)
        .into_tuple()
        .one(services.store.read())
        .await?;
    let ahead = ahead.ok_or(Error::Fault("the project of a record is gone"))?;
    Ok(services.clocks.ahead(project, ahead))
}

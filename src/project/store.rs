//! The SQL of projects. The operator's commands read them without a caller, so no select here starts at
//! `visible_to`.

use entity::project;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    clock::Clock,
    db::{Store, Transaction},
};

/// Creates a project. Returns `None` if the name is taken.
pub async fn create(
    store: &Store,
    clock: &Clock,
    name: &str,
    mode: project::Mode,
) -> Result<Option<project::Model>> {
    create_as(store, clock, clock.new_id(), name, mode).await
}

/// Creates a project with a given id, for demos whose id is printed in a document.
pub async fn create_as(
    store: &Store,
    clock: &Clock,
    id: Uuid,
    name: &str,
    mode: project::Mode,
) -> Result<Option<project::Model>> {
    if find(store, name).await?.is_some() {
        return Ok(None);
    }
    insert(store.write(), clock, id, name, mode).await.map(Some)
}

/// Inserts a project. Fails if the name is taken.
pub async fn insert(
    db: &impl ConnectionTrait,
    clock: &Clock,
    id: Uuid,
    name: &str,
    mode: project::Mode,
) -> Result<project::Model> {
    let row = project::Model {
        id,
        name: name.to_owned(),
        mode,
        always_identity_id: true,
        clock_ahead: 0,
        created_at: clock.now(),
    };
    let new = row.clone().into_active_model().reset_all();
    project::Entity::insert(new).exec_without_returning(db).await?;
    Ok(row)
}

/// Sets whether a project's results always contain the id of the person, or only with the scope for it.
pub async fn always_identity_id(store: &Store, project: Uuid, always: bool) -> Result<()> {
    project::Entity::update_many()
        .col_expr(project::Column::AlwaysIdentityId, Expr::value(always))
        .filter(project::Column::Id.eq(project))
        .exec(store.write())
        .await?;
    Ok(())
}

/// Finds a project by id or name.
pub async fn find(store: &Store, id_or_name: &str) -> Result<Option<project::Model>> {
    let is_it = match Uuid::try_parse(id_or_name) {
        Ok(id) => project::Column::Id.eq(id),
        Err(_) => project::Column::Name.eq(id_or_name),
    };
    Ok(project::Entity::find().filter(is_it).one(store.read()).await?)
}

/// Lists all projects, oldest first.
pub async fn list(store: &Store) -> Result<Vec<project::Model>> {
    list_within(store.read()).await
}

/// Lists all projects, oldest first, on a given connection.
pub async fn list_within(db: &impl ConnectionTrait) -> Result<Vec<project::Model>> {
    Ok(project::Entity::find().order_by_asc(project::Column::Id).all(db).await?)
}

/// Returns by how many milliseconds each moved project clock is ahead.
pub async fn clocks_ahead(store: &Store) -> Result<Vec<(Uuid, i64)>> {
    Ok(project::Entity::find()
        .filter(project::Column::ClockAhead.gt(0))
        .select_only()
        .columns([project::Column::Id, project::Column::ClockAhead])
        .into_tuple()
        .all(store.read())
        .await?)
}

/// Returns by how many milliseconds the clock of a project is ahead.
///
/// # Errors
///
/// When the database fails, or the project does not exist.
pub async fn clock_ahead(store: &Store, project: Uuid) -> Result<i64> {
    let ahead: Option<i64> = project::Entity::find_by_id(project)
        .select_only()
        .column(project::Column::ClockAhead)
        .into_tuple()
        .one(store.read())
        .await?;
    ahead.ok_or(Error::Fault("the project of a record does not exist"))
}

/// Sets the milliseconds by which a project's clock is ahead. Returns `false` if it has changed since the row was
/// read.
pub async fn set_clock_ahead(transaction: &Transaction, row: &project::Model, ahead: i64) -> Result<bool> {
    let updated = project::Entity::update_many()
        .col_expr(project::Column::ClockAhead, Expr::value(ahead))
        .filter(project::Column::Id.eq(row.id))
        .filter(project::Column::ClockAhead.eq(row.clock_ahead))
        .exec(transaction)
        .await?;
    Ok(updated.rows_affected == 1)
}

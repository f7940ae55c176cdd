//! Counters that number a project's rows from 1.

use entity::counter;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{Error, Result};

/// Returns the next number, in the transaction of the row that gets it. Concurrent users of the counter wait
/// until that transaction ends.
pub async fn next(db: &impl ConnectionTrait, project: Uuid, name: &str) -> Result<i32> {
    take(db, project, name, 1).await
}

/// Takes the next `count` numbers, with the same locking, and returns the last of them.
pub async fn take(db: &impl ConnectionTrait, project: Uuid, name: &str, count: i32) -> Result<i32> {
    let last = Expr::col((counter::Entity, counter::Column::Last)).add(count);
    raise(db, project, name, count, last).await
}

/// Ensures that future numbers are above this one.
pub async fn reserve(db: &impl ConnectionTrait, project: Uuid, name: &str, number: i32) -> Result<i32> {
    let last = Expr::col((counter::Entity, counter::Column::Last));
    let larger = Expr::case(last.clone().lt(number), number).finally(last);
    raise(db, project, name, number, larger.into()).await
}

async fn raise(db: &impl ConnectionTrait, project: Uuid, name: &str, first: i32, then: Expr) -> Result<i32> {
    let row = counter::ActiveModel { project_id: Set(project), name: Set(name.to_owned()), last: Set(first) };
    let key = OnConflict::columns([counter::Column::ProjectId, counter::Column::Name])
        .value(counter::Column::Last, then)
        .to_owned();
    let mut insert = counter::Entity::insert(row).on_conflict(key).into_query();
    insert.returning_col(counter::Column::Last);
    let row = db.query_one(&insert).await?.ok_or(Error::Fault("a counter returned no number"))?;
    Ok(row.try_get("", "last")?)
}

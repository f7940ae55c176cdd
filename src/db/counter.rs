//! Counters that number a project's rows from 1, in blocks: a transaction that takes a number from the block of its
//! process waits for no other. Numbers are unique, but have gaps: those of a block that its process did not use.

use entity::counter;
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, InsertStatement},
};
use uuid::Uuid;

use super::{
    Transaction,
    blocks::{raising, taking},
    column::of_project,
};
use crate::{Error, Result};

/// Returns the next number of this process. If its block is used up, the number is taken from the counter, whose
/// other users then wait until the transaction ends, and the next block is taken after the commit.
pub async fn next(transaction: &Transaction, project: Uuid, name: &'static str) -> Result<i64> {
    match transaction.number((project, name)) {
        Some(number) => Ok(number),
        None => take(transaction, project, name, 1).await,
    }
}

/// Returns a number above those of all the project's rows of `E`, for a row whose number was taken: rows that were
/// imported with their numbers may have those of a block of this process.
pub async fn next_above<E: EntityTrait>(
    transaction: &Transaction,
    project: Uuid,
    name: &'static str,
    number: E::Column,
) -> Result<i64> {
    let rows = E::find().filter(of_project::<E>(project)).select_only().column(number);
    let highest: Option<i64> = rows.order_by_desc(number).into_tuple().one(transaction).await?;
    transaction.blocks().clear((project, name));
    reserve(transaction, project, name, highest.unwrap_or_default()).await?;
    next(transaction, project, name).await
}

/// Takes the next `count` numbers from the counter and returns the last of them. Other users of the counter wait
/// until the transaction ends.
pub async fn take(db: &impl ConnectionTrait, project: Uuid, name: &str, count: i64) -> Result<i64> {
    raise(db, &taking(project, name, count)).await
}

/// Ensures that numbers of future blocks are above this one.
pub async fn reserve(db: &impl ConnectionTrait, project: Uuid, name: &str, number: i64) -> Result<i64> {
    let last = Expr::col((counter::Entity, counter::Column::Last));
    let larger = Expr::case(last.clone().lt(number), number).finally(last);
    raise(db, &raising(project, name, number, larger.into())).await
}

async fn raise(db: &impl ConnectionTrait, insert: &InsertStatement) -> Result<i64> {
    let row = db.query_one(insert).await?.ok_or(Error::Fault("a counter returned no number"))?;
    Ok(row.try_get("", "last")?)
}

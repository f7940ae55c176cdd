use entity::proofing_request::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::Value;

use crate::{Result, db::Transaction};

/// Stores what a scenario specifies for a proofing request of a Sandbox project.
pub async fn set(transaction: &Transaction, row: &Model, outcome: &Value) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Scenario, Expr::value(outcome.to_string()))
        .filter(Column::ProjectId.eq(row.project_id))
        .filter(Column::Id.eq(row.id))
        .exec(transaction)
        .await?;
    Ok(())
}

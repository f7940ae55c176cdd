use entity::proofing_request::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::Value;
use uuid::Uuid;

use crate::{Result, db::Transaction};

/// Stores what a scenario specifies for a proofing request of a Sandbox project.
pub async fn set(transaction: &Transaction, id: Uuid, outcome: &Value) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Scenario, Expr::value(outcome.to_string()))
        .filter(Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

use sea_orm_migration::prelude::*;

use crate::column::{json, nullable};

const TABLE: &str = "webhook_deliveries";
const COLUMN: &str = "attempt_log";

/// The last attempts of each delivery.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = nullable(json(COLUMN));
        manager.alter_table(Table::alter().table(TABLE).add_column(column).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).take()).await
    }
}

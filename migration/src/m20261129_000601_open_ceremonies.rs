use sea_orm_migration::prelude::*;

use crate::column::{bytes, index, nullable};

/// The network that a sign-in was started from, so that one network cannot fill the table.
#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: &str = "sign_in_attempts_by_source";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let source = nullable(bytes("source"));
        manager.alter_table(Table::alter().table("sign_in_attempts").add_column(source).take()).await?;
        manager.create_index(index(INDEX, "sign_in_attempts", ["source", "expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("sign_in_attempts").to_owned()).await?;
        manager.alter_table(Table::alter().table("sign_in_attempts").drop_column("source").take()).await
    }
}

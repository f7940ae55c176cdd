use sea_orm_migration::prelude::*;

use crate::column::{
    drop_tables, index, nullable, number, reference, reference_everywhere, small_number, table_of_projects,
    text, time, uuid,
};

/// Keyed hashes of the words of names, for projects that search by index.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = Table::create()
            .table("user_name_indexes")
            .col(uuid("project_id").primary_key().take())
            .col(text(manager, "state"))
            .col(small_number("word_bits"))
            .col(small_number("start_bits"))
            .col(nullable(small_number("former_word_bits")))
            .col(nullable(small_number("former_start_bits")))
            .col(number("users"))
            .col(number("done"))
            .col(number("last_number"))
            .col(time("since"))
            .foreign_key(&mut reference_everywhere("user_name_indexes", "project_id", "projects"))
            .take();
        let tokens = table_of_projects("user_name_tokens", ["project_id", "kind", "bucket", "user_id"])
            .col(text(manager, "kind"))
            .col(number("bucket"))
            .col(uuid("user_id"))
            .foreign_key(
                reference("user_name_tokens", "user_id", "users").on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(indexes).await?;
        manager.create_table(tokens).await?;
        // For replacing the hashes when a user changes.
        manager.create_index(index("user_name_tokens_by_user", "user_name_tokens", ["user_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["user_name_tokens", "user_name_indexes"]).await
    }
}

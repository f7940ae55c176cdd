use sea_orm_migration::prelude::*;

use crate::column::{id, index, nullable, reference, text, time, uuid};

/// Identifications, each with its three levels in its own row.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("identifications")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(text(manager, "process"))
            .col(text(manager, "status"))
            .col(nullable(text(manager, "identity_document_type")))
            .take();
        for [status, reasons, expired_at] in [
            ["expert_status", "expert_reasons", "expert_expired_at"],
            ["qes_status", "qes_reasons", "qes_expired_at"],
            ["pvid_status", "pvid_reasons", "pvid_expired_at"],
        ] {
            table
                .col(text(manager, status))
                .col(ColumnDef::new(reasons).json_binary().null())
                .col(nullable(time(expired_at)));
        }
        let table = table
            .col(time("created_at"))
            .col(time("updated_at"))
            .foreign_key(&mut reference("identifications", "project_id", "projects"))
            .foreign_key(&mut reference("identifications", "user_id", "users"))
            .take();
        manager.create_table(table).await?;

        // For the pages of `User.identifications` and of `identifications`: the scope, then the sort key.
        for (name, scope, column) in [
            ("identifications_by_user_update", "user_id", "updated_at"),
            ("identifications_by_user_creation", "user_id", "created_at"),
            ("identifications_by_update", "project_id", "updated_at"),
            ("identifications_by_creation", "project_id", "created_at"),
        ] {
            manager.create_index(index(name, "identifications", [scope, column, "id"])).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("identifications").take()).await
    }
}

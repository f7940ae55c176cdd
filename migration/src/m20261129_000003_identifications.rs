use sea_orm_migration::prelude::*;

use crate::column::{
    drop_tables, index, nullable, objects_of_projects, reference, table_of_projects, text, time,
    unique_index, uuid, version,
};

/// Identifications, each with its three levels in its own row, the history of levels, and their validity.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut identifications = objects_of_projects("identifications")
            .col(uuid("user_id"))
            .col(text(manager, "process"))
            .col(text(manager, "status"))
            .col(nullable(text(manager, "identity_document_type")))
            .take();
        for [status, reasons, expired_at, valid_until] in [
            ["expert_status", "expert_reasons", "expert_expired_at", "expert_valid_until"],
            ["qes_status", "qes_reasons", "qes_expired_at", "qes_valid_until"],
            ["pvid_status", "pvid_reasons", "pvid_expired_at", "pvid_valid_until"],
        ] {
            identifications
                .col(text(manager, status))
                .col(ColumnDef::new(reasons).json_binary().null())
                .col(nullable(time(expired_at)))
                .col(nullable(time(valid_until)));
        }
        let identifications = identifications
            .col(time("created_at"))
            .col(time("updated_at"))
            .col(version())
            .col(nullable(time("due_at")))
            .foreign_key(&mut reference("identifications", "user_id", "users"))
            .take();
        let changes = objects_of_projects("level_changes")
            // No foreign key to the user: it would lock the user's row before a grant does, in another order.
            .col(uuid("user_id"))
            .col(uuid("identification_id"))
            .col(text(manager, "level"))
            .col(text(manager, "status"))
            .col(nullable(time("valid_until")))
            .col(nullable(text(manager, "reason")))
            .col(time("created_at"))
            .foreign_key(&mut reference("level_changes", "identification_id", "identifications"))
            .take();
        let policies = table_of_projects("validity_policies", ["project_id", "level"])
            .col(text(manager, "level"))
            .col(ColumnDef::new("days").integer().null())
            .col(ColumnDef::new("until_document_expires").boolean().not_null())
            .take();
        let sources = table_of_projects("identification_sources", ["identification_id", "project_id"])
            .col(uuid("identification_id"))
            .col(text(manager, "provider"))
            .col(text(manager, "reference"))
            .foreign_key(&mut reference("identification_sources", "identification_id", "identifications"))
            .take();
        for table in [identifications, changes, policies, sources] {
            manager.create_table(table).await?;
        }
        let reference = ["project_id", "provider", "reference"];
        let by_reference = unique_index("sources_by_reference", "identification_sources", reference);
        manager.create_index(by_reference).await?;
        // For the pages of `User.identifications` and of `identifications`: the scope, then the sort key.
        for (name, scope, column) in [
            ("identifications_by_user_update", "user_id", "updated_at"),
            ("identifications_by_user_creation", "user_id", "created_at"),
            ("identifications_by_update", "project_id", "updated_at"),
            ("identifications_by_creation", "project_id", "created_at"),
            // For the next due change in a project.
            ("identifications_by_due", "project_id", "due_at"),
        ] {
            manager.create_index(index(name, "identifications", [scope, column, "id"])).await?;
        }
        for index in [
            // For the history of levels, and for future expiries.
            index("level_changes_by_user", "level_changes", ["user_id", "created_at", "id"]),
            index("level_changes_by_end", "level_changes", ["project_id", "valid_until", "id"]),
            index("level_changes_by_identification", "level_changes", ["identification_id", "created_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["identification_sources", "validity_policies", "level_changes", "identifications"];
        drop_tables(manager, tables).await
    }
}

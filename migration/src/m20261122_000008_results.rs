use sea_orm_migration::prelude::*;

use crate::column::{bytes, id, index, json, nullable, reference, text, time, uuid};

/// Integrations of relying parties, and the results that they read.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let integrations = Table::create()
            .table("integrations")
            .col(id())
            .col(uuid("project_id"))
            .col(text(manager, "label"))
            .col(bytes("api_key_hash"))
            .col(json("scopes"))
            .col(time("created_at"))
            .foreign_key(&mut reference("integrations", "project_id", "projects"))
            .take();
        let results = Table::create()
            .table("verification_results")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(uuid("integration_id"))
            .col(uuid("trace_id"))
            .col(nullable(text(manager, "correlation_id")))
            .col(text(manager, "status"))
            .col(ColumnDef::new("scopes").json_binary().null())
            .col(nullable(bytes("data")))
            .col(nullable(time("verified_at")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .foreign_key(&mut reference("verification_results", "project_id", "projects"))
            .foreign_key(&mut reference("verification_results", "user_id", "users"))
            .foreign_key(&mut reference("verification_results", "integration_id", "integrations"))
            .take();
        for table in [integrations, results] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("integrations_by_api_key", "integrations", "api_key_hash"),
            ("results_by_trace", "verification_results", "trace_id"),
        ] {
            manager.create_index(index(name, table, [columns]).unique().take()).await?;
        }
        // For the pages of a user's results and of the project's: the scope, then the sort key.
        for (name, scope) in [("results_by_creation", "project_id"), ("results_by_user_creation", "user_id")]
        {
            manager.create_index(index(name, "verification_results", [scope, "created_at", "id"])).await?;
        }
        // A credential of an integration reads the results of that integration only.
        let mut integration = ColumnDef::new("integration_id").uuid().null().take();
        manager.alter_table(Table::alter().table("credentials").add_column(&mut integration).take()).await?;
        let by = index("credentials_by_integration", "credentials", ["integration_id"]);
        manager.create_index(by).await?;
        let mut always = ColumnDef::new("always_identity_id").boolean().not_null().default(true).take();
        manager.alter_table(Table::alter().table("projects").add_column(&mut always).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let always = Table::alter().table("projects").drop_column("always_identity_id").take();
        manager.alter_table(always).await?;
        manager
            .drop_index(Index::drop().name("credentials_by_integration").table("credentials").to_owned())
            .await?;
        let integration = Table::alter().table("credentials").drop_column("integration_id").take();
        manager.alter_table(integration).await?;
        for table in ["verification_results", "integrations"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

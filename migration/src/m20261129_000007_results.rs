use sea_orm_migration::prelude::*;

use crate::column::{
    bytes, drop_tables, index, nullable, objects_of_projects, reference, reference_everywhere, text, time,
    unique_index, uuid, version,
};

/// The results that relying parties read.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let results = objects_of_projects("verification_results")
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
            .col(version())
            .foreign_key(&mut reference("verification_results", "user_id", "users"))
            .foreign_key(&mut reference_everywhere("verification_results", "integration_id", "integrations"))
            .take();
        manager.create_table(results).await?;
        let traces = unique_index("results_by_trace", "verification_results", ["trace_id", "project_id"]);
        manager.create_index(traces).await?;
        for (name, scope, column) in [
            // For the pages of a user's results and of the project's: the scope, then the sort key.
            ("results_by_creation", "project_id", "created_at"),
            ("results_by_user_creation", "user_id", "created_at"),
            // For expired data.
            ("results_by_verification", "project_id", "verified_at"),
        ] {
            manager.create_index(index(name, "verification_results", [scope, column, "id"])).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["verification_results"]).await
    }
}

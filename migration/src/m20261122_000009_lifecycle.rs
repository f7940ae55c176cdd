use sea_orm_migration::prelude::*;

use crate::column::{id, index, json, nullable, reference, text, time, uuid};

/// Versions, expiries and the history of levels, and the clocks of sandbox projects.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let version = || ColumnDef::new("version").integer().not_null().default(1).take();
        let ahead = ColumnDef::new("clock_ahead").big_integer().not_null().default(0).take();
        for (table, column) in [
            ("projects", ahead),
            ("users", version()),
            ("users", nullable(text(manager, "hold_reason"))),
            ("identifications", version()),
            ("proofing_requests", version()),
            ("verification_sessions", version()),
            ("verification_results", version()),
            ("identifications", nullable(time("due_at"))),
            ("identifications", nullable(time("expert_valid_until"))),
            ("identifications", nullable(time("qes_valid_until"))),
            ("identifications", nullable(time("pvid_valid_until"))),
            ("events", ColumnDef::new("version").integer().null().take()),
            ("idempotency_keys", nullable(json("refusal"))),
            ("idempotency_keys", nullable(time("claimed_until"))),
            ("proofing_requests", nullable(time("oldest_image_at"))),
        ] {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }

        let changes = Table::create()
            .table("level_changes")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(uuid("identification_id"))
            .col(text(manager, "level"))
            .col(text(manager, "status"))
            .col(nullable(time("valid_until")))
            .col(nullable(text(manager, "reason")))
            .col(time("created_at"))
            .foreign_key(&mut reference("level_changes", "project_id", "projects"))
            // No foreign key to the user: it would lock the user's row before a grant does, in another order.
            .foreign_key(&mut reference("level_changes", "identification_id", "identifications"))
            .take();
        let policies = Table::create()
            .table("validity_policies")
            .col(uuid("project_id"))
            .col(text(manager, "level"))
            .col(ColumnDef::new("days").integer().null())
            .col(ColumnDef::new("until_document_expires").boolean().not_null())
            .primary_key(Index::create().col("project_id").col("level"))
            .foreign_key(&mut reference("validity_policies", "project_id", "projects"))
            .take();
        let sources = Table::create()
            .table("identification_sources")
            .col(ColumnDef::new("identification_id").uuid().not_null().primary_key())
            .col(uuid("project_id"))
            .col(text(manager, "provider"))
            .col(text(manager, "reference"))
            .foreign_key(&mut reference("identification_sources", "project_id", "projects"))
            .foreign_key(&mut reference("identification_sources", "identification_id", "identifications"))
            .take();
        let consents = Table::create()
            .table("sandbox_consents")
            .col(ColumnDef::new("user_id").uuid().not_null().primary_key())
            .col(uuid("project_id"))
            .foreign_key(&mut reference("sandbox_consents", "user_id", "users"))
            .take();
        let endorsements = Table::create()
            .table("sandbox_endorsements")
            .col(ColumnDef::new("credential_id").uuid().not_null().primary_key())
            .col(uuid("user_id"))
            .foreign_key(&mut reference("sandbox_endorsements", "credential_id", "credentials"))
            .foreign_key(&mut reference("sandbox_endorsements", "user_id", "users"))
            .take();
        let retention = Table::create()
            .table("retention_policies")
            .col(uuid("project_id"))
            .col(text(manager, "data_class"))
            .col(ColumnDef::new("days").integer().not_null())
            .col(time("done_until"))
            .primary_key(Index::create().col("project_id").col("data_class"))
            .foreign_key(&mut reference("retention_policies", "project_id", "projects"))
            .take();
        // The ids of imported records in their source systems, if they differ from the ids of their rows.
        let imports = Table::create()
            .table("import_sources")
            .col(uuid("project_id"))
            .col(text(manager, "kind"))
            .col(text(manager, "source_id"))
            .col(uuid("resource_id"))
            .primary_key(Index::create().col("project_id").col("kind").col("source_id"))
            .foreign_key(&mut reference("import_sources", "project_id", "projects"))
            .take();
        for table in [changes, policies, sources, consents, endorsements, retention, imports] {
            manager.create_table(table).await?;
        }
        add_indexes(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "retention_policies",
            "import_sources",
            "sandbox_endorsements",
            "sandbox_consents",
            "identification_sources",
            "validity_policies",
            "level_changes",
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        for (table, index) in [
            ("identifications", "identifications_by_due"),
            ("document_images", "images_by_upload"),
            ("proofing_requests", "proofing_requests_by_image"),
            ("documents", "documents_by_creation"),
            ("verification_results", "results_by_verification"),
        ] {
            manager.drop_index(Index::drop().table(table).name(index).to_owned()).await?;
        }
        for (table, column) in [
            ("proofing_requests", "oldest_image_at"),
            ("idempotency_keys", "claimed_until"),
            ("idempotency_keys", "refusal"),
            ("events", "version"),
            ("identifications", "pvid_valid_until"),
            ("identifications", "qes_valid_until"),
            ("identifications", "expert_valid_until"),
            ("identifications", "due_at"),
            ("verification_results", "version"),
            ("verification_sessions", "version"),
            ("proofing_requests", "version"),
            ("identifications", "version"),
            ("users", "hold_reason"),
            ("users", "version"),
            ("projects", "clock_ahead"),
        ] {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

async fn add_indexes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let by_reference = ["project_id", "provider", "reference"];
    manager
        .create_index(index("sources_by_reference", "identification_sources", by_reference).unique().take())
        .await?;
    for index in [
        // For the next due change in a project.
        index("identifications_by_due", "identifications", ["project_id", "due_at", "id"]),
        // For the history of levels, and for future expiries.
        index("level_changes_by_user", "level_changes", ["user_id", "created_at", "id"]),
        index("level_changes_by_end", "level_changes", ["project_id", "valid_until", "id"]),
        // For expired data, class by class.
        index("images_by_upload", "document_images", ["project_id", "uploaded_at", "id"]),
        index("proofing_requests_by_image", "proofing_requests", ["project_id", "oldest_image_at", "id"]),
        index("documents_by_creation", "documents", ["project_id", "created_at", "id"]),
        index("results_by_verification", "verification_results", ["project_id", "verified_at", "id"]),
        index("level_changes_by_identification", "level_changes", ["identification_id", "created_at"]),
    ] {
        manager.create_index(index).await?;
    }
    Ok(())
}

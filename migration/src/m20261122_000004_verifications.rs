use sea_orm_migration::prelude::*;

use crate::column::{id, index, nullable, reference, text, time, uuid};

/// Verification levels, the history of grants, grant policies, and idempotency keys.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = |name: &'static str| ColumnDef::new(name).integer().not_null().take();
        let levels = Table::create()
            .table("verification_levels")
            .col(id())
            .col(uuid("project_id"))
            .col(number("number"))
            .col(text(manager, "name"))
            .col(number("index"))
            .col(time("created_at"))
            .foreign_key(&mut reference("verification_levels", "project_id", "projects"))
            .take();
        let verifications = Table::create()
            .table("verifications")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(number("number"))
            .col(number("step"))
            .col(uuid("current_level_id"))
            .col(nullable(uuid("previous_level_id")))
            .col(text(manager, "reason"))
            .col(nullable(uuid("granted_by")))
            .col(time("created_at"))
            .foreign_key(&mut reference("verifications", "project_id", "projects"))
            .foreign_key(&mut reference("verifications", "user_id", "users"))
            .foreign_key(&mut reference("verifications", "current_level_id", "verification_levels"))
            .foreign_key(&mut reference("verifications", "previous_level_id", "verification_levels"))
            .foreign_key(&mut reference("verifications", "granted_by", "credentials"))
            .take();
        let keys = Table::create()
            .table("idempotency_keys")
            .col(uuid("project_id"))
            // A key belongs to the credential that used it: its result may contain a secret.
            .col(uuid("credential_id"))
            .col(text(manager, "key"))
            .col(ColumnDef::new("digest").binary().not_null())
            .col(uuid("result"))
            .col(time("created_at"))
            .primary_key(Index::create().col("project_id").col("credential_id").col("key"))
            .foreign_key(&mut reference("idempotency_keys", "project_id", "projects"))
            .take();
        let policies = Table::create()
            .table("grant_policies")
            .col(uuid("project_id"))
            .col(text(manager, "identification_level"))
            .col(uuid("verification_level_id"))
            .primary_key(Index::create().col("project_id").col("identification_level"))
            .foreign_key(&mut reference("grant_policies", "project_id", "projects"))
            .foreign_key(&mut reference("grant_policies", "verification_level_id", "verification_levels"))
            .take();
        for table in [levels, verifications, keys, policies] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("levels_by_number", "verification_levels", ["project_id", "number"]),
            ("levels_by_name", "verification_levels", ["project_id", "name"]),
            ("levels_by_index", "verification_levels", ["project_id", "index"]),
            ("verifications_by_number", "verifications", ["project_id", "number"]),
            // Prevents forks: of two grants that both follow the same one, the second violates this unique
            // index.
            ("verifications_by_step", "verifications", ["user_id", "step"]),
        ] {
            manager.create_index(index(name, table, columns).unique().take()).await?;
        }
        // For the pages of a user's history and of the project's: the scope, then the sort key, in both
        // directions.
        for (name, columns) in [
            ("verifications_by_creation", ["project_id", "created_at", "number"]),
            ("verifications_by_user_creation", ["user_id", "created_at", "number"]),
            ("verifications_by_level", ["current_level_id", "created_at", "number"]),
        ] {
            manager.create_index(index(name, "verifications", columns)).await?;
        }
        // The verification-history API breaks ties by the lowest number, in either sort direction.
        for (name, scope) in
            [("verifications_latest", "project_id"), ("verifications_latest_of_user", "user_id")]
        {
            let latest = Index::create()
                .name(name)
                .table("verifications")
                .col(scope)
                .col(("created_at", IndexOrder::Desc))
                .col("number")
                .take();
            manager.create_index(latest).await?;
        }
        manager
            .create_index(index("verifications_by_user_number", "verifications", ["user_id", "number"]))
            .await?;
        // Keys are deleted by age.
        manager.create_index(index("idempotency_keys_by_age", "idempotency_keys", ["created_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["grant_policies", "idempotency_keys", "verifications", "verification_levels"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

use sea_orm_migration::prelude::*;

use crate::column::{
    drop_tables, index, nullable, number, objects_of_projects, reference, reference_everywhere, small_number,
    table_of_projects, text, time, unique_index, uuid,
};

/// Verification levels, the history of grants, and grant policies.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let levels = objects_of_projects("verification_levels")
            .col(number("number"))
            .col(text(manager, "name"))
            .col(small_number("index"))
            .col(time("created_at"))
            .take();
        let verifications = objects_of_projects("verifications")
            .col(uuid("user_id"))
            .col(number("number"))
            .col(small_number("step"))
            .col(uuid("current_level_id"))
            .col(nullable(uuid("previous_level_id")))
            .col(text(manager, "reason"))
            .col(nullable(uuid("granted_by")))
            .col(time("created_at"))
            .foreign_key(&mut reference("verifications", "user_id", "users"))
            .foreign_key(&mut reference("verifications", "current_level_id", "verification_levels"))
            .foreign_key(&mut reference("verifications", "previous_level_id", "verification_levels"))
            .foreign_key(&mut reference_everywhere("verifications", "granted_by", "credentials"))
            .take();
        let policies = table_of_projects("grant_policies", ["project_id", "identification_level"])
            .col(text(manager, "identification_level"))
            .col(uuid("verification_level_id"))
            .foreign_key(&mut reference("grant_policies", "verification_level_id", "verification_levels"))
            .take();
        for table in [levels, verifications, policies] {
            manager.create_table(table).await?;
        }
        // Prevents forks: of two grants that both follow the same one, the second violates this unique index.
        let steps = unique_index("verifications_by_step", "verifications", ["user_id", "step", "project_id"]);
        manager.create_index(steps).await?;
        for (name, table, column) in [
            ("levels_by_number", "verification_levels", "number"),
            ("levels_by_name", "verification_levels", "name"),
            ("levels_by_index", "verification_levels", "index"),
            ("verifications_by_number", "verifications", "number"),
        ] {
            manager.create_index(unique_index(name, table, ["project_id", column])).await?;
        }
        // For the pages of a user's history and of the project's: the scope, then the sort key, in both
        // directions.
        for (name, scope) in [
            ("verifications_by_creation", "project_id"),
            ("verifications_by_user_creation", "user_id"),
            ("verifications_by_level", "current_level_id"),
        ] {
            manager.create_index(index(name, "verifications", [scope, "created_at", "number"])).await?;
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
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["grant_policies", "verifications", "verification_levels"]).await
    }
}

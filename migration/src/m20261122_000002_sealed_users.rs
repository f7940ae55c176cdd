use sea_orm_migration::prelude::*;

use crate::column::{bytes, id, index, nullable, reference, text, time, uuid};

/// Users, their personal data sealed with keys of their own, their lookup hashes, and their tags.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = Table::create()
            .table("project_keys")
            .col(id())
            .col(uuid("project_id"))
            .col(bytes("wrapped"))
            .col(bytes("common"))
            .col(time("created_at"))
            .foreign_key(&mut reference("project_keys", "project_id", "projects"))
            .take();
        manager.create_table(keys).await?;
        manager
            .create_index(index("project_keys_by_project", "project_keys", ["project_id", "created_at"]))
            .await?;

        let users = Table::create()
            .table("users")
            .col(id())
            .col(uuid("project_id"))
            .col(nullable(text(manager, "ref_id")))
            .col(nullable(text(manager, "source_id")))
            .col(ColumnDef::new("number").integer().not_null())
            .col(text(manager, "status"))
            .col(uuid("project_key_id"))
            .col(nullable(bytes("wrapped_key")))
            .col(nullable(bytes("personal")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .col(nullable(time("joined_at")))
            .foreign_key(&mut reference("users", "project_id", "projects"))
            // A key that still wraps a user's key cannot be deleted.
            .foreign_key(&mut reference("users", "project_key_id", "project_keys"))
            .take();
        manager.create_table(users).await?;

        let tags = Table::create()
            .table("user_tags")
            .col(uuid("user_id"))
            .col(text(manager, "tag"))
            .primary_key(Index::create().col("user_id").col("tag"))
            .foreign_key(&mut reference("user_tags", "user_id", "users"))
            .take();
        manager.create_table(tags).await?;

        let lookups = Table::create()
            .table("user_lookups")
            .col(uuid("project_id"))
            .col(text(manager, "kind"))
            .col(uuid("hash"))
            .col(uuid("user_id"))
            .primary_key(Index::create().col("project_id").col("kind").col("hash").col("user_id"))
            .foreign_key(reference("user_lookups", "user_id", "users").on_delete(ForeignKeyAction::Cascade))
            .take();
        manager.create_table(lookups).await?;
        // For replacing the hashes when a user changes.
        manager.create_index(index("user_lookups_by_user", "user_lookups", ["user_id"])).await?;

        // For look-ups by the client's id and by number; both are unique in a project.
        for (name, column) in [("users_by_ref_id", "ref_id"), ("users_by_number", "number")] {
            let unique = index(name, "users", ["project_id", column]).unique().take();
            manager.create_index(unique).await?;
        }
        // For the pages of `users`: the scope, then the sort key.
        for (name, column) in [("users_by_creation", "created_at"), ("users_by_update", "updated_at")] {
            manager.create_index(index(name, "users", ["project_id", column, "id"])).await?;
        }
        // For the comparison with the erasure ledger at start.
        let erased = "CREATE INDEX users_erased ON users (id) WHERE status = 'Erased'";
        manager.get_connection().execute_unprepared(erased).await?;
        // For the rotation of keys.
        manager.create_index(index("users_by_key", "users", ["project_key_id", "id"])).await?;
        manager.create_index(index("user_tags_by_tag", "user_tags", ["tag", "user_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["user_lookups", "user_tags", "users", "project_keys"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

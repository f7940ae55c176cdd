use sea_orm_migration::prelude::*;

use crate::column::{
    bytes, drop_tables, index, nullable, number, objects_of_projects, reference, reference_everywhere,
    table_of_projects, text, time, unique_index, uuid, version,
};

/// Users, their personal data sealed with keys of their own, their lookup hashes, and their tags.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = objects_of_projects("project_keys")
            .col(bytes("wrapped"))
            .col(bytes("common"))
            .col(time("created_at"))
            .take();
        let users = objects_of_projects("users")
            .col(nullable(text(manager, "ref_id")))
            .col(nullable(text(manager, "source_id")))
            .col(number("number"))
            .col(text(manager, "status"))
            .col(uuid("project_key_id"))
            .col(nullable(bytes("wrapped_key")))
            .col(nullable(bytes("personal")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .col(nullable(time("joined_at")))
            .col(version())
            .col(nullable(text(manager, "hold_reason")))
            // A key that still wraps a user's key cannot be deleted.
            .foreign_key(&mut reference("users", "project_key_id", "project_keys"))
            .take();
        let tags = table_of_projects("user_tags", ["user_id", "tag", "project_id"])
            .col(uuid("user_id"))
            .col(text(manager, "tag"))
            .foreign_key(&mut reference("user_tags", "user_id", "users"))
            .take();
        let lookups = table_of_projects("user_lookups", ["project_id", "kind", "hash", "user_id"])
            .col(text(manager, "kind"))
            .col(uuid("hash"))
            .col(uuid("user_id"))
            .foreign_key(reference("user_lookups", "user_id", "users").on_delete(ForeignKeyAction::Cascade))
            .take();
        let consents = table_of_projects("sandbox_consents", ["user_id", "project_id"])
            .col(uuid("user_id"))
            .foreign_key(&mut reference("sandbox_consents", "user_id", "users"))
            .take();
        let endorsements = table_of_projects("sandbox_endorsements", ["credential_id", "project_id"])
            .col(uuid("credential_id"))
            .col(uuid("user_id"))
            .foreign_key(&mut reference_everywhere("sandbox_endorsements", "credential_id", "credentials"))
            .foreign_key(&mut reference("sandbox_endorsements", "user_id", "users"))
            .take();
        for table in [keys, users, tags, lookups, consents, endorsements] {
            manager.create_table(table).await?;
        }
        // For look-ups by the client's id and by number; both are unique in a project.
        for (name, column) in [("users_by_ref_id", "ref_id"), ("users_by_number", "number")] {
            manager.create_index(unique_index(name, "users", ["project_id", column])).await?;
        }
        // For the comparison with the erasure ledger at start.
        let erased = "CREATE INDEX users_erased ON users (id, project_id) WHERE status = 'Erased'";
        manager.get_connection().execute_unprepared(erased).await?;
        for index in [
            index("project_keys_by_project", "project_keys", ["project_id", "created_at"]),
            // For the pages of `users`: the scope, then the sort key.
            index("users_by_creation", "users", ["project_id", "created_at", "id"]),
            index("users_by_update", "users", ["project_id", "updated_at", "id"]),
            // For the rotation of keys.
            index("users_by_key", "users", ["project_key_id", "id"]),
            index("user_tags_by_tag", "user_tags", ["project_id", "tag", "user_id"]),
            // For replacing the hashes when a user changes.
            index("user_lookups_by_user", "user_lookups", ["user_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "sandbox_endorsements",
            "sandbox_consents",
            "user_lookups",
            "user_tags",
            "users",
            "project_keys",
        ];
        drop_tables(manager, tables).await
    }
}

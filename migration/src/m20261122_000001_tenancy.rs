use sea_orm_migration::prelude::*;

use crate::column::{id, index, json, nullable, reference, text, time, uuid};

/// Projects, their credentials, and the keys that sign tokens.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let instance = Table::create()
            .table("instance")
            .col(ColumnDef::new("id").integer().not_null().primary_key())
            .col(ColumnDef::new("root_key_fingerprint").binary().not_null())
            .take();
        let projects = Table::create()
            .table("projects")
            .col(id())
            .col(text(manager, "name").unique_key().take())
            .col(text(manager, "mode"))
            .col(time("created_at"))
            .take();
        let credentials = Table::create()
            .table("credentials")
            .col(id())
            .col(uuid("project_id"))
            .col(ColumnDef::new("number").integer().not_null())
            .col(text(manager, "client_id").unique_key().take())
            .col(text(manager, "label"))
            .col(json("permissions"))
            .col(nullable(json("tag_limits")))
            .col(time("created_at"))
            .col(nullable(time("revoked_at")))
            .foreign_key(&mut reference("credentials", "project_id", "projects"))
            .take();
        let secrets = Table::create()
            .table("credential_secrets")
            .col(id())
            .col(uuid("credential_id"))
            .col(text(manager, "kind"))
            .col(ColumnDef::new("hash").binary().not_null())
            .col(time("created_at"))
            .col(nullable(time("expires_at")))
            .foreign_key(&mut reference("credential_secrets", "credential_id", "credentials"))
            .take();
        let counters = Table::create()
            .table("counters")
            .col(uuid("project_id"))
            .col(text(manager, "name"))
            .col(ColumnDef::new("last").integer().not_null())
            .primary_key(Index::create().col("project_id").col("name"))
            .foreign_key(&mut reference("counters", "project_id", "projects"))
            .take();
        let signing_keys = Table::create()
            .table("signing_keys")
            .col(id())
            .col(time("created_at"))
            .col(nullable(time("expires_at")))
            .take();
        for table in [instance, projects, counters, credentials, secrets, signing_keys] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("credentials_by_project", "credentials", ["project_id", "created_at", "id"]))
            .await?;
        let by_number =
            index("credentials_by_number", "credentials", ["project_id", "number"]).unique().take();
        manager.create_index(by_number).await?;
        manager.create_index(index("secrets_by_credential", "credential_secrets", ["credential_id"])).await?;
        // An API key is sent without the id of its credential.
        manager.create_index(index("secrets_by_hash", "credential_secrets", ["hash"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["signing_keys", "credential_secrets", "credentials", "counters", "projects", "instance"]
        {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

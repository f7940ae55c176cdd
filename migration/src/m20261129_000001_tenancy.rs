use sea_orm_migration::prelude::*;

use crate::column::{
    drop_tables, id, index, json, nullable, number, reference_everywhere, table_of_projects, text, time,
    unique_index, uuid,
};

/// Projects, their credentials and counters, and the keys that sign tokens.
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
        let signing_keys = Table::create()
            .table("signing_keys")
            .col(id())
            .col(time("created_at"))
            .col(nullable(time("expires_at")))
            .take();
        let projects = Table::create()
            .table("projects")
            .col(id())
            .col(text(manager, "name").unique_key().take())
            .col(text(manager, "mode"))
            .col(ColumnDef::new("always_identity_id").boolean().not_null().default(true))
            .col(number("clock_ahead").default(0).take())
            .col(time("created_at"))
            .take();
        // The relying parties that read results with an API key.
        let integrations = Table::create()
            .table("integrations")
            .col(id())
            .col(uuid("project_id"))
            .col(text(manager, "label"))
            .col(ColumnDef::new("api_key_hash").binary().not_null())
            .col(json("scopes"))
            .col(time("created_at"))
            .foreign_key(&mut reference_everywhere("integrations", "project_id", "projects"))
            .take();
        let credentials = Table::create()
            .table("credentials")
            .col(id())
            .col(uuid("project_id"))
            .col(number("number"))
            .col(text(manager, "client_id").unique_key().take())
            .col(text(manager, "label"))
            .col(json("permissions"))
            .col(nullable(json("tag_limits")))
            // A credential of an integration reads the results of that integration only.
            .col(nullable(uuid("integration_id")))
            .col(time("created_at"))
            .col(nullable(time("revoked_at")))
            .foreign_key(&mut reference_everywhere("credentials", "project_id", "projects"))
            .take();
        let secrets = Table::create()
            .table("credential_secrets")
            .col(id())
            .col(uuid("credential_id"))
            .col(text(manager, "kind"))
            .col(ColumnDef::new("hash").binary().not_null())
            .col(time("created_at"))
            .col(nullable(time("expires_at")))
            .foreign_key(&mut reference_everywhere("credential_secrets", "credential_id", "credentials"))
            .take();
        let counters = table_of_projects("counters", ["project_id", "name"])
            .col(text(manager, "name"))
            .col(number("last"))
            .take();
        // A key belongs to the credential that used it: its result may contain a secret.
        let keys = table_of_projects("idempotency_keys", ["project_id", "credential_id", "key"])
            .col(uuid("credential_id"))
            .col(text(manager, "key"))
            .col(ColumnDef::new("digest").binary().not_null())
            .col(uuid("result"))
            .col(nullable(json("refusal")))
            .col(nullable(time("claimed_until")))
            .col(time("created_at"))
            .take();
        for table in [instance, signing_keys, projects, integrations, credentials, secrets, counters, keys] {
            manager.create_table(table).await?;
        }
        let api_keys = unique_index("integrations_by_api_key", "integrations", ["api_key_hash"]);
        manager.create_index(api_keys).await?;
        let numbers = unique_index("credentials_by_number", "credentials", ["project_id", "number"]);
        manager.create_index(numbers).await?;
        for index in [
            index("credentials_by_project", "credentials", ["project_id", "created_at", "id"]),
            index("credentials_by_integration", "credentials", ["integration_id"]),
            index("secrets_by_credential", "credential_secrets", ["credential_id"]),
            // An API key is sent without the id of its credential.
            index("secrets_by_hash", "credential_secrets", ["hash"]),
            // Keys are deleted by age, project by project.
            index("idempotency_keys_by_age", "idempotency_keys", ["project_id", "created_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["idempotency_keys", "counters", "credential_secrets", "credentials"]).await?;
        drop_tables(manager, ["integrations", "projects", "signing_keys", "instance"]).await
    }
}

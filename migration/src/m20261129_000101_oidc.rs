use sea_orm_migration::prelude::*;

use crate::column::{
    bytes, drop_tables, id, index, json, nullable, reference_everywhere, small_number, text, time,
    unique_index, uuid,
};

/// Identity providers, the members that they know, and the roles of their groups.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let flag = |name| ColumnDef::new(name).boolean().not_null().take();
        let providers = Table::create()
            .table("oidc_providers")
            .col(id())
            .col(text(manager, "label").unique_key().take())
            .col(text(manager, "issuer"))
            .col(text(manager, "client_id"))
            .col(nullable(bytes("client_secret")))
            .col(json("scopes"))
            .col(nullable(text(manager, "groups_claim")))
            .col(flag("is_exclusive"))
            .col(flag("is_active"))
            .col(time("created_at"))
            .take();
        let identities = Table::create()
            .table("oidc_identities")
            .col(uuid("provider_id"))
            .col(bytes("subject_hash"))
            .col(uuid("member_id"))
            .col(time("created_at"))
            .primary_key(Index::create().col("provider_id").col("subject_hash"))
            .foreign_key(&mut reference_everywhere("oidc_identities", "provider_id", "oidc_providers"))
            .foreign_key(&mut reference_everywhere("oidc_identities", "member_id", "members"))
            .take();
        let mappings = Table::create()
            .table("oidc_mappings")
            .col(id())
            .col(uuid("provider_id"))
            .col(text(manager, "group_name"))
            .col(uuid("project_id"))
            .col(uuid("role_id"))
            .col(nullable(json("tag_limits")))
            .col(small_number("rank"))
            .foreign_key(&mut reference_everywhere("oidc_mappings", "provider_id", "oidc_providers"))
            .foreign_key(&mut reference_everywhere("oidc_mappings", "project_id", "projects"))
            .foreign_key(&mut reference_everywhere("oidc_mappings", "role_id", "roles"))
            .take();
        for table in [providers, identities, mappings] {
            manager.create_table(table).await?;
        }
        for index in [
            index("oidc_identities_by_member", "oidc_identities", ["member_id"]),
            unique_index(
                "oidc_mappings_by_group",
                "oidc_mappings",
                ["provider_id", "project_id", "group_name"],
            ),
            index("oidc_mappings_by_role", "oidc_mappings", ["role_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["oidc_mappings", "oidc_identities", "oidc_providers"]).await
    }
}

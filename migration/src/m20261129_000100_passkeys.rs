use sea_orm_migration::prelude::*;

use crate::column::{
    bytes, drop_tables, id, index, nullable, reference_everywhere, text, time, unique_index, uuid,
};

/// The passkeys of members.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let passkeys = Table::create()
            .table("member_passkeys")
            .col(id())
            .col(uuid("member_id"))
            .col(bytes("credential_id"))
            .col(bytes("passkey"))
            .col(text(manager, "label"))
            .col(ColumnDef::new("is_backed_up").boolean().not_null())
            .col(time("created_at"))
            .col(nullable(time("last_used_at")))
            .foreign_key(&mut reference_everywhere("member_passkeys", "member_id", "members"))
            .take();
        manager.create_table(passkeys).await?;
        for index in [
            unique_index("member_passkeys_by_credential", "member_passkeys", ["credential_id"]),
            index("member_passkeys_by_member", "member_passkeys", ["member_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["member_passkeys"]).await
    }
}

use sea_orm_migration::prelude::*;

use crate::column::{nullable, time, uuid};

/// Suspended memberships; when a credential was last used, and who created it.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("memberships", time("suspended_at")),
            ("credentials", time("last_used_at")),
            ("credentials", uuid("created_by_credential")),
            ("credentials", uuid("created_by_membership")),
        ] {
            let column = nullable(column);
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("memberships", "suspended_at"),
            ("credentials", "last_used_at"),
            ("credentials", "created_by_credential"),
            ("credentials", "created_by_membership"),
        ] {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

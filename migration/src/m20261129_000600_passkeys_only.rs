use sea_orm_migration::prelude::*;

/// Projects that members enter by passkey only, and the sessions that can.
#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [(&str, &str); 2] =
    [("project_settings", "passkeys_only"), ("member_sessions", "is_by_passkey")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let flag = ColumnDef::new(column).boolean().not_null().default(false).take();
            manager.alter_table(Table::alter().table(table).add_column(flag).take()).await?;
        }
        let by_passkey = Query::update()
            .table("member_sessions")
            .value("is_by_passkey", true)
            .and_where(Expr::col("method").eq("PASSKEY"))
            .take();
        manager.execute(by_passkey).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, reference_everywhere, small_number, text, uuid};

/// The settings of a project: how long its members stay signed in, and whether names are searched.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let settings = Table::create()
            .table("project_settings")
            .col(uuid("project_id").primary_key().take())
            .col(text(manager, "name_search"))
            .col(small_number("idle_minutes"))
            .col(small_number("session_hours"))
            .foreign_key(&mut reference_everywhere("project_settings", "project_id", "projects"))
            .take();
        manager.create_table(settings).await?;
        // The sessions of members that are signed in keep the limit that they began with.
        let idle = small_number("idle_minutes").default(30).take();
        manager.alter_table(Table::alter().table("member_sessions").add_column(idle).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let idle = Table::alter().table("member_sessions").drop_column("idle_minutes").take();
        manager.alter_table(idle).await?;
        drop_tables(manager, ["project_settings"]).await
    }
}

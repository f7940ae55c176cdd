use sea_orm_migration::prelude::*;

use crate::column::index;

/// An index for the list of a project's integrations.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["project_id", "created_at", "id"];
        manager.create_index(index("integrations_by_project", "integrations", columns)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name("integrations_by_project").table("integrations").to_owned())
            .await
    }
}

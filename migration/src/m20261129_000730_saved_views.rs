use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, index, nullable, objects_of_projects, reference_everywhere, text, uuid};

const VIEWS: &str = "saved_views";

/// The views of lists that members saved.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let views = objects_of_projects(VIEWS)
            .col(nullable(uuid("membership_id")))
            .col(text(manager, "page"))
            .col(text(manager, "name"))
            .col(text(manager, "query"))
            .foreign_key(&mut reference_everywhere(VIEWS, "membership_id", "memberships"))
            .take();
        manager.create_table(views).await?;
        // Views are saved one after the other in a project, so this need not be unique: with a null it would not be.
        let by_name = ["project_id", "membership_id", "page", "name"];
        manager.create_index(index("saved_views_by_name", VIEWS, by_name)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, [VIEWS]).await
    }
}

use sea_orm_migration::prelude::*;

use crate::column::index;

const EVENTS: &str = "events";
const BY_USER: &str = "events_by_user";

/// For the events of a user, newest first, and for the erasure of a user. A user belongs to one project, so the project
/// is not in front.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut of_users = index(BY_USER, EVENTS, ["user_id", "created_at", "sequence"]);
        of_users.and_where(Expr::cust("user_id IS NOT NULL"));
        manager.create_index(of_users).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(BY_USER).table(EVENTS).to_owned()).await
    }
}

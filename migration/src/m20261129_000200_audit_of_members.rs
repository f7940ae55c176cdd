use sea_orm_migration::prelude::*;

use crate::column::index;

const AUDIT: &str = "audit_events";
const BY_MEMBERSHIP: &str = "audit_events_by_membership";

/// The audit entries of a member, by time. The index is as that of the entries of a credential.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_membership = index(BY_MEMBERSHIP, AUDIT, ["membership_id", "created_at", "sequence"]);
        by_membership.and_where(Expr::cust("membership_id IS NOT NULL"));
        manager.create_index(by_membership).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(BY_MEMBERSHIP).table(AUDIT).to_owned()).await
    }
}

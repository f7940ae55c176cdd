use sea_orm_migration::prelude::*;

use crate::column::index;

const TABLE: &str = "identifications";
const GRANTS: &str = "verifications";
const OF_LEVEL: &str = "verifications_of_level";
const INVALID: &str = "expert_reasons IS NOT NULL OR qes_reasons IS NOT NULL OR pvid_reasons IS NOT NULL";

/// For filters of users by levels that they hold, and of identifications by why they are invalid.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, columns, rows) in indexes() {
            let mut index = index(name, TABLE, columns);
            index.and_where(Expr::cust(rows));
            manager.create_index(index).await?;
        }
        let columns = ["project_id", "current_level_id", "user_id", "step"];
        manager.create_index(index(OF_LEVEL, GRANTS, columns)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(OF_LEVEL).table(GRANTS).to_owned()).await?;
        for (name, ..) in indexes() {
            manager.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await?;
        }
        Ok(())
    }
}

/// Name, columns, and the rows that the index contains.
fn indexes() -> [(&'static str, Vec<&'static str>, &'static str); 5] {
    let users = || vec!["project_id", "user_id"];
    let list = |column| vec!["project_id", column, "id"];
    [
        ("identifications_of_expert", users(), "expert_status = 'Valid'"),
        ("identifications_of_qes", users(), "qes_status = 'Valid'"),
        ("identifications_of_pvid", users(), "pvid_status = 'Valid'"),
        ("identifications_invalid_by_update", list("updated_at"), INVALID),
        ("identifications_invalid_by_creation", list("created_at"), INVALID),
    ]
}

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DatabaseBackend},
};

use crate::column::{id, index, nullable, reference, text, time, uuid};

const TABLE: &str = "proofing_requests";

/// Proofing requests: automated checks of a device, a document and a face.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(TABLE)
            .col(id())
            .col(uuid("project_id"))
            .col(nullable(uuid("user_id")))
            .col(time("request_time"))
            .col(text(manager, "state"))
            .col(text(manager, "device_check_result"))
            .col(nullable(text(manager, "document_authentication_result")))
            .col(ColumnDef::new("face_match").boolean().null())
            .col(ColumnDef::new("face_match_score").integer().null())
            .col(ColumnDef::new("front_image_classified").boolean().null())
            .col(nullable(time("front_image_upload_time")))
            .col(ColumnDef::new("back_image_classified").boolean().null())
            .col(nullable(time("back_image_upload_time")))
            .col(nullable(text(manager, "scenario")))
            .foreign_key(&mut reference(TABLE, "project_id", "projects"))
            .foreign_key(&mut reference(TABLE, "user_id", "users"))
            .take();
        manager.create_table(table).await?;

        // Every order walks one of these, in both directions: the scope, the sort key, the id.
        for (name, scope, column) in [
            ("proofing_requests_by_user", "user_id", "request_time"),
            ("proofing_requests_by_time", "project_id", "request_time"),
            ("proofing_requests_by_state", "project_id", "state"),
            ("proofing_requests_by_device", "project_id", "device_check_result"),
            ("proofing_requests_by_document", "project_id", "document_authentication_result"),
            ("proofing_requests_by_face", "project_id", "face_match"),
        ] {
            manager.create_index(index(name, TABLE, [scope, column, "id"])).await?;
        }
        // Every search, in the order that lists have by default: one value of a column, the latest first.
        for (name, column) in [
            ("proofing_requests_of_state", "state"),
            ("proofing_requests_of_document", "document_authentication_result"),
            ("proofing_requests_of_face", "face_match"),
        ] {
            manager.create_index(index(name, TABLE, ["project_id", column, "request_time", "id"])).await?;
        }
        let device = ["project_id", "device_check_result", "state", "request_time", "id"];
        manager.create_index(index("proofing_requests_of_device", TABLE, device)).await?;

        // Nulls are last in both directions. An index of PostgreSQL has them at one end, so walking down needs another
        // one; SQLite walks its one index in two stretches.
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            for (name, column) in [
                ("proofing_requests_by_document_down", "document_authentication_result"),
                ("proofing_requests_by_face_down", "face_match"),
            ] {
                let sql =
                    format!("CREATE INDEX {name} ON {TABLE} (project_id, {column} DESC NULLS LAST, id DESC)");
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}

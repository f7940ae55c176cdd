use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::column::{
    drop_tables, execute_if_supported, index, nullable, number, objects_of_projects, reference, small_number,
    table_of_projects, text, time, uuid, version,
};

const TABLE: &str = "proofing_requests";
const TOTALS: &str = "proofing_totals";
const DEVICE: &str = "device_check_result";
const STATE: &str = "state";
const DOCUMENT: &str = "document_authentication_result";
const FACE: &str = "face_match";

/// Proofing requests (automated checks of a device, a document and a face) and their totals.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = objects_of_projects(TABLE)
            .col(nullable(uuid("user_id")))
            .col(time("request_time"))
            .col(text(manager, STATE))
            .col(text(manager, DEVICE))
            .col(nullable(text(manager, DOCUMENT)))
            .col(ColumnDef::new(FACE).boolean().null())
            .col(nullable(small_number("face_match_score")))
            .col(ColumnDef::new("front_image_classified").boolean().null())
            .col(nullable(time("front_image_upload_time")))
            .col(ColumnDef::new("back_image_classified").boolean().null())
            .col(nullable(time("back_image_upload_time")))
            .col(nullable(text(manager, "scenario")))
            .col(version())
            .col(nullable(time("oldest_image_at")))
            .foreign_key(&mut reference(TABLE, "user_id", "users"))
            .take();
        manager.create_table(table).await?;

        // A list is ordered by time, or by a column of few values and then by the id. It is read value by
        // value, so each of these indexes is scanned in both directions, and null is a value like the others.
        for (name, scope, column) in [
            ("proofing_requests_by_user", "user_id", "request_time"),
            ("proofing_requests_by_time", "project_id", "request_time"),
            ("proofing_requests_by_device", "project_id", DEVICE),
            ("proofing_requests_by_state", "project_id", STATE),
            ("proofing_requests_by_document", "project_id", DOCUMENT),
            ("proofing_requests_by_face", "project_id", FACE),
        ] {
            manager.create_index(index(name, TABLE, [scope, column, "id"])).await?;
        }
        // The same for a list filtered by one value of another column. Either of the two columns can be the
        // sort key or the filter: both have one value in each segment.
        for (name, columns) in [
            ("proofing_requests_by_device_state", [DEVICE, STATE]),
            ("proofing_requests_by_device_document", [DEVICE, DOCUMENT]),
            ("proofing_requests_by_device_face", [DEVICE, FACE]),
            ("proofing_requests_by_state_document", [STATE, DOCUMENT]),
            ("proofing_requests_by_state_face", [STATE, FACE]),
            ("proofing_requests_by_document_face", [DOCUMENT, FACE]),
        ] {
            let [one, other] = columns;
            manager.create_index(index(name, TABLE, ["project_id", one, other, "id"])).await?;
        }
        // For every filter in the default order: one value of a column, newest first.
        for (name, column) in [
            ("proofing_requests_of_device", DEVICE),
            ("proofing_requests_of_state", STATE),
            ("proofing_requests_of_document", DOCUMENT),
            ("proofing_requests_of_face", FACE),
        ] {
            manager.create_index(index(name, TABLE, ["project_id", column, "request_time", "id"])).await?;
        }
        let both = ["project_id", DEVICE, STATE, "request_time", "id"];
        manager.create_index(index("proofing_requests_of_device_and_state", TABLE, both)).await?;

        // For expired images.
        let by_image = index("proofing_requests_by_image", TABLE, ["project_id", "oldest_image_at", "id"]);
        manager.create_index(by_image).await?;

        let key = ["project_id", "day", DEVICE, STATE, DOCUMENT, FACE, "slot"];
        let totals = table_of_projects(TOTALS, key)
            .col(number("day"))
            .col(text(manager, DEVICE))
            .col(text(manager, STATE))
            .col(text(manager, DOCUMENT))
            .col(text(manager, FACE))
            .col(small_number("slot"))
            .col(number("count"))
            .take();
        manager.create_table(totals).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            // Frequently updated rows: with free space in the page, a new row version needs no new index
            // entry.
            let room = format!("ALTER TABLE {TOTALS} SET (fillfactor = 50)");
            // Results depend on one another: an INIT request never has a document. A planner that assumes
            // independence scans all requests by id for rows that match both, although no such row exists.
            let columns = [DEVICE, STATE, DOCUMENT, FACE].join(", ");
            let together = format!("CREATE STATISTICS {TABLE}_together (mcv) ON {columns} FROM {TABLE}");
            for sql in [room, together] {
                execute_if_supported(manager, &sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, [TOTALS, TABLE]).await
    }
}

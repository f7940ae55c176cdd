use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DatabaseBackend, Statement},
};

use crate::column::index;

const REQUESTS: &str = "proofing_requests";
const AUDIT: &str = "audit_events";
const DEVICE: &str = "device_check_result";
const STATE: &str = "state";
const DOCUMENT: &str = "document_authentication_result";
const FACE: &str = "face_match";
const PROJECT: &str = "project_id";
const AT: &str = "request_time";

/// Results of the document and of the face exist only with the outcome. Lists rely on it: they read only the
/// combinations that can exist, so no index is needed for the others.
const RESULTS: &str = "CONSTRAINT proofing_requests_results CHECK (state = 'COMPLETE' OR \
                       (document_authentication_result IS NULL AND face_match IS NULL AND face_match_score IS NULL))";

/// The entries of all but the most frequent actions: in the list by time the next entry of one of these is never
/// far. PostgreSQL proves from the values of a filter that their entries are in such an index.
const RARE_ACTIONS: &str = "action NOT IN ('Identification.Created', 'Identification.Updated', 'User.Created', \
                            'User.Updated', 'Verification.Granted', 'ProofingRequest.Created', \
                            'ProofingRequest.Updated', 'VerificationSession.Updated')";

/// Name, columns and, for a partial index, the rows that it contains.
type IndexOf = (&'static str, &'static [&'static str], Option<&'static str>);

/// Lists are ordered by time, or by a column of few values and then by time, with a filter or without. The id, which
/// orders requests of the same millisecond, is in none of these indexes: such requests are few, and are sorted after
/// they are read. (On SQLite an index with the id would also be preferred to one with the column.)
const OF_REQUESTS: [IndexOf; 13] = [
    ("proofing_requests_by_user", &["user_id", AT], Some("user_id IS NOT NULL")),
    ("proofing_requests_by_time", &[PROJECT, AT], None),
    // For a filter by the column, and for an order by it: a list is read value by value.
    ("proofing_requests_of_device", &[PROJECT, DEVICE, AT], None),
    ("proofing_requests_of_state", &[PROJECT, STATE, AT], None),
    ("proofing_requests_of_document", &[PROJECT, DOCUMENT, AT], None),
    ("proofing_requests_of_face", &[PROJECT, FACE, AT], None),
    // For a filter by both columns, and for a filter by either and an order by the other. A result of the document
    // or of the face implies the state, so pairs with the state are needed for the device only.
    ("proofing_requests_of_device_and_state", &[PROJECT, DEVICE, STATE, AT], None),
    ("proofing_requests_of_device_and_document", &[PROJECT, DEVICE, DOCUMENT, AT], None),
    ("proofing_requests_of_device_and_face", &[PROJECT, DEVICE, FACE, AT], None),
    ("proofing_requests_of_document_and_face", &[PROJECT, DOCUMENT, FACE, AT], None),
    // For the complete requests without a result: among all requests without one they are few.
    (
        "proofing_requests_without_document",
        &[PROJECT, DOCUMENT, AT],
        Some("state = 'COMPLETE' AND document_authentication_result IS NULL"),
    ),
    (
        "proofing_requests_without_face",
        &[PROJECT, FACE, AT],
        Some("state = 'COMPLETE' AND face_match IS NULL"),
    ),
    // For expired images.
    ("proofing_requests_by_image", &[PROJECT, "oldest_image_at", "id"], Some("oldest_image_at IS NOT NULL")),
];

const OF_REQUESTS_BEFORE: [IndexOf; 18] = [
    ("proofing_requests_by_user", &["user_id", AT, "id"], None),
    ("proofing_requests_by_time", &[PROJECT, AT, "id"], None),
    ("proofing_requests_by_device", &[PROJECT, DEVICE, "id"], None),
    ("proofing_requests_by_state", &[PROJECT, STATE, "id"], None),
    ("proofing_requests_by_document", &[PROJECT, DOCUMENT, "id"], None),
    ("proofing_requests_by_face", &[PROJECT, FACE, "id"], None),
    ("proofing_requests_by_device_state", &[PROJECT, DEVICE, STATE, "id"], None),
    ("proofing_requests_by_device_document", &[PROJECT, DEVICE, DOCUMENT, "id"], None),
    ("proofing_requests_by_device_face", &[PROJECT, DEVICE, FACE, "id"], None),
    ("proofing_requests_by_state_document", &[PROJECT, STATE, DOCUMENT, "id"], None),
    ("proofing_requests_by_state_face", &[PROJECT, STATE, FACE, "id"], None),
    ("proofing_requests_by_document_face", &[PROJECT, DOCUMENT, FACE, "id"], None),
    ("proofing_requests_of_device", &[PROJECT, DEVICE, AT, "id"], None),
    ("proofing_requests_of_state", &[PROJECT, STATE, AT, "id"], None),
    ("proofing_requests_of_document", &[PROJECT, DOCUMENT, AT, "id"], None),
    ("proofing_requests_of_face", &[PROJECT, FACE, AT, "id"], None),
    ("proofing_requests_of_device_and_state", &[PROJECT, DEVICE, STATE, AT, "id"], None),
    ("proofing_requests_by_image", &[PROJECT, "oldest_image_at", "id"], None),
];

/// One index for each filter. The ids that entries are filtered by belong to one project, so the project is not in
/// front of them.
const OF_AUDIT: [IndexOf; 7] = [
    ("audit_events_by_user", &["user_id", "created_at", "sequence"], Some("user_id IS NOT NULL")),
    // The entries of one object and one millisecond are few, and are sorted after they are read.
    ("audit_events_by_resource", &["resource_id", "created_at"], None),
    // For changes to the project as a whole, which has more entries than any other object.
    (
        "audit_events_of_project",
        &[PROJECT, "created_at", "sequence"],
        Some("(resource_id = project_id) IS TRUE"),
    ),
    (
        "audit_events_by_credential",
        &["credential_id", "created_at", "sequence"],
        Some("credential_id IS NOT NULL"),
    ),
    // For counts. The distinct keys are few, and PostgreSQL stores each of them once.
    ("audit_events_of_credential", &[PROJECT, "credential_id"], Some("credential_id IS NOT NULL")),
    ("audit_events_by_action", &[PROJECT, "action"], None),
    ("audit_events_by_rare_action", &[PROJECT, "action", "created_at"], Some(RARE_ACTIONS)),
];

const OF_AUDIT_BEFORE: [IndexOf; 4] = [
    ("audit_events_by_resource", &[PROJECT, "resource_id", "created_at", "sequence"], None),
    ("audit_events_by_user", &[PROJECT, "user_id", "created_at", "sequence"], None),
    ("audit_events_by_action", &[PROJECT, "action", "created_at", "sequence"], None),
    ("audit_events_by_credential", &[PROJECT, "credential_id", "created_at", "sequence"], None),
];

/// Fewer and narrower indexes of the audit log and of proofing requests (decision 59).
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_indexes(manager, REQUESTS, &OF_REQUESTS_BEFORE).await?;
        drop_indexes(manager, AUDIT, &OF_AUDIT_BEFORE).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            execute(manager, &format!("ALTER TABLE {REQUESTS} ADD {RESULTS}")).await?;
        } else {
            let add = |sql: &str| {
                let columns = sql.trim_end().strip_suffix(')')?.trim_end();
                Some(format!("{columns}, {RESULTS} )"))
            };
            rebuild(manager, add).await?;
        }
        create_indexes(manager, REQUESTS, &OF_REQUESTS).await?;
        create_indexes(manager, AUDIT, &OF_AUDIT).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_indexes(manager, REQUESTS, &OF_REQUESTS).await?;
        drop_indexes(manager, AUDIT, &OF_AUDIT).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            execute(manager, &format!("ALTER TABLE {REQUESTS} DROP CONSTRAINT proofing_requests_results"))
                .await?;
        } else {
            rebuild(manager, |sql| Some(sql.replace(&format!(", {RESULTS}"), ""))).await?;
        }
        create_indexes(manager, REQUESTS, &OF_REQUESTS_BEFORE).await?;
        create_indexes(manager, AUDIT, &OF_AUDIT_BEFORE).await
    }
}

async fn drop_indexes(
    manager: &SchemaManager<'_>,
    table: &'static str,
    indexes: &[IndexOf],
) -> Result<(), DbErr> {
    for (name, ..) in indexes {
        manager.drop_index(Index::drop().name(*name).table(table).to_owned()).await?;
    }
    Ok(())
}

async fn create_indexes(
    manager: &SchemaManager<'_>,
    table: &'static str,
    indexes: &[IndexOf],
) -> Result<(), DbErr> {
    for (name, columns, rows) in indexes {
        let mut index = index(name, table, columns.iter().copied());
        if let Some(rows) = rows {
            index.and_where(Expr::cust(*rows));
        }
        manager.create_index(index).await?;
    }
    Ok(())
}

async fn execute(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}

/// Changes the definition of the table on SQLite, which adds no check to a table: copies its rows into another one.
/// No foreign key refers to it, and its indexes are dropped before.
async fn rebuild(
    manager: &SchemaManager<'_>,
    change: impl FnOnce(&str) -> Option<String> + Send,
) -> Result<(), DbErr> {
    let sql = format!("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{REQUESTS}'");
    let row =
        manager.get_connection().query_one_raw(Statement::from_string(DatabaseBackend::Sqlite, sql)).await?;
    let definition: Option<String> = row.map(|row| row.try_get("", "sql")).transpose()?;
    let Some(definition) = definition.as_deref().and_then(change) else {
        return Err(DbErr::Migration(format!("the table {REQUESTS} is missing")));
    };
    for sql in [
        format!("ALTER TABLE {REQUESTS} RENAME TO {REQUESTS}_before"),
        definition,
        format!("INSERT INTO {REQUESTS} SELECT * FROM {REQUESTS}_before"),
        format!("DROP TABLE {REQUESTS}_before"),
    ] {
        execute(manager, &sql).await?;
    }
    Ok(())
}

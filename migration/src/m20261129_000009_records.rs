use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::{
    Trigger,
    column::{
        drop_tables, execute_if_supported, index, nullable, reference_everywhere, sequence, small_number,
        table_of_projects, text, time, uuid,
    },
};

const AUDIT: &str = "audit_events";

/// The trigger by which the table rejects changes on PostgreSQL.
pub const STAY: Trigger = Trigger {
    name: "audit_events_stay",
    table: AUDIT,
    // BEFORE (2), DELETE (8), UPDATE (16), TRUNCATE (32).
    kind: "58",
    body: "BEGIN RAISE EXCEPTION 'audit events are never changed'; END",
};

/// The audit log, retention policies, and the sources of imported records.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut audit = Table::create()
            .table(AUDIT)
            // Orders entries of the same millisecond too.
            .col(sequence(manager, "sequence"))
            .col(uuid("id"))
            .col(uuid("project_id"))
            .col(text(manager, "action"))
            .col(uuid("resource_id"))
            // As for events, there is no foreign key to the user or to the credential.
            .col(nullable(uuid("user_id")))
            .col(nullable(uuid("credential_id")))
            .col(nullable(text(manager, "request_id")))
            .col(time("created_at"))
            .foreign_key(&mut reference_everywhere(AUDIT, "project_id", "projects"))
            .take();
        // For the pages of `auditEvents`. PostgreSQL needs no other primary key.
        let mut by_creation =
            index("audit_events_by_creation", AUDIT, ["project_id", "created_at", "sequence"]);
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            audit.primary_key(&mut by_creation.clone());
            manager.create_table(audit).await?;
        } else {
            manager.create_table(audit).await?;
            manager.create_index(by_creation.unique().take()).await?;
        }
        for (name, column) in [
            ("audit_events_by_resource", "resource_id"),
            ("audit_events_by_user", "user_id"),
            ("audit_events_by_action", "action"),
            ("audit_events_by_credential", "credential_id"),
        ] {
            manager
                .create_index(index(name, AUDIT, ["project_id", column, "created_at", "sequence"]))
                .await?;
        }
        // An operator with the database's password can change anything, but errors of the server cannot.
        for statement in refusals(manager) {
            execute_if_supported(manager, &statement).await?;
        }
        let retention = table_of_projects("retention_policies", ["project_id", "data_class"])
            .col(text(manager, "data_class"))
            .col(small_number("days"))
            .col(time("done_until"))
            .take();
        // The ids of imported records in their source systems, if they differ from the ids of their rows.
        let imports = table_of_projects("import_sources", ["project_id", "kind", "source_id"])
            .col(text(manager, "kind"))
            .col(text(manager, "source_id"))
            .col(uuid("resource_id"))
            .take();
        manager.create_table(retention).await?;
        manager.create_table(imports).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["import_sources", "retention_policies", AUDIT]).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            manager
                .get_connection()
                .execute_unprepared("DROP FUNCTION IF EXISTS audit_events_stay()")
                .await?;
        }
        Ok(())
    }
}

/// Returns the statements by which the table rejects updates and deletions.
fn refusals(manager: &SchemaManager<'_>) -> Vec<String> {
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        let Trigger { name, table, body, .. } = STAY;
        return vec![
            format!("CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"),
            format!(
                "CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            ),
        ];
    }
    let trigger = |what: &str| {
        format!(
            "CREATE TRIGGER audit_events_stay_{what} BEFORE {what} ON {AUDIT} \
             BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END"
        )
    };
    vec![trigger("UPDATE"), trigger("DELETE")]
}

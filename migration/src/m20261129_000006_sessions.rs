use sea_orm_migration::prelude::*;

use crate::column::{
    bytes, drop_tables, id, index, json, nullable, number, objects_of_projects, reference, small_number,
    text, time, unique_index, uuid, version,
};

/// Verification sessions, their documents, the images of those, and used tickets.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sessions = objects_of_projects("verification_sessions")
            .col(uuid("user_id"))
            .col(nullable(text(manager, "source_id")))
            .col(text(manager, "flow_id"))
            .col(text(manager, "status"))
            .col(json("steps"))
            .col(nullable(bytes("metadata")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .col(nullable(time("completed_at")))
            .col(version())
            .foreign_key(&mut reference("verification_sessions", "user_id", "users"))
            .take();
        let documents = objects_of_projects("documents")
            .col(uuid("user_id"))
            .col(nullable(uuid("session_id")))
            .col(nullable(uuid("identification_id")))
            .col(nullable(text(manager, "step")))
            .col(nullable(text(manager, "kind")))
            .col(bytes("fields"))
            .col(text(manager, "mrz_status"))
            .col(json("findings"))
            .col(nullable(small_number("match_level")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .foreign_key(&mut reference("documents", "user_id", "users"))
            .foreign_key(&mut reference("documents", "session_id", "verification_sessions"))
            .foreign_key(&mut reference("documents", "identification_id", "identifications"))
            .take();
        let images = objects_of_projects("document_images")
            .col(uuid("user_id"))
            .col(nullable(uuid("document_id")))
            .col(uuid("session_id"))
            .col(text(manager, "kind"))
            .col(text(manager, "content_type"))
            .col(number("bytes"))
            .col(small_number("width"))
            .col(small_number("height"))
            .col(time("uploaded_at"))
            .foreign_key(&mut reference("document_images", "user_id", "users"))
            .foreign_key(&mut reference("document_images", "document_id", "documents"))
            .foreign_key(&mut reference("document_images", "session_id", "verification_sessions"))
            .take();
        let spent = Table::create().table("spent_tickets").col(id()).col(time("expires_at")).take();
        for table in [sessions, documents, images, spent] {
            manager.create_table(table).await?;
        }
        // A document has at most one image of a kind.
        let of_document =
            unique_index("images_by_document", "document_images", ["document_id", "kind", "project_id"]);
        manager.create_index(of_document).await?;
        // For the pages of `User.verificationSessions` and of `verificationSessions`: the scope, then the
        // sort key.
        for (name, scope, column) in [
            ("sessions_by_user_update", "user_id", "updated_at"),
            ("sessions_by_user_creation", "user_id", "created_at"),
            ("sessions_by_update", "project_id", "updated_at"),
            ("sessions_by_creation", "project_id", "created_at"),
        ] {
            manager.create_index(index(name, "verification_sessions", [scope, column, "id"])).await?;
        }
        for index in [
            // For the documents of a session and of an identification, in their order.
            index("documents_by_session", "documents", ["session_id", "created_at", "id"]),
            index("documents_by_identification", "documents", ["identification_id", "created_at", "id"]),
            index("images_by_session", "document_images", ["session_id", "kind"]),
            // For expired data.
            index("documents_by_creation", "documents", ["project_id", "created_at", "id"]),
            index("images_by_upload", "document_images", ["project_id", "uploaded_at", "id"]),
            index("spent_tickets_by_end", "spent_tickets", ["expires_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["spent_tickets", "document_images", "documents", "verification_sessions"];
        drop_tables(manager, tables).await
    }
}

use sea_orm_migration::prelude::*;

use crate::column::{bytes, id, index, json, nullable, reference, text, time, uuid};

/// Verification sessions, their documents, the images of those, and used tickets.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sessions = Table::create()
            .table("verification_sessions")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(nullable(text(manager, "source_id")))
            .col(text(manager, "flow_id"))
            .col(text(manager, "status"))
            .col(json("steps"))
            .col(nullable(bytes("metadata")))
            .col(time("created_at"))
            .col(time("updated_at"))
            .col(nullable(time("completed_at")))
            .foreign_key(&mut reference("verification_sessions", "project_id", "projects"))
            .foreign_key(&mut reference("verification_sessions", "user_id", "users"))
            .take();
        let documents = Table::create()
            .table("documents")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(nullable(uuid("session_id")))
            .col(nullable(uuid("identification_id")))
            .col(nullable(text(manager, "step")))
            .col(nullable(text(manager, "kind")))
            .col(bytes("fields"))
            .col(text(manager, "mrz_status"))
            .col(json("findings"))
            .col(ColumnDef::new("match_level").integer().null())
            .col(time("created_at"))
            .col(time("updated_at"))
            .foreign_key(&mut reference("documents", "project_id", "projects"))
            .foreign_key(&mut reference("documents", "user_id", "users"))
            .foreign_key(&mut reference("documents", "session_id", "verification_sessions"))
            .foreign_key(&mut reference("documents", "identification_id", "identifications"))
            .take();
        let images = Table::create()
            .table("document_images")
            .col(id())
            .col(uuid("project_id"))
            .col(uuid("user_id"))
            .col(nullable(uuid("document_id")))
            .col(uuid("session_id"))
            .col(text(manager, "kind"))
            .col(text(manager, "content_type"))
            .col(ColumnDef::new("bytes").big_integer().not_null())
            .col(ColumnDef::new("width").integer().not_null())
            .col(ColumnDef::new("height").integer().not_null())
            .col(time("uploaded_at"))
            .foreign_key(&mut reference("document_images", "project_id", "projects"))
            .foreign_key(&mut reference("document_images", "user_id", "users"))
            .foreign_key(&mut reference("document_images", "document_id", "documents"))
            .foreign_key(&mut reference("document_images", "session_id", "verification_sessions"))
            .take();
        let spent = Table::create().table("spent_tickets").col(id()).col(time("expires_at")).take();
        for table in [sessions, documents, images, spent] {
            manager.create_table(table).await?;
        }

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
        // For the documents of a session and of an identification, in their order.
        for (name, column) in
            [("documents_by_session", "session_id"), ("documents_by_identification", "identification_id")]
        {
            manager.create_index(index(name, "documents", [column, "created_at", "id"])).await?;
        }
        // A document has at most one image of a kind.
        let of_document =
            index("images_by_document", "document_images", ["document_id", "kind"]).unique().take();
        manager.create_index(of_document).await?;
        manager.create_index(index("images_by_session", "document_images", ["session_id", "kind"])).await?;
        manager.create_index(index("spent_tickets_by_end", "spent_tickets", ["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["spent_tickets", "document_images", "documents", "verification_sessions"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

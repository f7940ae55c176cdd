use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// An image of a document or of a face. Its bytes are stored sealed, outside of the database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_images")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    /// `None` for a selfie, which belongs to the session.
    pub document_id: Option<Uuid>,
    pub session_id: Uuid,
    pub kind: Kind,
    pub content_type: String,
    /// Length of the image in bytes.
    pub bytes: i64,
    pub width: i32,
    pub height: i32,
    pub uploaded_at: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["kind"] };

/// What an image shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Kind {
    #[sea_orm(string_value = "FRONT")]
    Front,
    #[sea_orm(string_value = "BACK")]
    Back,
    #[sea_orm(string_value = "PHOTO")]
    Photo,
    #[sea_orm(string_value = "FRONT_CROPPED")]
    FrontCropped,
    #[sea_orm(string_value = "BACK_CROPPED")]
    BackCropped,
    #[sea_orm(string_value = "SELFIE")]
    Selfie,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

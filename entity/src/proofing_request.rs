use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// One automated check of a device, a document and a face.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proofing_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The checked user, if the client stated it.
    pub user_id: Option<Uuid>,
    pub request_time: Timestamp,
    pub state: State,
    pub device_check_result: DeviceCheck,
    pub document_authentication_result: Option<DocumentAuthentication>,
    /// Always derived from the score.
    pub face_match: Option<bool>,
    /// 0 to 100.
    pub face_match_score: Option<i32>,
    pub front_image_classified: Option<bool>,
    pub front_image_upload_time: Option<Timestamp>,
    pub back_image_classified: Option<bool>,
    pub back_image_upload_time: Option<Timestamp>,
    /// The results of the checks in a sandbox project: JSON.
    pub scenario: Option<String>,
    /// Number of the current version, from 1. Events repeat it.
    pub version: i32,
    /// Upload time of the older of the stored images; `None` if none is stored.
    pub oldest_image_at: Option<Timestamp>,
}

from_row_by_index! {
    id project_id user_id request_time state device_check_result document_authentication_result face_match
    face_match_score version;
    front_image_classified front_image_upload_time back_image_classified back_image_upload_time scenario oldest_image_at
}

/// What the table says about persons.
pub const DATA: TableData =
    TableData::Person { fixed: &["device_check_result", "document_authentication_result", "state"] };

/// The progress of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum State {
    #[sea_orm(string_value = "INIT")]
    Init,
    #[sea_orm(string_value = "IMAGE")]
    Image,
    #[sea_orm(string_value = "COMPLETE")]
    Complete,
}

/// The result of the device check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum DeviceCheck {
    #[sea_orm(string_value = "ALLOW")]
    Allow,
    #[sea_orm(string_value = "DENY")]
    Deny,
    #[sea_orm(string_value = "NONE")]
    None,
    #[sea_orm(string_value = "REVIEW")]
    Review,
}

/// The result of the document check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum DocumentAuthentication {
    #[sea_orm(string_value = "NONE")]
    None,
    #[sea_orm(string_value = "UNKNOWN")]
    Unknown,
    #[sea_orm(string_value = "PASSED")]
    Passed,
    #[sea_orm(string_value = "FAILED")]
    Failed,
    #[sea_orm(string_value = "SKIPPED")]
    Skipped,
    #[sea_orm(string_value = "ATTENTION")]
    Attention,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

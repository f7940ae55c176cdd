use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// The natural person being verified.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The client's id of the user, unique in its project.
    pub ref_id: Option<String>,
    /// The id that the user verification API returns, for imported records.
    pub source_id: Option<String>,
    /// Numbers the users of a project from 1.
    pub number: i64,
    pub status: Status,
    /// The project key that wraps the user's key.
    pub project_key_id: Uuid,
    /// The user's wrapped key. Null once the user is erased: then the data that it sealed can never be read
    /// again.
    pub wrapped_key: Option<Vec<u8>>,
    /// Personal data, sealed with that key.
    pub personal: Option<Vec<u8>>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub joined_at: Option<Timestamp>,
    /// Number of the current version, from 1. Events repeat it.
    pub version: i32,
    /// The reason for the legal hold, as long as the user cannot be erased.
    pub hold_reason: Option<String>,
}

from_row_by_index! {
    id project_id number status project_key_id created_at updated_at version;
    ref_id source_id wrapped_key personal joined_at hold_reason
}

// Of a user with a legal hold, who is not erased; `hold_reason` is deleted when the hold is released.
/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["hold_reason", "status"] };

/// The primary key of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub project: Uuid,
    pub id: Uuid,
}

/// The status of a user's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "Active")]
    Active,
    #[sea_orm(string_value = "Deactivated")]
    Deactivated,
    /// To be erased when the legal hold is released: until then its personal data is not readable.
    #[sea_orm(string_value = "Restricted")]
    Restricted,
    #[sea_orm(string_value = "Erased")]
    Erased,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

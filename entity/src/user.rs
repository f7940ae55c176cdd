use sea_orm::entity::prelude::*;

use crate::{Timestamp, from_row_by_index};

/// The natural person being verified.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// The caller's own id, unique in its project.
    pub ref_id: Option<String>,
    /// The id that the user verification API shows, where the record came from elsewhere.
    pub source_id: Option<String>,
    /// Counts the users of a project from 1.
    pub number: i32,
    pub status: Status,
    /// Which of the project's keys wraps the user's own.
    pub project_key_id: Uuid,
    /// The user's own key, wrapped. Null once the user is erased: what it sealed cannot be read any more, by anybody.
    pub wrapped_key: Option<Vec<u8>>,
    /// What says who the user is, sealed by that key.
    pub personal: Option<Vec<u8>>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub joined_at: Option<Timestamp>,
    /// How often it changed, from 1. Events repeat it.
    pub version: i32,
    /// Why the user cannot be erased, as long as the law says so.
    pub hold_reason: Option<String>,
}

from_row_by_index! {
    id project_id ref_id number status project_key_id created_at updated_at joined_at version hold_reason;
    source_id wrapped_key personal
}

/// Where a user's record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "Active")]
    Active,
    #[sea_orm(string_value = "Deactivated")]
    Deactivated,
    /// To be erased once it is not held back any more: nobody reads what is personal about it.
    #[sea_orm(string_value = "Restricted")]
    Restricted,
    #[sea_orm(string_value = "Erased")]
    Erased,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

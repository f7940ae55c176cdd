use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// Data about a user that a relying party requested, limited to what it may read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_results")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub user_id: Uuid,
    pub integration_id: Uuid,
    pub trace_id: Uuid,
    /// The relying party's own id of the result.
    pub correlation_id: Option<String>,
    pub status: Status,
    /// The integration's scopes at the time of the outcome.
    pub scopes: Option<Strings>,
    /// The data that these scopes release, sealed with the user's key; no other data is stored here.
    pub data: Option<Vec<u8>>,
    pub verified_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Number of the current version, from 1. Events repeat it.
    pub version: i32,
}

from_row_by_index! {
    id project_id user_id integration_id trace_id correlation_id status scopes verified_at created_at updated_at version;
    data
}

/// What the table says about persons.
pub const DATA: TableData = TableData::Person { fixed: &["scopes", "status"] };

/// The status of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "STARTED")]
    Started,
    #[sea_orm(string_value = "VERIFIED")]
    Verified,
    #[sea_orm(string_value = "FAILED")]
    Failed,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

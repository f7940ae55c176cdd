use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// Failed sign-ins of one account, from one network or from all.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Keyed hash of what is counted.
    pub bucket: Vec<u8>,
    pub count: i32,
    /// Start of the period in which failures are counted.
    pub since: Timestamp,
    pub paused_until: Option<Timestamp>,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of members, who are not verified here");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

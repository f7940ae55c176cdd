use sea_orm::entity::prelude::*;

use crate::{
    TableData,
    proofing_request::{DeviceCheck, State},
};

/// Number of proofing requests of a day with the same results, stored so that it need not be counted. Each
/// number is the sum of several slots, so that concurrent changes rarely wait for each other.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proofing_totals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The UTC day of the requests, in days since 1970-01-01; or [`EVERY_DAY`] for all days.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_check_result: DeviceCheck,
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: State,
    /// A result, or [`NOTHING`]: a key cannot be null.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_authentication_result: String,
    /// `true`, `false`, or [`NOTHING`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub face_match: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: i32,
    /// Negative if requests were moved out of this slot that were counted in another.
    pub count: i64,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("numbers of a project");

/// A value before every possible day.
pub const EVERY_DAY: i64 = i64::MIN;
/// The value under which requests without a result are counted.
pub const NOTHING: &str = "";

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

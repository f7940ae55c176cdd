use sea_orm::entity::prelude::*;

use crate::proofing_request::{DeviceCheck, State};

/// How many proofing requests of a day have the same results: kept, so that nobody has to count them. A number is spread
/// over slots, whose sum it is: whoever changes it waits for few others.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proofing_totals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The UTC day of the requests, since 1970-01-01; or [`EVERY_DAY`], for all of them.
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
    /// Below zero where requests left in this slot that came in another.
    pub count: i64,
}

/// Before every day there is.
pub const EVERY_DAY: i64 = i64::MIN;
/// What a request without a value is counted under.
pub const NOTHING: &str = "";

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

use sea_orm::entity::prelude::*;

use crate::{
    TableData,
    identification::{Process, Status},
};

/// Number of identifications of a day with the same process, status and reasons, stored so that it need not be
/// counted. Each number is the sum of several slots, so that concurrent changes rarely wait for each other.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identification_totals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The UTC day on which the identifications were started, in days since 1970-01-01; or [`EVERY_DAY`] for all
    /// days.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub process: Process,
    #[sea_orm(primary_key, auto_increment = false)]
    pub status: Status,
    /// The reasons for which their levels are invalid: the sum of [`Reason::bit`](crate::identification::Reason::bit).
    #[sea_orm(primary_key, auto_increment = false)]
    pub reasons: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: i32,
    /// Negative if identifications were moved out of this slot that were counted in another.
    pub count: i64,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("numbers of a project");

/// A value before every possible day.
pub const EVERY_DAY: i64 = i64::MIN;

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

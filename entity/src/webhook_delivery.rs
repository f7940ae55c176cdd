use sea_orm::entity::prelude::*;

use crate::{Timestamp, from_row_by_index};

/// One event on its way to one subscription.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub subscription_id: Uuid,
    pub event_id: Uuid,
    /// The event's. Deliveries about one object go out in this order.
    pub event_sequence: i64,
    pub event_type: String,
    pub resource_id: Uuid,
    pub status: Status,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is due; `None` when it is over.
    pub next_attempt_at: Option<Timestamp>,
    /// Until when the worker that took it has it to itself.
    pub leased_until: Option<Timestamp>,
    pub last_attempt_at: Option<Timestamp>,
    pub last_status_code: Option<i32>,
    /// How long the last attempt took, in milliseconds.
    pub last_duration: Option<i32>,
    /// Why the last attempt got no answer, in a word.
    pub last_error: Option<String>,
    pub created_at: Timestamp,
}

from_row_by_index! {
    id project_id subscription_id event_id event_sequence event_type resource_id status attempts next_attempt_at
    leased_until last_attempt_at last_status_code last_duration last_error created_at
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "Pending")]
    Pending,
    #[sea_orm(string_value = "Delivered")]
    Delivered,
    #[sea_orm(string_value = "Failed")]
    Failed,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

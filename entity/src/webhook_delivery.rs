use keyset::from_row_by_index;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{TableData, Timestamp};

/// The delivery of one event to one subscription.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub subscription_id: Uuid,
    pub event_id: Uuid,
    /// The sequence number of the event. Deliveries for one object are sent in this order.
    pub event_sequence: i64,
    pub event_type: String,
    pub resource_id: Uuid,
    pub status: Status,
    /// Number of attempts.
    pub attempts: i32,
    /// Time of the next attempt; `None` once the delivery is completed.
    pub next_attempt_at: Option<Timestamp>,
    /// Time until which a worker holds the delivery exclusively.
    pub leased_until: Option<Timestamp>,
    pub last_attempt_at: Option<Timestamp>,
    pub last_status_code: Option<i32>,
    /// Duration of the last attempt, in milliseconds.
    pub last_duration: Option<i32>,
    /// Why the last attempt got no response, as one word.
    pub last_error: Option<String>,
    pub created_at: Timestamp,
    /// `None` before the first attempt.
    pub attempt_log: Option<AttemptLog>,
}

from_row_by_index! {
    id project_id subscription_id event_id event_sequence event_type resource_id status attempts next_attempt_at
    leased_until last_attempt_at last_status_code last_duration last_error created_at attempt_log
}

/// What the table says about persons.
pub const DATA: TableData =
    TableData::NoPerson("ids, and the server's own words for what a receiver answered");

/// The last attempts of a delivery, the oldest first. They include those before a replay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct AttemptLog(pub Vec<Attempt>);

impl AttemptLog {
    /// Maximum number of attempts that are stored.
    pub const MOST: usize = 10;

    /// Returns the log with a further attempt, without those that are too many.
    #[must_use]
    pub fn with(mut self, attempt: Attempt) -> Self {
        self.0.push(attempt);
        let surplus = self.0.len().saturating_sub(Self::MOST);
        self.0.drain(..surplus);
        self
    }
}

/// An attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Milliseconds since the Unix epoch.
    pub at: i64,
    pub status_code: Option<i32>,
    /// Duration, in milliseconds.
    pub duration: i32,
    /// Why the attempt got no response, as one word.
    pub error: Option<String>,
}

/// The progress of a delivery.
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

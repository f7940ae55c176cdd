use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// A project's subscription to events, with its endpoint.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_subscriptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub label: String,
    pub endpoint: String,
    pub body_kind: BodyKind,
    /// The names of the subscribed events, or `*` for all.
    pub event_types: Strings,
    pub status: Status,
    /// The signing secret, sealed with the project's common key.
    pub secret: Vec<u8>,
    /// The previous secret, while the receiver may not know the current one.
    pub previous_secret: Option<Vec<u8>>,
    pub previous_secret_until: Option<Timestamp>,
    /// Number of failed deliveries since the last success.
    pub consecutive_failures: i32,
    /// Time of the first of these failures.
    pub failing_since: Option<Timestamp>,
    /// No delivery is sent before this time.
    pub paused_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

from_row_by_index! {
    id project_id label endpoint body_kind event_types status secret previous_secret previous_secret_until
    consecutive_failures failing_since paused_until created_at updated_at
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of receivers");

/// The body format of deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum BodyKind {
    #[sea_orm(string_value = "EVENT")]
    Event,
    #[sea_orm(string_value = "SESSION")]
    Session,
    #[sea_orm(string_value = "RESULT")]
    Result,
}

/// Whether deliveries are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "Active")]
    Active,
    #[sea_orm(string_value = "Disabled")]
    Disabled,
    #[sea_orm(string_value = "Broken")]
    Broken,
    /// No longer visible. The row stays, because an event that is being inserted may reference it.
    #[sea_orm(string_value = "Removed")]
    Removed,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

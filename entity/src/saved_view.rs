use sea_orm::entity::prelude::*;

use crate::TableData;

/// The filters and the order of a list of the dashboard, under a name.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_views")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The membership that saved it for itself. `None`: every member of the project has it.
    pub membership_id: Option<Uuid>,
    pub page: Page,
    /// Unique among the views of the page that a member has for itself, and among those of everybody.
    pub name: String,
    /// The query string of the page's address.
    pub query: String,
}

// A query has no filter by what a client calls a person, such as a `refId`: see `saved_view::rules`.
/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of lists; filters that name a person are rejected");

/// A page of the dashboard with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
pub enum Page {
    #[sea_orm(string_value = "USERS")]
    Users,
    #[sea_orm(string_value = "IDENTIFICATIONS")]
    Identifications,
    #[sea_orm(string_value = "PROOFING_REQUESTS")]
    ProofingRequests,
    #[sea_orm(string_value = "VERIFICATIONS")]
    Verifications,
    #[sea_orm(string_value = "SESSIONS")]
    Sessions,
    #[sea_orm(string_value = "RESULTS")]
    Results,
    #[sea_orm(string_value = "WEBHOOK_LOG")]
    WebhookLog,
    #[sea_orm(string_value = "AUDIT")]
    Audit,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

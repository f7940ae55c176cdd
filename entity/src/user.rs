use sea_orm::entity::prelude::*;

use crate::{Timestamp, credential::Strings, positional};

/// The natural person being verified.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    /// The caller's own id, unique in its project.
    pub ref_id: Option<String>,
    /// Counts the users of a project from 1.
    pub number: i32,
    pub status: Status,
    pub first_name: Option<String>,
    pub all_first_names: Option<String>,
    pub last_name: Option<String>,
    pub birth_last_name: Option<String>,
    pub preferred_last_name: Option<String>,
    pub birth_date: Option<Date>,
    pub birth_city: Option<String>,
    pub birth_country: Option<String>,
    pub nationality: Option<String>,
    pub mobile_phone_number: Option<String>,
    pub verified_emails: Strings,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub joined_at: Option<Timestamp>,
}

positional! {
    id project_id ref_id number status first_name all_first_names last_name birth_last_name
    preferred_last_name birth_date birth_city birth_country nationality mobile_phone_number verified_emails
    created_at updated_at joined_at
}

/// Where a user's record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    #[sea_orm(string_value = "Active")]
    Active,
    #[sea_orm(string_value = "Deactivated")]
    Deactivated,
    #[sea_orm(string_value = "Erased")]
    Erased,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The schema of the database, one migration per file. A file is frozen once it has landed on `main`, and
//! names tables and columns as text: the entities change later, the migrations do not.

use sea_orm_migration::prelude::MigrationTrait;
pub use sea_orm_migration::{IntoSchemaManagerConnection, MigratorTrait, SchemaManager};

mod column;
mod homes;
mod m20261129_000001_tenancy;
mod m20261129_000002_users;
mod m20261129_000003_identifications;
mod m20261129_000004_verifications;
mod m20261129_000005_proofing_requests;
mod m20261129_000006_sessions;
mod m20261129_000007_results;
mod m20261129_000008_events;
mod m20261129_000009_records;
mod m20261129_000010_indexes;
mod m20261129_000020_members;
mod m20261129_000100_passkeys;
mod m20261129_000101_oidc;
mod m20261129_000200_audit_of_members;
mod m20261129_000300_project_settings;
mod m20261129_000500_user_name_tokens;
mod m20261129_000501_filters;
mod m20261129_000600_passkeys_only;
mod m20261129_000601_open_ceremonies;
mod m20261129_000602_access_of_members;
mod m20261129_000700_attempts;
mod m20261129_000701_integrations;
mod m20261129_000710_identification_totals;
mod m20261129_000720_events_of_users;
mod m20261129_000730_saved_views;

pub use homes::{HOMES, Home};
pub use m20261129_000710_identification_totals::count as count_identifications;

/// A trigger that a migration creates on PostgreSQL, with the function of the same name.
pub struct Trigger {
    pub name: &'static str,
    pub table: &'static str,
    /// The value of `pg_trigger.tgtype`.
    pub kind: &'static str,
    pub body: &'static str,
}

/// Every trigger that migrations create on PostgreSQL.
pub const POSTGRES_TRIGGERS: &[Trigger] = &[m20261129_000009_records::STAY];

/// Every migration, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261129_000001_tenancy::Migration),
            Box::new(m20261129_000002_users::Migration),
            Box::new(m20261129_000003_identifications::Migration),
            Box::new(m20261129_000004_verifications::Migration),
            Box::new(m20261129_000005_proofing_requests::Migration),
            Box::new(m20261129_000006_sessions::Migration),
            Box::new(m20261129_000007_results::Migration),
            Box::new(m20261129_000008_events::Migration),
            Box::new(m20261129_000009_records::Migration),
            Box::new(m20261129_000010_indexes::Migration),
            Box::new(m20261129_000020_members::Migration),
            Box::new(m20261129_000100_passkeys::Migration),
            Box::new(m20261129_000101_oidc::Migration),
            Box::new(m20261129_000200_audit_of_members::Migration),
            Box::new(m20261129_000300_project_settings::Migration),
            Box::new(m20261129_000500_user_name_tokens::Migration),
            Box::new(m20261129_000501_filters::Migration),
            Box::new(m20261129_000600_passkeys_only::Migration),
            Box::new(m20261129_000601_open_ceremonies::Migration),
            Box::new(m20261129_000602_access_of_members::Migration),
            Box::new(m20261129_000700_attempts::Migration),
            Box::new(m20261129_000701_integrations::Migration),
            Box::new(m20261129_000710_identification_totals::Migration),
            Box::new(m20261129_000720_events_of_users::Migration),
            Box::new(m20261129_000730_saved_views::Migration),
        ]
    }
}

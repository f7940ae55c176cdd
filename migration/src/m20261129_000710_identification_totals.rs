use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::column::{drop_tables, execute_if_supported, number, small_number, table_of_projects, text};

const TOTALS: &str = "identification_totals";
const DAY: i64 = 24 * 60 * 60 * 1000;
/// The bits of reasons, from the lowest.
const REASONS: [&str; 28] = [
    "AbsentOrIncompleteFace",
    "AlteredDevice",
    "BadDocumentLighting",
    "DamagedDocument",
    "ExpiredDocument",
    "FraudDetected",
    "InadequateVideo",
    "InsufficientApplicantLighting",
    "InsufficientApplicantLiveness",
    "InsufficientConnectionQuality",
    "InsufficientDocumentLiveness",
    "InsufficientDocumentReadability",
    "InsufficientFaceReadability",
    "InsufficientVideoReadability",
    "InternalError",
    "InvalidAddress",
    "InvalidOrMissingData",
    "InvoluntaryIdentification",
    "MissingGeolocationData",
    "NegativeNewsHit",
    "NonMatchingIdentity",
    "NonOriginalDocument",
    "SanctionListHit",
    "SecondDocumentRequired",
    "TechnicalSignatureError",
    "TimeoutSignatureFlow",
    "UnacceptableDocument",
    "UnderageApplicant",
];

/// Totals of identifications, by day, process, status and reasons.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let totals = table_of_projects(TOTALS, ["project_id", "day", "process", "status", "reasons", "slot"])
            .col(number("day"))
            .col(text(manager, "process"))
            .col(text(manager, "status"))
            .col(number("reasons"))
            .col(small_number("slot"))
            .col(number("count"))
            .take();
        manager.create_table(totals).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            // Frequently updated rows: with free space in the page, a new row version needs no new index entry.
            execute_if_supported(manager, &format!("ALTER TABLE {TOTALS} SET (fillfactor = 50)")).await?;
        }
        for sql in count() {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, [TOTALS]).await
    }
}

/// The statements that count the existing identifications: those of each day, then of all days.
#[must_use]
pub fn count() -> [String; 2] {
    let names = ["expert", "qes", "pvid"].map(|level| format!("COALESCE(CAST({level}_reasons AS TEXT), '')"));
    let names = names.join(" || ");
    let bits = REASONS.iter().enumerate().map(|(bit, name)| {
        let value = 1_i64 << bit;
        format!("CASE WHEN names LIKE '%\"{name}\"%' THEN {value} ELSE 0 END")
    });
    let bits = bits.collect::<Vec<_>>().join(" + ");
    let columns = "project_id, day, process, status, reasons, slot, count";
    // Division truncates; days before 1970 have to be rounded down.
    let day = format!("(created_at - (created_at % {DAY} + {DAY}) % {DAY}) / {DAY}");
    let each = format!(
        "INSERT INTO {TOTALS} ({columns}) SELECT project_id, day, process, status, reasons, 0, COUNT(*) FROM (\
         SELECT project_id, {day} AS day, process, status, CASE WHEN names = '' THEN 0 ELSE {bits} END AS reasons FROM (\
         SELECT project_id, created_at, process, status, {names} AS names FROM identifications) AS named) AS counted \
         GROUP BY project_id, day, process, status, reasons"
    );
    let every_day = "-9223372036854775807 - 1";
    let all = format!(
        "INSERT INTO {TOTALS} ({columns}) SELECT project_id, {every_day}, process, status, reasons, 0, \
         CAST(SUM(count) AS BIGINT) FROM {TOTALS} GROUP BY project_id, process, status, reasons"
    );
    [each, all]
}

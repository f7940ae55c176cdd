//! Tests on partitioned tables, with the plans of all statements in a log (`tests/scale/pruning`).

use std::ffi::OsString;

use migration::{HOMES, Home};
use sea_orm::{ConnectionTrait, Database};
use verigraph::db::{Pools, Store};

/// Settings with which the server logs each plan as it is executed, and the application that asked.
pub const SETTINGS: [&str; 12] = [
    "-c",
    "shared_preload_libraries=auto_explain",
    "-c",
    "auto_explain.log_min_duration=0",
    "-c",
    "auto_explain.log_format=json",
    "-c",
    "plan_cache_mode=force_custom_plan",
    "-c",
    "log_line_prefix=%a|",
    "-c",
    "log_destination=stderr",
];

/// The file for the plans of all statements, if they are logged: then the tables of projects are partitioned.
pub fn log() -> Option<OsString> {
    std::env::var_os("VERIGRAPH_TEST_PLANS")
}

/// The store of a test on PostgreSQL beside the server's: where plans are logged, another one, so that the statements
/// of the test have a name of their own.
pub async fn own_store(url: &str, pools: Pools, of_server: &Store) -> Store {
    match log() {
        Some(_) => Store::open(&format!("{url}?application_name=tests"), pools).await.unwrap(),
        None => of_server.clone(),
    }
}

/// Partitions the tables of projects of a migrated database.
pub async fn partition(url: &str) {
    let tables = HOMES.iter().filter(|(_, home)| *home == Home::Project);
    let tables: Vec<String> = tables.map(|(table, _)| format!("'{table}'")).collect();
    let sql = include_str!("../../scale/partition.sql").replace("%TABLES%", &tables.join(", "));
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(&sql).await.unwrap();
    db.close().await.unwrap();
}

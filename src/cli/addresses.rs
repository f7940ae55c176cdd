//! How the settings reach the database and its replica.

use std::time::Duration;

use super::outcome::Outcome;
use crate::{
    config::{Config, PostgresUrl},
    db::{DatabaseAddress, Pools, ReplicaLimits, Store},
};

/// The address that requests use.
pub fn database<'a>(config: &'a Config, url: &'a str) -> DatabaseAddress<'a> {
    let direct = config.hints_database_url.as_ref().map(PostgresUrl::expose);
    DatabaseAddress { is_pooled: config.database_pooler, direct, ..DatabaseAddress::new(url) }
}

/// The address that commands use. Their statements may take longer than the limit of the role that a pooler
/// connects as, so they go around the pooler if the settings say how.
pub fn for_commands<'a>(config: &'a Config, url: &'a str) -> DatabaseAddress<'a> {
    match &config.hints_database_url {
        Some(direct) if config.database_pooler => {
            DatabaseAddress { setting: "hints_database_url", ..DatabaseAddress::new(direct.expose()) }
        }
        _ => database(config, url),
    }
}

/// The replica, if the settings name one.
pub fn replica(config: &Config) -> Option<DatabaseAddress<'_>> {
    let url = config.read_database_url.as_ref()?.expose();
    let setting = "read_database_url";
    Some(DatabaseAddress { setting, is_pooled: config.database_pooler, ..DatabaseAddress::new(url) })
}

/// Adds the replica to the store, if the settings name one.
pub async fn with_replica(config: &Config, store: Store, pools: Pools) -> Outcome<Store> {
    let Some(address) = replica(config) else { return Ok(store) };
    let max_lag = config.read_max_lag_milliseconds;
    let limits = ReplicaLimits {
        wait: Duration::from_millis(config.read_wait_milliseconds),
        max_lag: (max_lag > 0).then(|| Duration::from_millis(max_lag)),
    };
    Ok(store.with_replica(&address, pools, limits).await?)
}

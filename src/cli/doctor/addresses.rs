//! Checks of what is between the server and the database: poolers and replicas. Read-only, as all checks of
//! `doctor`.

use std::time::Duration;

use super::level::Level::{self, Fault, Warning};
use crate::{
    cli::{addresses, open::StatementTimeout},
    config::Config,
    db::{OpenError, Pools, ReplicaError, SessionWarning, Store},
};

/// The findings about the connections of requests. The check of the database itself reports that it is away.
pub async fn check(config: &Config, wait: Duration) -> Vec<(Level, String)> {
    let url = config.database_url();
    if !url.starts_with("postgres") {
        return embedded(config);
    }
    let address = addresses::database(config, &url);
    let pools = Pools { connections: 1, wait, ..StatementTimeout::Request.pools(config) };
    let Ok(store) = Store::open_at(&address, pools).await else { return Vec::new() };
    let mut found = sessions(&store, config, &url, pools).await;
    found.extend(replica(&store, config).await);
    store.close().await;
    found
}

/// The embedded database has neither poolers nor replicas.
fn embedded(config: &Config) -> Vec<(Level, String)> {
    let hints = config.hints_database_url.as_ref().map(|_| SessionWarning::Embedded.to_string());
    let replica = config.read_database_url.as_ref().map(|_| ReplicaError::Embedded.to_string());
    hints.into_iter().chain(replica).map(|text| (Fault, text)).collect()
}

async fn sessions(store: &Store, config: &Config, url: &str, pools: Pools) -> Vec<(Level, String)> {
    let address = addresses::database(config, url);
    match store.session_warnings(&address, pools.statement).await {
        Ok(warnings) if warnings.is_empty() => {
            vec![(Level::Ok, "the statement limit of the settings is in force".to_owned())]
        }
        Ok(warnings) => warnings.iter().map(|warning| (level(warning), warning.to_string())).collect(),
        Err(error) => vec![(Fault, OpenError::Database(error).to_string())],
    }
}

const fn level(warning: &SessionWarning) -> Level {
    match warning {
        SessionWarning::LostLimit { .. } | SessionWarning::NoNotifications => Warning,
        SessionWarning::DirectUnavailable { .. }
        | SessionWarning::OtherDatabase(_)
        | SessionWarning::Embedded => Fault,
    }
}

async fn replica(store: &Store, config: &Config) -> Option<(Level, String)> {
    let address = addresses::replica(config)?;
    Some(match store.check_replica(&address).await {
        Ok(()) => (Level::Ok, "the replica responds, and it is a replica of the database".to_owned()),
        Err(error) => (Fault, error.to_string()),
    })
}

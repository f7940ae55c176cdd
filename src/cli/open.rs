use std::time::Duration;

use super::{Failure, Outcome};
use crate::{
    auth,
    blob::Images,
    clock::Clock,
    config::Config,
    crypto::{self, RootKey, Vault},
    db::{Pools, Store, migrate},
};

/// What every command works with.
pub struct Opened {
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub clock: Clock,
    pub images: Images,
}

/// How long the statements of a command may take: commands may work on a whole table, requests may not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    Request,
    Command,
}

/// Opens the database alone.
pub async fn store(config: &Config, patience: Patience) -> Outcome<Store> {
    let limits = &config.limits;
    let (wait, statement) = match patience {
        Patience::Request => (limits.pool_wait_seconds, limits.statement_seconds),
        Patience::Command => (60, 0),
    };
    let (wait, statement) = (Duration::from_secs(wait), Duration::from_secs(statement));
    Ok(Store::open(&config.database_url(), Pools { connections: config.connections, wait, statement })
        .await?)
}

/// The root key, and where it came from.
pub fn root_key(config: &Config) -> Outcome<(RootKey, String)> {
    if let Some(key) = &config.root_key {
        return Ok((RootKey::parse(key.expose())?, "the setting root_key".to_owned()));
    }
    let file = config.root_key_file.clone().unwrap_or_else(|| config.data_dir.join("root.key"));
    Ok((RootKey::read_or_create(&file)?, file.display().to_string()))
}

/// Opens everything: the database, up to date, belonging to the root key, with a key that signs.
pub async fn open(config: &Config, patience: Patience) -> Outcome<Opened> {
    // Before the database is touched: a key that was named and cannot be read must leave it as it is.
    let is_named = config.root_key.is_some() || config.root_key_file.is_some();
    let named = if is_named { Some(root_key(config)?) } else { None };
    let images = match &config.images_url {
        Some(url) => Images::at(url)?,
        None => Images::in_directory(&config.data_dir.join("images")),
    };
    let store = store(config, patience).await?;
    if config.migrate_on_start {
        let applied = migrate::up(&store).await?;
        if !applied.is_empty() {
            tracing::info!(changes = applied.len(), "brought the schema of the database up to date");
        }
    } else {
        migrate::check(&store).await?;
    }
    let (root, place) = match named {
        Some(named) => named,
        None => root_key(config)?,
    };
    crypto::claim(&store, &root, &place).await??;
    let clock = Clock::machine();
    auth::ensure_signing_key(&store, &clock).await?;
    let vault = Vault::new(store.clone(), root.clone(), clock.clone());
    Ok(Opened { store, vault, root, clock, images })
}

/// Opens everything for a command, and closes the database after it: the embedded one is a single file again then, as
/// backups like it.
pub async fn with(config: &Config, command: impl AsyncFnOnce(&Opened) -> Outcome) -> Outcome {
    let opened = open(config, Patience::Command).await?;
    let done = command(&opened).await;
    opened.store.close().await;
    done
}

/// The project a command is about.
pub async fn project(store: &Store, id_or_name: &str) -> Outcome<entity::project::Model> {
    crate::project::store::find(store, id_or_name).await?.ok_or_else(|| {
        Failure::new(format!("there is no project `{id_or_name}`: see `verigraph project list`, or make it"))
    })
}

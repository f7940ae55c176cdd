use std::{
    fmt::{self, Display, Formatter},
    path::PathBuf,
    time::Duration,
};

use super::{Failure, Outcome, startup::persist};
use crate::{
    auth,
    blob::Images,
    clock::Clock,
    config::Config,
    crypto::{self, RootKey, RootKeyError, Vault},
    db::{OpenError, Pools, Store, migrate},
    user::{
        ledger::Ledger,
        store::{erase::Eraser, replay},
    },
};

/// What every command works with.
pub struct Installation {
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub clock: Clock,
    pub images: Images,
    pub ledger: Ledger,
}

/// How long the statements of a command may take: commands may work on a whole table, requests may not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StatementTimeout {
    Request,
    Command,
}

/// Opens the database alone.
pub async fn store(config: &Config, patience: StatementTimeout) -> Outcome<Store> {
    let limits = &config.limits;
    let (wait, statement) = match patience {
        StatementTimeout::Request => (limits.pool_wait_seconds, limits.statement_seconds),
        StatementTimeout::Command => (60, 0),
    };
    let (wait, statement) = (Duration::from_secs(wait), Duration::from_secs(statement));
    Ok(Store::open(&config.database_url(), Pools { connections: config.connections, wait, statement })
        .await?)
}

/// Where the root key comes from.
pub enum RootKeySource<'a> {
    Setting(&'a str),
    File(PathBuf),
}

impl<'a> RootKeySource<'a> {
    pub fn of(config: &'a Config) -> Self {
        match &config.root_key {
            Some(key) => Self::Setting(key.expose()),
            None => {
                Self::File(config.root_key_file.clone().unwrap_or_else(|| config.data_dir.join("root.key")))
            }
        }
    }

    /// The key. `None` if its file is not there.
    pub fn read(&self) -> Result<Option<RootKey>, RootKeyError> {
        match self {
            Self::Setting(key) => RootKey::parse(key).map(Some),
            Self::File(file) => RootKey::read(file),
        }
    }

    /// What is wrong with the permissions of its file, if anything is.
    pub fn exposure(&self) -> Option<String> {
        let Self::File(file) = self else { return None };
        let mode = crypto::exposed_mode(file)?;
        let file = file.display();
        Some(format!(
            "the root key file `{file}` is open to other users of this machine (mode {mode:03o}): run `chmod 600 {file}`"
        ))
    }

    /// Creates the file for a database that belongs to no key yet. Any other database is refused: a new key would open
    /// nothing in it.
    async fn create(&self, store: &Store) -> Outcome<RootKey> {
        let Self::File(file) = self else { return Err(RootKeyError::Malformed.into()) };
        if let Some(owner) = crypto::owner(store).await.map_err(OpenError::Database)? {
            let key = crypto::key_name(&owner);
            return Err(RootKeyError::Missing { key, path: file.clone() }.into());
        }
        Ok(RootKey::read_or_create(file)?)
    }
}

impl Display for RootKeySource<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(_) => f.write_str("the setting root_key"),
            Self::File(file) => write!(f, "{}", file.display()),
        }
    }
}

/// Opens everything: the database, up to date, belonging to the root key, with a key that signs.
pub async fn open(config: &Config, patience: StatementTimeout) -> Outcome<Installation> {
    // What opens it is large, and every command would have it within its own future.
    Box::pin(open_all(config, patience)).await
}

async fn open_all(config: &Config, patience: StatementTimeout) -> Outcome<Installation> {
    // Before the database is touched: a key that is there and cannot be read must leave it as it is.
    let place = RootKeySource::of(config);
    let found = place.read()?;
    let images = match &config.images_url {
        Some(url) => Images::at(url.as_str())?,
        None => Images::in_directory(&config.data_dir.join("images")),
    };
    // What is done before the first request may take longer than one.
    let store = store(config, StatementTimeout::Command).await?;
    let root = match found {
        Some(root) => root,
        None => place.create(&store).await?,
    };
    if config.migrate_on_start {
        let applied =
            persist("bringing the schema of the database up to date", || migrate::up(&store)).await?;
        if !applied.is_empty() {
            tracing::info!(changes = applied.len(), "brought the schema of the database up to date");
        }
    } else {
        migrate::check(&store).await?;
    }
    let named = place.to_string();
    persist("looking up whose root key the database has", || crypto::claim(&store, &root, &named)).await??;
    if let Some(exposure) = place.exposure() {
        tracing::warn!("{exposure}");
    }
    let clock = Clock::machine();
    persist("looking up the key that signs", || auth::ensure_signing_key(&store, &clock)).await?;
    let vault = Vault::new(store.clone(), root.clone(), clock.clone());
    let ledger = Ledger::at(&config.erasure_ledger_url());
    ledger.open().await.map_err(|error| {
        Failure::new(format!(
            "the erasure ledger: {error}; or name another with the setting erasure_ledger_url"
        ))
    })?;
    let tools = Eraser { store: &store, vault: &vault, images: &images, ledger: &ledger };
    let what = "comparing the users with the erasure ledger";
    let erased = persist(what, || replay::replay(tools, &clock)).await?;
    if erased > 0 {
        tracing::info!(users = erased, "erased users again that a restored backup had brought back");
    }
    let opened = Installation { store, vault, root, clock, images, ledger };
    if patience == StatementTimeout::Request { opened.for_requests(config).await } else { Ok(opened) }
}

impl Installation {
    /// The same, with statements that take no longer than a request may.
    pub async fn for_requests(self, config: &Config) -> Outcome<Self> {
        self.store.close().await;
        let store = store(config, StatementTimeout::Request).await?;
        let vault = Vault::new(store.clone(), self.root.clone(), self.clock.clone());
        Ok(Self { store, vault, ..self })
    }
}

/// Opens everything for a command, and closes the database after it: the embedded one is a single file again then, as
/// backups like it.
pub async fn with(config: &Config, command: impl AsyncFnOnce(&Installation) -> Outcome) -> Outcome {
    let opened = open(config, StatementTimeout::Command).await?;
    let done = command(&opened).await;
    opened.store.close().await;
    opened.ledger.close().await;
    done
}

/// The project a command is about.
pub async fn project(store: &Store, id_or_name: &str) -> Outcome<entity::project::Model> {
    crate::project::store::find(store, id_or_name).await?.ok_or_else(|| {
        Failure::new(format!("there is no project `{id_or_name}`: see `verigraph project list`, or make it"))
    })
}

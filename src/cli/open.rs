use std::{
    fmt::{self, Display, Formatter},
    path::PathBuf,
    time::Duration,
};

use super::{
    addresses,
    outcome::{Failure, Outcome},
    startup::persist,
};
use crate::{
    auth,
    blob::Images,
    clock::Clock,
    config::Config,
    crypto::{self, RootKey, RootKeyError, Vault},
    db::{OpenError, Pools, SessionWarning, Store, migrate, placement},
    schema::erasure::ERASE_STEPS,
    user::{
        ledger::Ledger,
        store::{erase::Eraser, replay},
    },
};

/// The services that every command uses.
pub struct Installation {
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub clock: Clock,
    pub images: Images,
    pub ledger: Ledger,
}

/// Statement timeout. Commands may process whole tables; requests may not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StatementTimeout {
    Request,
    Command,
}

impl StatementTimeout {
    /// The pools of the settings with this timeout.
    pub fn pools(self, config: &Config) -> Pools {
        let limits = &config.limits;
        let (wait, statement) = match self {
            Self::Request => (limits.pool_wait_seconds, limits.statement_seconds),
            Self::Command => (60, 0),
        };
        let (wait, statement) = (Duration::from_secs(wait), Duration::from_secs(statement));
        Pools { connections: config.connections, wait, statement }
    }
}

/// Opens only the database.
pub async fn store(config: &Config, timeout: StatementTimeout) -> Outcome<Store> {
    let url = config.database_url();
    let address = match timeout {
        StatementTimeout::Request => addresses::database(config, &url),
        StatementTimeout::Command => addresses::for_commands(config, &url),
    };
    Ok(Store::open_at(&address, timeout.pools(config)).await?)
}

/// The source of the root key.
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

    /// Reads the key. Returns `None` if its file does not exist.
    pub fn read(&self) -> Result<Option<RootKey>, RootKeyError> {
        match self {
            Self::Setting(key) => RootKey::parse(key).map(Some),
            Self::File(file) => RootKey::read(file),
        }
    }

    /// Describes unsafe permissions of the key file, if any.
    pub fn exposure(&self) -> Option<String> {
        let Self::File(file) = self else { return None };
        let mode = crypto::exposed_mode(file)?;
        let file = file.display();
        Some(format!(
            "other users of this machine can access the root key file `{file}` (mode {mode:03o}): run \
                `chmod 600 {file}`"
        ))
    }

    /// Creates the key file for a database that is not bound to a key yet. Fails for any other database,
    /// because a new key could not decrypt its data.
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

/// Opens all services: migrates the database, verifies that it is bound to the root key, and ensures a
/// signing key.
pub async fn open(config: &Config, timeout: StatementTimeout) -> Outcome<Installation> {
    // Boxed because the future is large and would otherwise be part of every command's future.
    Box::pin(open_all(config, timeout)).await
}

async fn open_all(config: &Config, timeout: StatementTimeout) -> Outcome<Installation> {
    // Read the key before touching the database: if an existing key is unreadable, the database must stay
    // unchanged.
    let source = RootKeySource::of(config);
    let found = source.read()?;
    let images = match &config.images_url {
        Some(url) => Images::at(url.as_str())?,
        None => Images::in_directory(&config.data_dir.join("images")),
    };
    // Work before the first request may take longer than a request.
    let store = store(config, StatementTimeout::Command).await?;
    let root = match found {
        Some(root) => root,
        None => source.create(&store).await?,
    };
    if config.migrate_on_start {
        let applied = persist("migrating the database schema", || migrate::up(&store)).await?;
        if !applied.is_empty() {
            tracing::info!(changes = applied.len(), "migrated the database schema");
        }
    } else {
        migrate::check(&store).await?;
    }
    let what = "looking up where the tables are placed";
    let misplaced = persist(what, || placement::faults(&store)).await?;
    if !misplaced.is_empty() {
        return Err(Failure::new(misplaced.join("\n")));
    }
    let named = source.to_string();
    persist("checking which root key the database is bound to", || crypto::claim(&store, &root, &named))
        .await?;
    if let Some(exposure) = source.exposure() {
        tracing::warn!("{exposure}");
    }
    let clock = Clock::machine();
    persist("looking up the signing key", || auth::ensure_signing_key(&store, &clock)).await?;
    let vault = Vault::new(store.clone(), root.clone(), clock.clone());
    let ledger = Ledger::at(&config.erasure_ledger_url());
    ledger.open().await.map_err(|error| {
        Failure::new(format!(
            "the erasure ledger: {error}; or name another with the setting erasure_ledger_url"
        ))
    })?;
    let tools = Eraser { store: &store, vault: &vault, images: &images, ledger: &ledger, steps: ERASE_STEPS };
    let what = "comparing users with the erasure ledger";
    let erased = persist(what, || replay::replay(tools, &clock)).await?;
    if erased > 0 {
        tracing::info!(users = erased, "erased users that a restored backup had brought back");
    }
    let opened = Installation { store, vault, root, clock, images, ledger };
    if timeout == StatementTimeout::Request { opened.for_requests(config).await } else { Ok(opened) }
}

impl Installation {
    /// The same services with the statement timeout of requests.
    pub async fn for_requests(self, config: &Config) -> Outcome<Self> {
        self.store.close().await;
        let store = store(config, StatementTimeout::Request).await?;
        let pools = StatementTimeout::Request.pools(config);
        let url = config.database_url();
        let address = addresses::database(config, &url);
        let warnings = store.session_warnings(&address, pools.statement).await;
        let warnings = warnings.map_err(OpenError::Database)?;
        for warning in &warnings {
            tracing::warn!("{warning}");
        }
        // Whatever drops the limits of a connection shares it among clients.
        let is_shared = warnings.iter().any(|it| matches!(it, SessionWarning::LostLimit { .. }));
        let store = if is_shared { store.without_shared_sessions() } else { store };
        let store = addresses::with_replica(config, store, pools).await?;
        let vault = Vault::new(store.clone(), self.root.clone(), self.clock.clone());
        Ok(Self { store, vault, ..self })
    }
}

/// Opens all services, runs a command and closes the database. After that the embedded database is a single
/// file again, which suits backups.
pub async fn with(config: &Config, command: impl AsyncFnOnce(&Installation) -> Outcome) -> Outcome {
    let opened = open(config, StatementTimeout::Command).await?;
    let done = command(&opened).await;
    opened.store.close().await;
    opened.ledger.close().await;
    done
}

/// Finds the project that a command names.
pub async fn project(store: &Store, id_or_name: &str) -> Outcome<entity::project::Model> {
    crate::project::store::find(store, id_or_name).await?.ok_or_else(|| {
        Failure::new(format!("no project `{id_or_name}`: see `verigraph project list`, or create it"))
    })
}

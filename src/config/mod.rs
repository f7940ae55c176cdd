//! The server's settings, with their units, defaults and sources.
//!
//! Four layers; each overrides the previous one: the defaults here, a file (`verigraph.toml`, or `--config
//! FILE`), the environment (`VERIGRAPH_LISTEN`, `VERIGRAPH_LIMITS__DEPTH`), the command line. No other module
//! reads the environment or the command line. `verigraph doctor` prints the description of a field here; its
//! type defines the accepted values.

mod database_url;
mod error;
mod field;
mod images_url;
mod limits;
mod listen;
mod load;
mod log;
mod oidc;
mod origin;
mod postgres_url;
mod proxies;
mod public_url;
mod redact;
mod secret;
mod webhooks;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use database_url::DatabaseUrl;
pub use error::{ConfigError, ConfigErrors};
pub use images_url::ImagesUrl;
pub use limits::Limits;
pub use listen::Listen;
pub use load::{FILE, Layer, Loaded, Setting};
pub use log::{Log, LogFilter, LogFormat};
pub use oidc::Oidc;
pub use origin::ANY_ORIGIN;
pub use postgres_url::PostgresUrl;
pub use proxies::ProxyNetwork;
pub use public_url::PublicUrl;
pub use redact::redacted_url;
pub use secret::Secret;
pub use webhooks::Webhooks;

/// The settings of a server.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Config {
    /// Address and port to listen on: `0.0.0.0:8080`, `localhost:8080`, `[::1]:8080`. A port without an
    /// address, `8080` or `:8080`, listens on this machine only.
    pub listen: Listen,
    /// Base URL at which clients reach the server, for example `https://id.example.org`. URLs in responses
    /// start with it. Default: responses contain paths.
    pub public_url: Option<PublicUrl>,
    /// Directory of the embedded database, the root key and the images.
    pub data_dir: PathBuf,
    /// Image store: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`. Default: `DATA_DIR/images`.
    pub images_url: Option<ImagesUrl>,
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Default: `DATA_DIR/verigraph.db`.
    pub database_url: Option<DatabaseUrl>,
    /// Whether `database_url` leads to a connection pooler in transaction mode, such as `PgBouncer`. The
    /// server then sends no `options` when it connects, so the role's own statement timeout applies.
    pub database_pooler: bool,
    /// `PostgreSQL` URL that leads to the database without a pooler, for what needs a session: notifications
    /// between server processes, migrations and commands. Default: `database_url`.
    pub hints_database_url: Option<PostgresUrl>,
    /// `PostgreSQL` URL of a streaming replica of the database. GraphQL queries, REST reads and `export` read
    /// from it. Default: they read from `database_url`.
    pub read_database_url: Option<PostgresUrl>,
    /// Milliseconds that a read waits for the replica to have the position in its `x-verigraph-position`
    /// header, before it reads from `database_url`.
    pub read_wait_milliseconds: u64,
    /// Milliseconds by which the replica may lag behind; while it lags by more, reads go to `database_url`. 0:
    /// any lag.
    pub read_max_lag_milliseconds: u64,
    /// Erasure ledger: records erasures outside of the database, so that a restored backup brings no erased
    /// user back: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Default:
    /// `DATA_DIR/erasures.db`.
    pub erasure_ledger_url: Option<DatabaseUrl>,
    /// Root key file. Default: `DATA_DIR/root.key`, created on the first start.
    pub root_key_file: Option<PathBuf>,
    /// The root key, 32 bytes in base64, instead of a file.
    pub root_key: Option<Secret>,
    /// Whether `serve` migrates the database schema when it starts.
    pub migrate_on_start: bool,
    /// Connections to `PostgreSQL`, or readers of the embedded database: of those at most two for each processor are
    /// opened, or four.
    #[schemars(range(min = 1, max = 10_000))]
    pub connections: u32,
    /// Origins of web pages that may call the API, for example `https://app.example.com`; `*` for all.
    #[serde(deserialize_with = "origin::list")]
    pub cors_origins: Vec<String>,
    /// Headers that these pages may send in addition to the default ones, for example `x-app-version`.
    #[serde(deserialize_with = "origin::headers")]
    pub cors_headers: Vec<String>,
    /// Addresses and networks of reverse proxies, for example `10.0.0.0/8`. Of requests that come from them, the client's
    /// network is read from `X-Forwarded-For`.
    pub trusted_proxies: Vec<ProxyNetwork>,
    /// Whether the server serves the explorer, the developer page at `/explorer/`.
    pub explorer: bool,
    /// Seconds for requests in flight to finish after the server is asked to stop.
    pub shutdown_seconds: u64,
    pub log: Log,
    pub webhooks: Webhooks,
    pub oidc: Oidc,
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: Listen::default(),
            public_url: None,
            data_dir: PathBuf::from("data"),
            images_url: None,
            database_url: None,
            database_pooler: false,
            hints_database_url: None,
            read_database_url: None,
            read_wait_milliseconds: 100,
            read_max_lag_milliseconds: 1000,
            erasure_ledger_url: None,
            root_key_file: None,
            root_key: None,
            migrate_on_start: true,
            connections: 16,
            cors_origins: Vec::new(),
            cors_headers: Vec::new(),
            trusted_proxies: Vec::new(),
            explorer: true,
            shutdown_seconds: 30,
            log: Log::default(),
            webhooks: Webhooks::default(),
            oidc: Oidc::default(),
            limits: Limits::default(),
        }
    }
}

impl Config {
    /// The URL of the erasure ledger.
    #[must_use]
    pub fn erasure_ledger_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data_dir.join("erasures.db").display());
        self.erasure_ledger_url.as_ref().map_or_else(embedded, |url| url.expose().to_owned())
    }

    /// The URL of the database.
    #[must_use]
    pub fn database_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data_dir.join("verigraph.db").display());
        self.database_url.as_ref().map_or_else(embedded, |url| url.expose().to_owned())
    }
}

//! Every setting of the server: its unit, its default, and how to give it.
//!
//! Four layers, the later over the earlier: the defaults here, a file (`verigraph.toml`, or `--config FILE`), the
//! environment (`VERIGRAPH_LISTEN`, `VERIGRAPH_LIMITS__DEPTH`), the command line. No other module reads either.

mod limits;
mod load;
mod public_url;
mod redact;
mod webhooks;

use std::{net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Serialize};

pub use limits::Limits;
pub use load::ConfigError;
pub use public_url::PublicUrl;
pub use redact::redacted_url;
pub use webhooks::Webhooks;

/// The settings of a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The address that clients reach the server at, for example `https://id.example.org`. Addresses that the server
    /// gives out begin with it. Left out: they are paths.
    pub public_url: Option<PublicUrl>,
    /// Where the embedded database, the root key and images are kept.
    pub data_dir: PathBuf,
    /// Where images are kept: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME`. Left out: `DATA_DIR/images`.
    pub images_url: Option<String>,
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Left out: `DATA_DIR/verigraph.db`.
    pub database_url: Option<Secret>,
    /// The file with the root key. Left out: `DATA_DIR/root.key`, made on the first start.
    pub root_key_file: Option<PathBuf>,
    /// The root key itself, 32 bytes in base64; instead of a file.
    pub root_key: Option<Secret>,
    /// Whether `serve` brings the schema of the database up to date by itself.
    pub migrate_on_start: bool,
    /// Connections to `PostgreSQL`, or readers of the embedded database.
    pub connections: u32,
    /// Origins of browsers' pages that may call the API, for example `https://app.example.com`.
    pub cors_origins: Vec<String>,
    /// Seconds that requests in flight have to finish once the server is told to stop.
    pub shutdown_seconds: u64,
    pub log: Log,
    pub webhooks: Webhooks,
    pub limits: Limits,
}

/// What is logged, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Log {
    /// `human` or `json`.
    pub format: LogFormat,
    /// What is logged: a level, or a filter such as `info,sqlx=warn`.
    pub level: String,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Human,
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data_dir: PathBuf::from("data"),
            images_url: None,
            database_url: None,
            root_key_file: None,
            root_key: None,
            migrate_on_start: true,
            connections: 16,
            cors_origins: Vec::new(),
            shutdown_seconds: 30,
            log: Log { format: LogFormat::Human, level: "info,sqlx=warn,sea_orm_migration=warn".to_owned() },
            webhooks: Webhooks::default(),
            limits: Limits::default(),
        }
    }
}

/// A text that no log and no error prints.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

// Only so that the settings can be listed.
impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("[secret]")
    }
}

impl Config {
    /// The URL of the database.
    #[must_use]
    pub fn database_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data_dir.join("verigraph.db").display());
        self.database_url.as_ref().map_or_else(embedded, |url| url.expose().to_owned())
    }

    /// Every setting and its value, a line each, as a file would have them.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let settings = serde_json::to_value(self).unwrap_or_default();
        let mut lines = Vec::new();
        load::flatten("", &settings, &mut |key, value| lines.push(format!("{key} = {value}")));
        lines
    }
}

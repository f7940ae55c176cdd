//! Every setting of the server: its unit, its default, and how to give it.
//!
//! Four layers, the later over the earlier: the defaults here, a file (`verigraph.toml`, or `--config FILE`), the
//! environment (`VERIGRAPH_LISTEN`, `VERIGRAPH_LIMITS__DEPTH`), the command line. No other module reads either.

use std::{collections::BTreeSet, net::SocketAddr, path::PathBuf};

use figment::{
    Figment, Profile, Provider,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

/// The file that is read when no other is named, if it is there.
pub const FILE: &str = "verigraph.toml";
const PREFIX: &str = "VERIGRAPH_";

/// The settings of a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Where the embedded database, the root key and images are kept.
    pub data_dir: PathBuf,
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

/// What a request may ask for at most. Every refusal names its key here and the number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of a GraphQL document.
    pub document: u64,
    /// Tokens of a document.
    pub tokens: u64,
    /// Brackets of a document that are open at once.
    pub nesting: u64,
    /// Directives in a document.
    pub directives: u64,
    /// Operations in a document.
    pub operations: u64,
    /// Fragments in a document.
    pub fragments: u64,
    /// Selections of a document, each fragment counted every time it is spread.
    pub selections: u64,
    /// Fields below each other.
    pub depth: u64,
    /// Fields of an operation, fragments expanded.
    pub complexity: u64,
    /// Objects that an operation's lists can give, lists in lists multiplied.
    pub nodes: u64,
    /// Lists of the schema's description in each other, in introspection.
    pub introspection: u64,
    /// Fields that introspection can give, its lists multiplied.
    pub schema_fields: u64,
    /// Aliases in a document.
    pub aliases: u64,
    /// Fields at the root of an operation.
    pub root_fields: u64,
    /// Variables of an operation.
    pub variables: u64,
    /// Items of a list in the input.
    pub list: u64,
    /// Bytes of a text in the input.
    pub text: u64,
    /// Rows of a page.
    pub page: u64,
    /// Bytes of the body of a request.
    pub body: u64,
    /// Bytes of the body of a REST request.
    pub rest_body: u64,
    /// Bytes of an image.
    pub image: u64,
    /// Bytes of the head of a request.
    pub head: u64,
    /// Seconds for the head of a request to arrive.
    pub head_seconds: u64,
    /// Seconds for the body of a request to arrive.
    pub body_seconds: u64,
    /// Seconds for a query to be answered.
    pub query_seconds: u64,
    /// Seconds for `PostgreSQL` to run one statement.
    pub statement_seconds: u64,
    /// Seconds to wait for a connection to the database.
    pub pool_wait_seconds: u64,
    /// Open connections of clients.
    pub connections: u64,
    /// Requests in flight.
    pub in_flight: u64,
    /// Requests in flight of one credential.
    pub in_flight_per_credential: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document: 16 * 1024,
            tokens: 2_000,
            nesting: 40,
            directives: 20,
            operations: 5,
            fragments: 30,
            selections: 2_000,
            depth: 15,
            complexity: 1_000,
            nodes: 20_000,
            introspection: 2,
            schema_fields: 100_000,
            aliases: 30,
            root_fields: 10,
            variables: 50,
            list: 100,
            text: 4 * 1024,
            page: 100,
            body: 64 * 1024,
            rest_body: 256 * 1024,
            image: 12 * 1024 * 1024,
            head: 16 * 1024,
            head_seconds: 10,
            body_seconds: 15,
            query_seconds: 5,
            statement_seconds: 3,
            pool_wait_seconds: 1,
            connections: 2_048,
            in_flight: 256,
            in_flight_per_credential: 32,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data_dir: PathBuf::from("data"),
            database_url: None,
            root_key_file: None,
            root_key: None,
            migrate_on_start: true,
            connections: 16,
            cors_origins: Vec::new(),
            shutdown_seconds: 30,
            log: Log { format: LogFormat::Human, level: "info".to_owned() },
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

/// Why the settings cannot be used: one line that names the key and the fix.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("unknown setting `{key}` in {place}{}", hint(nearest.as_ref()))]
    Unknown { key: String, place: String, nearest: Option<String> },
    #[error("the file `{}` cannot be read: name one that exists with --config", .0.display())]
    File(PathBuf),
    #[error("`{0}` is not a setting: write --set KEY=VALUE, for example --set limits.depth=20")]
    NotAPair(String),
    #[error("{place} cannot be read: {}", reason(.source))]
    Syntax { place: String, source: Box<figment::Error> },
    #[error("{}", wrong(.0))]
    Value(Box<figment::Error>),
}

/// What is wrong with a value, with its key as it was given.
fn wrong(error: &figment::Error) -> String {
    let (key, reason) = (error.path.join(".").to_lowercase(), reason(error));
    let given = error.metadata.as_ref();
    let file = given.and_then(|given| given.source.as_ref()?.file_path());
    match file {
        Some(file) => format!("the setting `{key}` in `{}` is wrong: {reason}", file.display()),
        None if given.is_some_and(|given| given.name.contains(PREFIX)) => {
            format!("the variable `{}` is wrong: {reason}", variable(&key))
        }
        None => format!("the setting `{key}` is wrong: {reason}"),
    }
}

/// One line of what can be several.
fn reason(error: &figment::Error) -> String {
    let text = error.kind.to_string();
    // An excerpt of the file, with a mark below the place, is left out: the first line says where it is.
    let is_excerpt =
        |line: &&str| line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').starts_with('|');
    let lines: Vec<_> = text.lines().filter(|line| !is_excerpt(line)).collect();
    lines
        .join(", ")
        .replace("expected u64", "expected a whole number")
        .replace("expected u32", "expected a whole number")
}

/// The variable of the environment for a key.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn hint(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(": did you mean `{nearest}`?"))
}

impl Config {
    /// Puts the layers on top of each other. `flags` are pairs of a key, dots between its parts, and a value as TOML
    /// writes it or a plain text.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], which names the key and what to do.
    pub fn load(file: Option<PathBuf>, flags: &[(String, String)]) -> Result<Self, ConfigError> {
        let mut settings = Figment::from(Serialized::defaults(Self::default()));
        let path = file.clone().unwrap_or_else(|| PathBuf::from(FILE));
        if path.is_file() {
            let layer = Toml::file_exact(&path);
            check_keys(&layer, &format!("`{}`", path.display()), str::to_owned)?;
            settings = settings.merge(layer);
        } else if let Some(file) = file {
            return Err(ConfigError::File(file));
        }
        let environment = Env::prefixed(PREFIX).split("__");
        check_keys(&environment, "the environment", variable)?;
        settings = settings.merge(environment);
        for (key, value) in flags {
            let known = known_keys();
            if !known.contains(key) {
                let nearest = nearest(key, &known);
                return Err(ConfigError::Unknown { key: key.clone(), place: "--set".to_owned(), nearest });
            }
            // As in a file; what is no TOML is a text, so that paths and addresses need no quotes.
            let quoted = || format!("{key} = {}", toml_text(value));
            let layer = match format!("{key} = {value}").parse::<TomlLayer>() {
                Ok(layer) => layer.0,
                Err(()) => quoted(),
            };
            settings = settings.merge(Toml::string(&layer));
        }
        settings.extract().map_err(|error| ConfigError::Value(Box::new(error)))
    }

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
        flatten("", &settings, &mut |key, value| lines.push(format!("{key} = {value}")));
        lines
    }
}

struct TomlLayer(String);

impl std::str::FromStr for TomlLayer {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Figment::from(Toml::string(text)).data().map(|_| Self(text.to_owned())).map_err(drop)
    }
}

fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn known_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    flatten("", &serde_json::to_value(Config::default()).unwrap_or_default(), &mut |key, _| {
        keys.insert(key.to_owned());
    });
    keys
}

fn flatten(prefix: &str, value: &serde_json::Value, leaf: &mut impl FnMut(&str, &serde_json::Value)) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&key, value, leaf);
            }
        }
        value => leaf(prefix, value),
    }
}

fn check_keys(layer: &impl Provider, place: &str, shown: impl Fn(&str) -> String) -> Result<(), ConfigError> {
    let unreadable = |source| ConfigError::Syntax { place: place.to_owned(), source: Box::new(source) };
    let data = layer.data().map_err(unreadable)?;
    let known = known_keys();
    let settings = data.get(&Profile::Default).cloned().unwrap_or_default();
    let mut unknown = None;
    flatten("", &serde_json::to_value(settings).unwrap_or_default(), &mut |key, _| {
        // The path of the file may be given by the environment too, but not by the file.
        if !known.contains(key) && key != "config" && unknown.is_none() {
            unknown = Some(key.to_owned());
        }
    });
    match unknown {
        None => Ok(()),
        Some(key) => {
            let nearest = nearest(&key, &known).map(|key| shown(&key));
            Err(ConfigError::Unknown { key: shown(&key), place: place.to_owned(), nearest })
        }
    }
}

fn nearest(key: &str, known: &BTreeSet<String>) -> Option<String> {
    let near = known.iter().map(|known| (strsim::damerau_levenshtein(key, known), known));
    near.min().filter(|(distance, known)| *distance <= 3.max(known.len() / 3)).map(|(_, known)| known.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(flags: &[(&str, &str)]) -> Result<Config, String> {
        let flags: Vec<_> =
            flags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Config::load(None, &flags).map_err(|error| error.to_string())
    }

    #[test]
    fn flags_are_read_as_toml_or_as_plain_text() {
        let flags =
            [("limits.depth", "20"), ("data_dir", "/var/x y"), ("cors_origins", "[\"https://a.example\"]")];
        let config = loaded(&flags).unwrap();
        assert_eq!(config.limits.depth, 20);
        assert_eq!(config.data_dir, PathBuf::from("/var/x y"));
        assert_eq!(config.cors_origins, ["https://a.example"]);
    }

    #[test]
    fn a_wrong_key_is_refused_with_the_nearest_right_one() {
        let refused = loaded(&[("limits.dept", "20")]).unwrap_err();
        assert_eq!(refused, "unknown setting `limits.dept` in --set: did you mean `limits.depth`?");
    }

    #[test]
    fn a_wrong_key_in_the_file_is_refused_with_the_nearest_right_one() {
        let place = Toml::string("lisen = \"127.0.0.1:1\"");
        let refused = check_keys(&place, "`verigraph.toml`", str::to_owned).unwrap_err().to_string();
        assert_eq!(refused, "unknown setting `lisen` in `verigraph.toml`: did you mean `listen`?");
    }

    #[test]
    fn a_wrong_value_names_its_key() {
        let refused = loaded(&[("limits.depth", "deep")]).unwrap_err();
        assert!(refused.contains("limits.depth"), "{refused}");
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = loaded(&[("database_url", "postgres://u:hush@h/d")]).unwrap();
        assert!(!format!("{config:?} {:?}", config.lines()).contains("hush"));
        assert_eq!(config.database_url(), "postgres://u:hush@h/d");
    }
}

//! The command line, with one file per command.

mod credential;
mod demo;
mod doctor;
mod export;
mod grants;
mod import;
mod integration;
mod keys;
mod migrate;
mod open;
mod people;
mod project;
mod receipt;
mod receiver;
mod seed;
mod serve;
mod signing_key;
mod simulate;
mod startup;

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

pub use self::{
    demo::fill as fill_demo,
    simulate::{Simulated, simulate},
};
use crate::config::{Config, ConfigError, ConfigErrors, Loaded, LogFormat};

/// A self-hosted system of record for identity verification, read through one GraphQL graph.
///
/// Try it: `verigraph demo`. Run it: `verigraph serve`, on an embedded database in ./data or on PostgreSQL
/// with --database-url.
#[derive(Debug, Parser)]
#[command(name = "verigraph", version, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// Settings that every command accepts. Flags override the environment, which overrides the file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct Settings {
    /// Settings file [default: verigraph.toml, if it exists]
    #[arg(long, global = true, env = "VERIGRAPH_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Directory of the embedded database and the root key [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: `sqlite://DIR/verigraph.db`]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Root key file [default: DIR/root.key, created on the first start]
    #[arg(long, global = true, value_name = "FILE")]
    root_key_file: Option<String>,
    /// Log format [default: human]
    #[arg(long, global = true, value_enum)]
    log_format: Option<LogFormat>,
    /// Log level: off, error, warn, info, debug, trace, or a filter such as `info,sqlx=warn` [default: info]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// Any setting as KEY=VALUE, for example limits.depth=20; `verigraph doctor` lists them
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the explorer
    Serve(serve::Serve),
    /// Serve a project with every documented example, on this machine only
    Demo(demo::Demo),
    /// Migrate the database schema
    Migrate(migrate::Migrate),
    /// Print the GraphQL schema
    Schema,
    /// Print the `OpenAPI` document of the REST endpoints
    #[command(name = "openapi")]
    OpenApi,
    /// Fill a project with generated test users, the same for the same seed
    Seed(seed::Seed),
    /// Run scenarios: complete verifications, step by step, on a simulated clock
    Simulate(simulate::Simulate),
    // `ImportCommand` carries its own description.
    Import(import::ImportCommand),
    Export(export::ExportCommand),
    /// Manage projects (tenants)
    #[command(subcommand)]
    Project(project::Project),
    /// Manage API credentials
    #[command(subcommand)]
    Credential(credential::Credential),
    /// Manage integrations, with which relying parties read verification results
    #[command(subcommand)]
    Integration(integration::Integration),
    /// Manage the keys that sign access tokens
    #[command(subcommand)]
    SigningKey(signing_key::SigningKey),
    /// Manage the keys that encrypt personal data
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Verify an erasure receipt, without a database or network
    VerifyReceipt(receipt::VerifyReceipt),
    /// Show all effective settings, and check the database and the root key. Read-only
    Doctor(doctor::Doctor),
}

/// A command's error: one line that says what failed and how to fix it.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Converts errors whose message already says what failed and how to fix it.
macro_rules! failures {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        }
    )*};
}

failures!(
    ConfigErrors,
    crate::db::OpenError,
    crate::db::migrate::SchemaError,
    crate::crypto::RootKeyError,
    crate::blob::BackendError,
    io::Error
);

impl From<crate::Error> for Failure {
    // Internal details are hidden from API clients, but shown to the operator.
    fn from(error: crate::Error) -> Self {
        let told = error.of_database().map(ToString::to_string);
        Self(error.fault().or(told).unwrap_or_else(|| error.to_string()))
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(error: sea_orm::DbErr) -> Self {
        crate::Error::from(error).into()
    }
}

/// Maximum time for work on other threads to finish after the command is done.
const LAST: Duration = Duration::from_secs(1);

/// Result of a command.
type Outcome<T = ()> = Result<T, Failure>;

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::from).and_then(
            |runtime| {
                let done = runtime.block_on(run(cli));
                // Work that hangs on other threads, such as disk I/O, does not block the exit of the process.
                runtime.shutdown_timeout(LAST);
                done
            },
        );
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(text)) => {
            for line in text.lines() {
                let _ = writeln!(io::stderr(), "verigraph: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Outcome {
    let settings = cli.settings;
    match cli.command {
        Command::Serve(command) => command.run(settings).await,
        Command::Demo(command) => Box::pin(command.run(settings)).await,
        Command::Migrate(command) => command.run(settings).await,
        Command::Schema => say(crate::schema::sdl().trim_end()),
        Command::OpenApi => say(crate::http::openapi::text()),
        Command::Seed(command) => command.run(settings).await,
        Command::Simulate(command) => Box::pin(command.run(settings)).await,
        Command::Import(command) => Box::pin(command.run(settings)).await,
        Command::Export(command) => Box::pin(command.run(settings)).await,
        Command::Project(command) => command.run(settings).await,
        Command::Credential(command) => command.run(settings).await,
        Command::SigningKey(command) => command.run(settings).await,
        Command::Integration(command) => command.run(settings).await,
        Command::Keys(command) => command.run(settings).await,
        Command::VerifyReceipt(command) => command.run(&settings),
        Command::Doctor(command) => command.run(&settings).await,
    }
}

impl Settings {
    /// The effective settings, including those for which the command has its own flags.
    fn load(&self, own: &[(&str, Option<String>)]) -> Outcome<Config> {
        let loaded = self.read(own);
        if loaded.faults.is_empty() { Ok(loaded.config) } else { Err(ConfigErrors(loaded.faults).into()) }
    }

    /// Like [`Self::load`], but returns the settings together with all their errors.
    fn read(&self, own: &[(&str, Option<String>)]) -> Loaded {
        let (mut flags, mut faults) = (Vec::new(), Vec::new());
        for pair in &self.set {
            match pair.split_once('=') {
                Some((key, value)) => flags.push((key.trim().to_owned(), value.trim().to_owned())),
                None => faults.push(ConfigError::NotAPair(pair.clone())),
            }
        }
        let format = self.log_format.map(|format| match format {
            LogFormat::Human => "human".to_owned(),
            LogFormat::Json => "json".to_owned(),
        });
        let common = [
            ("data_dir", self.data_dir.clone()),
            ("database_url", self.database_url.clone()),
            ("root_key_file", self.root_key_file.clone()),
            ("log.format", format),
            ("log.level", self.log_level.clone()),
        ];
        let given = common.iter().chain(own).filter_map(|(key, value)| Some((*key, value.clone()?)));
        flags.extend(given.map(|(key, value)| (key.to_owned(), value)));
        let mut loaded = Loaded::read(self.config.clone(), &flags);
        loaded.faults.extend(faults);
        loaded
    }
}

/// Writes a line to standard output.
fn say(text: impl Display) -> Outcome {
    match writeln!(io::stdout(), "{text}") {
        // A closed pipe means that the reader has enough: `verigraph schema | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Starts logging to standard error, as configured.
fn start_log(config: &Config) {
    let filter = EnvFilter::new(config.log.level.as_str());
    let is_coloured = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_target(false);
    let log = log.with_ansi(is_coloured);
    match config.log.format {
        LogFormat::Human => log.compact().init(),
        LogFormat::Json => {
            log.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
        }
    }
}

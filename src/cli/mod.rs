//! The command line: one file a command.

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
/// Try it: `verigraph demo`. Run it: `verigraph serve`, on an embedded database in ./data or on PostgreSQL with
/// --database-url.
#[derive(Debug, Parser)]
#[command(name = "verigraph", version, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// Settings that every command takes. They go over the environment, that over the file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct Settings {
    /// File with settings [default: verigraph.toml, if it is there]
    #[arg(long, global = true, env = "VERIGRAPH_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the embedded database and the root key are kept [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: `sqlite://DIR/verigraph.db`]
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// File with the root key [default: DIR/root.key, made on the first start]
    #[arg(long, global = true, value_name = "FILE")]
    root_key_file: Option<String>,
    /// How the log looks [default: human]
    #[arg(long, global = true, value_enum)]
    log_format: Option<LogFormat>,
    /// What is logged: off, error, warn, info, debug, trace, or a filter such as `info,sqlx=warn` [default: info]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// Any setting: KEY=VALUE, for example limits.depth=20; `verigraph doctor` lists them
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the explorer
    Serve(serve::Serve),
    /// Serve a project that holds every documented example, on this machine only
    Demo(demo::Demo),
    /// Bring the schema of the database up to date
    Migrate(migrate::Migrate),
    /// Print the GraphQL schema
    Schema,
    /// Print the description of the REST paths: openapi.json
    #[command(name = "openapi")]
    OpenApi,
    /// Fill a project with made-up people, always the same ones
    Seed(seed::Seed),
    /// Run scenarios: whole verifications, step by step, on a clock of their own
    Simulate(simulate::Simulate),
    // Its own words are where its arguments are.
    Import(import::ImportCommand),
    Export(export::ExportCommand),
    /// Projects: the tenants
    #[command(subcommand)]
    Project(project::Project),
    /// Credentials: what callers authenticate with
    #[command(subcommand)]
    Credential(credential::Credential),
    /// Integrations: how relying parties read verification results
    #[command(subcommand)]
    Integration(integration::Integration),
    /// The keys that sign access tokens
    #[command(subcommand)]
    SigningKey(signing_key::SigningKey),
    /// The keys that personal data is sealed with
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Verify the receipt of an erasure, without a database or a network
    VerifyReceipt(receipt::VerifyReceipt),
    /// Show every setting in force, and check the database and the root key. Changes nothing
    Doctor(doctor::Doctor),
}

/// Why a command failed: one line that says what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Everything that says in its own words what went wrong and what to do.
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
    // What clients must not read, the operator has to.
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

/// How long work on other threads may go on when the command is done.
const LAST: Duration = Duration::from_secs(1);

/// What a command gives.
type Outcome<T = ()> = Result<T, Failure>;

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::from).and_then(
            |runtime| {
                let done = runtime.block_on(run(cli));
                // Work on other threads that hangs, such as on a disk, does not keep the process.
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
    /// The settings in force, with those that a command has flags of its own for.
    fn load(&self, own: &[(&str, Option<String>)]) -> Outcome<Config> {
        let loaded = self.read(own);
        if loaded.faults.is_empty() { Ok(loaded.config) } else { Err(ConfigErrors(loaded.faults).into()) }
    }

    /// Likewise, with everything that is wrong with them.
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

/// Writes a line to the standard output.
fn say(text: impl Display) -> Outcome {
    match writeln!(io::stdout(), "{text}") {
        // Whoever reads has read enough: `verigraph schema | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes the log to the standard error, as the settings say.
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

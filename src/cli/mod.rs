//! The command line, with one file per command.

mod addresses;
mod batch;
mod credential;
mod demo;
mod doctor;
mod export;
mod grants;
mod import;
mod integration;
mod keys;
mod logging;
mod member;
mod migrate;
mod oidc;
mod open;
mod outcome;
mod people;
mod placement;
mod project;
mod receipt;
mod receiver;
mod seed;
mod serve;
mod settings;
mod signing_key;
mod simulate;
mod startup;

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, Subcommand};

use crate::{
    cli::{
        outcome::{Failure, Outcome, say},
        settings::Settings,
    },
    config::ConfigErrors,
};
pub use {
    demo::fill as fill_demo,
    simulate::{Simulated, simulate},
};

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the explorer
    Serve(serve::Serve),
    /// Serve a project with every documented example, on this machine only
    Demo(demo::Demo),
    /// Migrate the database schema
    Migrate(migrate::Migrate),
    /// Print the statements that place the tables on the nodes of a distributed database
    Placement(placement::Placement),
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
    /// Manage the accounts of people
    #[command(subcommand)]
    Member(member::Member),
    /// Manage sign-in of people with identity providers (`OpenID` Connect)
    #[command(subcommand)]
    Oidc(oidc::Oidc),
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

/// Maximum time for work on other threads to finish after the command is done.
const LAST: Duration = Duration::from_secs(1);

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
        Command::Placement(command) => command.run(),
        Command::Schema => say(crate::schema::sdl().trim_end()),
        Command::OpenApi => say(crate::http::openapi::text()),
        Command::Seed(command) => command.run(settings).await,
        Command::Simulate(command) => Box::pin(command.run(settings)).await,
        Command::Import(command) => Box::pin(command.run(settings)).await,
        Command::Export(command) => Box::pin(command.run(settings)).await,
        Command::Project(command) => command.run(settings).await,
        Command::Credential(command) => command.run(settings).await,
        Command::Member(command) => command.run(settings).await,
        Command::Oidc(command) => command.run(settings).await,
        Command::SigningKey(command) => command.run(settings).await,
        Command::Integration(command) => command.run(settings).await,
        Command::Keys(command) => command.run(settings).await,
        Command::VerifyReceipt(command) => command.run(&settings),
        Command::Doctor(command) => command.run(&settings).await,
    }
}

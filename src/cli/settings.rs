use std::path::PathBuf;

use clap::Args;

use crate::{
    cli::outcome::Outcome,
    config::{Config, ConfigError, ConfigErrors, Loaded, LogFormat},
};

/// Settings that every command accepts. Flags override the environment, which overrides the file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
pub(super) struct Settings {
    /// Settings file [default: verigraph.toml, if it exists]
    #[arg(long, global = true, env = "VERIGRAPH_CONFIG", value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Directory of the embedded database and the root key [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data_dir: Option<String>,
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE` [default: `sqlite://DIR/verigraph.db`]
    #[arg(long, global = true, value_name = "URL")]
    pub(super) database_url: Option<String>,
    /// Root key file [default: DIR/root.key, created on the first start]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) root_key_file: Option<String>,
    /// Log format [default: human]
    #[arg(long, global = true, value_enum)]
    pub(super) log_format: Option<LogFormat>,
    /// Log level: off, error, warn, info, debug, trace, or a filter such as `info,sqlx=warn` [default: info]
    #[arg(long, global = true, value_name = "LEVEL")]
    pub(super) log_level: Option<String>,
    /// Any setting as KEY=VALUE, for example limits.depth=20; `verigraph doctor` lists them
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
}

impl Settings {
    /// The effective settings, including those for which the command has its own flags.
    pub(super) fn load(&self, own: &[(&str, Option<String>)]) -> Outcome<Config> {
        let loaded = self.read(own);
        if loaded.faults.is_empty() { Ok(loaded.config) } else { Err(ConfigErrors(loaded.faults).into()) }
    }

    /// Like [`Self::load`], but returns the settings together with all their errors.
    pub(super) fn read(&self, own: &[(&str, Option<String>)]) -> Loaded {
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

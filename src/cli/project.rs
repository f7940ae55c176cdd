use clap::{Subcommand, ValueEnum};
use entity::project;

use super::{
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::project::store;

#[derive(Debug, Subcommand)]
pub enum Project {
    /// Create a project
    Create {
        /// Its name, unique on this server
        name: String,
        /// Whether the project holds real or test users
        #[arg(long, value_enum, default_value = "live")]
        mode: Mode,
    },
    /// List the projects
    List,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Mode {
    Live,
    Sandbox,
}

impl Project {
    pub async fn run(self, settings: Settings) -> Outcome {
        open::with(&settings.load(&[])?, async |opened| self.on(opened).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        match self {
            Self::Create { name, mode } => {
                let mode = match mode {
                    Mode::Live => project::Mode::Live,
                    Mode::Sandbox => project::Mode::Sandbox,
                };
                let created = store::create(&opened.store, &opened.clock, &name, mode).await?;
                let created = created.ok_or_else(|| {
                    Failure::new(format!("a project named `{name}` already exists: choose another name"))
                })?;
                say(format!("project {} ({})", created.id, created.name))?;
                say(format!(
                    "next: verigraph credential create --project {} --label \"My backend\"",
                    created.id
                ))
            }
            Self::List => {
                for project in store::list(&opened.store).await? {
                    say(format!("{}  {:<8} {}", project.id, format!("{:?}", project.mode), project.name))?;
                }
                Ok(())
            }
        }
    }
}

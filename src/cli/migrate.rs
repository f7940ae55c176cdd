use clap::Args;

use super::{
    logging::start_log,
    open::{StatementTimeout, store},
    outcome::{Outcome, say},
    settings::Settings,
    startup::persist,
};
use crate::db::migrate;

#[derive(Debug, Args)]
pub struct Migrate {
    /// Only list pending migrations; fail if there are any
    #[arg(long)]
    check: bool,
}

impl Migrate {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        let store = store(&config, StatementTimeout::Command).await?;
        if self.check {
            for change in migrate::pending(&store).await? {
                say(format!("pending: {change}"))?;
            }
            migrate::check(&store).await?;
        } else {
            for change in persist("migrating the database schema", || migrate::up(&store)).await? {
                say(format!("applied: {change}"))?;
            }
        }
        // After closing, the embedded database is a single file.
        store.close().await;
        say("the database schema is up to date")
    }
}

use clap::Args;

use super::{
    Outcome, Settings,
    open::{StatementTimeout, store},
    say, start_log,
    startup::persist,
};
use crate::db::migrate;

#[derive(Debug, Args)]
pub struct Migrate {
    /// Only say which changes are missing; fails if there are any
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
                say(format!("missing: {change}"))?;
            }
            migrate::check(&store).await?;
        } else {
            for change in
                persist("bringing the schema of the database up to date", || migrate::up(&store)).await?
            {
                say(format!("applied: {change}"))?;
            }
        }
        // The embedded database is one file again then.
        store.close().await;
        say("the schema of the database is up to date")
    }
}

use clap::Subcommand;

use super::{
    batch::progress,
    logging::start_log,
    open::{self, Installation, project},
    outcome::{Outcome, say},
    settings::Settings,
    startup::persist,
};
use crate::{
    crypto::{self, KEYS_LIVE},
    project::store,
    user::store::rotation,
};

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Rotate project keys: create a new key, rewrap the users' keys with it, and delete the old one. Servers
    /// may run meanwhile. An interrupted rotation is resumed
    Rotate {
        /// The project, by id or name [default: all]
        #[arg(long)]
        project: Option<String>,
    },
    /// Show how many users' keys are still wrapped by an old project key
    Status,
}

impl Keys {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        start_log(&config);
        open::with(&config, async |opened| self.on(opened).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        let projects = match &self {
            Self::Rotate { project: Some(name) } => vec![project(&opened.store, name).await?],
            Self::Rotate { project: None } | Self::Status => store::list(&opened.store).await?,
        };
        for project in projects {
            match self {
                Self::Rotate { .. } => rotate(opened, &project).await?,
                Self::Status => {
                    let keys = opened.vault.project(project.id).await?;
                    let left = rotation::count_outdated(&opened.store, project.id, keys.current()).await?;
                    say(format!(
                        "{} ({}): key {}, {left} users under older keys",
                        project.id,
                        project.name,
                        keys.current()
                    ))?;
                }
            }
        }
        Ok(())
    }
}

async fn rotate(opened: &Installation, project: &entity::project::Model) -> Outcome {
    let Installation { store, vault, .. } = opened;
    let mut keys = vault.project(project.id).await?;
    let mut left = rotation::count_outdated(store, project.id, keys.current()).await?;
    if left == 0 {
        let what = format!("{}: waiting for the project's row, locked by another transaction", project.name);
        keys = persist(&what, || vault.rotate(project.id)).await?;
        // Until then, running servers may wrap keys of new users with the previous key.
        say(format!(
            "{}: waiting {} seconds until every running server uses the new key",
            project.name,
            KEYS_LIVE.as_secs()
        ))?;
        tokio::time::sleep(KEYS_LIVE).await;
        left = rotation::count_outdated(store, project.id, keys.current()).await?;
    } else {
        say(format!("{}: resuming an unfinished rotation", project.name))?;
    }
    let bar = progress(left, "users");
    let mut done = 0;
    let what = format!("{}: waiting for rows of users, locked by another transaction", project.name);
    loop {
        let wrapped = persist(&what, || rotation::rewrap_batch(vault, store, project.id)).await?;
        if wrapped == 0 {
            break;
        }
        bar.inc(wrapped as u64);
        done += wrapped;
    }
    bar.finish_and_clear();
    let what = format!("{}: waiting for the old keys, locked by another transaction", project.name);
    let discarded = persist(&what, || {
        crypto::rotation::discard(
            store,
            project.id,
            keys.current(),
            rotation::project_keys_in_use(project.id),
        )
    })
    .await?;
    say(format!(
        "{} ({}): {done} users under the new key {}, {discarded} old keys deleted",
        project.id,
        project.name,
        keys.current()
    ))
}

use clap::Subcommand;

use super::{
    Failure, Outcome, Settings,
    open::{self, Installation},
    say,
};
use crate::{
    project::store,
    result::{
        Scope,
        integration::{self, NewIntegration},
    },
};

#[derive(Debug, Subcommand)]
pub enum Integration {
    /// Make an integration and show its API key and secret, once
    Create {
        /// The project whose results it reads, by id or name
        #[arg(long)]
        project: String,
        /// What you call it
        #[arg(long)]
        label: String,
        /// What results release to it, with commas between: `IDENTITY_ID`, `NAME`, `DATE_OF_BIRTH`, `PHONE`
        #[arg(long, value_delimiter = ',', required = true)]
        scopes: Vec<String>,
    },
    /// List the integrations of a project. `credential rotate ID` gives one a new secret, `credential revoke ID` ends it
    List {
        /// The project, by id or name
        #[arg(long)]
        project: String,
    },
    /// Say whether results of a project tell the id of the person always, or only where the scope `IDENTITY_ID` says so
    IdentityId {
        /// The project, by id or name
        #[arg(long)]
        project: String,
        /// `always`, or `by-scope`
        #[arg(value_parser = ["always", "by-scope"])]
        told: String,
    },
}

impl Integration {
    pub async fn run(self, settings: Settings) -> Outcome {
        open::with(&settings.load(&[])?, async |opened| self.on(opened).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        let Installation { store, root, clock, .. } = opened;
        match self {
            Self::Create { project, label, scopes } => {
                let project = open::project(store, &project).await?.id;
                let scopes = named(&scopes)?;
                let new = NewIntegration { project, label, scopes };
                let keys = integration::create(store, root, clock, new).await?;
                say(format!("integration id: {}", keys.integration))?;
                say(format!("API key:        {}", keys.api_key))?;
                say(format!("secret:         {}", keys.secret))?;
                say("Key and secret are shown this once and kept nowhere: store them now.")
            }
            Self::List { project } => {
                let project = open::project(store, &project).await?.id;
                for row in integration::list(store, project).await? {
                    say(format!("{}  {}  {}", row.id, row.label, row.scopes.0.join(",")))?;
                }
                Ok(())
            }
            Self::IdentityId { project, told } => {
                let project = open::project(store, &project).await?;
                store::always_identity_id(store, project.id, told == "always").await?;
                say(format!(
                    "results of {} verified from now on tell the id of the person {told}",
                    project.name
                ))
            }
        }
    }
}

fn named(names: &[String]) -> Outcome<Vec<Scope>> {
    let scope = |name: &String| {
        Scope::named(name).ok_or_else(|| {
            let known = Scope::ALL.map(Scope::name).join(", ");
            Failure::new(format!("there is no scope `{name}`: choose of {known}"))
        })
    };
    names.iter().map(scope).collect()
}

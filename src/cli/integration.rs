use clap::Subcommand;

use super::{
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    settings::Settings,
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
    /// Create an integration and print its API key and secret, once
    Create {
        /// The project whose results the integration reads, by id or name
        #[arg(long)]
        project: String,
        /// A label for the integration
        #[arg(long)]
        label: String,
        /// Comma-separated scopes released to the integration: `IDENTITY_ID`, `NAME`, `DATE_OF_BIRTH`,
        /// `PHONE`
        #[arg(long, value_delimiter = ',', required = true)]
        scopes: Vec<String>,
    },
    /// List the integrations of a project. `credential rotate ID` issues a new secret for one, `credential
    /// revoke ID` revokes it
    List {
        /// The project, by id or name
        #[arg(long)]
        project: String,
    },
    /// Set whether results of a project always include the user's id, or only with the scope `IDENTITY_ID`
    IdentityId {
        /// The project, by id or name
        #[arg(long)]
        project: String,
        /// When to include the id: `always` or `by-scope`
        #[arg(value_parser = ["always", "by-scope"])]
        include: String,
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
                say("Store the key and the secret now: they are not saved and cannot be shown again.")
            }
            Self::List { project } => {
                let project = open::project(store, &project).await?.id;
                for row in integration::list(store, project).await? {
                    say(format!("{}  {}  {}", row.id, row.label, row.scopes.0.join(",")))?;
                }
                Ok(())
            }
            Self::IdentityId { project, include } => {
                let project = open::project(store, &project).await?;
                store::always_identity_id(store, project.id, include == "always").await?;
                say(format!(
                    "results of {} verified from now on include the user's id: {include}",
                    project.name
                ))
            }
        }
    }
}

fn named(names: &[String]) -> Outcome<Vec<Scope>> {
    let scope = |name: &String| {
        Scope::named(name).ok_or_else(|| {
            let known = Scope::ALL.iter().map(|known| known.name()).collect::<Vec<_>>().join(", ");
            Failure::new(format!("unknown scope `{name}`: use one of {known}"))
        })
    };
    names.iter().map(scope).collect()
}

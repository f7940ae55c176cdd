use std::path::PathBuf;

use clap::Subcommand;
use entity::oidc_provider::Model as Provider;
use oidc::Client;

use super::{
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::{
    config::Config,
    member::{
        oidc::{
            client::{CALLBACK, Providers},
            provider::{self, NewMapping, NewProvider},
        },
        roles,
    },
    project::settings,
};

#[derive(Debug, Subcommand)]
pub enum Oidc {
    /// Add an identity provider, with which people sign in
    Add {
        /// Its name on the sign-in page
        label: String,
        /// The provider's issuer, exactly as its discovery document has it
        #[arg(long)]
        issuer: String,
        /// The client id of this application at the provider
        #[arg(long)]
        client_id: String,
        /// A file with the client secret; without one, PKCE alone binds the code to this application
        #[arg(long)]
        client_secret_file: Option<PathBuf>,
        /// Comma-separated scopes to ask for besides `openid`
        #[arg(long, value_delimiter = ',', default_value = "profile,email")]
        scopes: Vec<String>,
        /// The claim that has a person's groups, such as `groups` or `realm_access.roles`
        #[arg(long)]
        groups_claim: Option<String>,
        /// Switch other ways to sign in off, but for recovery links
        #[arg(long)]
        exclusive: bool,
    },
    /// Ask a provider for its documents and keys, as a sign-in does
    Test {
        /// The provider's name
        label: String,
    },
    /// List the providers and the roles of their groups
    List,
    /// Give a group of a provider a role in a project
    Map {
        /// The provider's name
        label: String,
        /// The group, as the claim has it: with Entra ID its object id
        #[arg(long)]
        group: String,
        /// The project, by id or name
        #[arg(long)]
        project: String,
        /// The role: Owner, Admin, Reviewer, Support, Developer, Auditor, or one that the project made
        #[arg(long)]
        role: String,
        /// Limit the persons to users with at least one of these comma-separated tags
        #[arg(long, value_delimiter = ',')]
        tags: Vec<String>,
        /// Of the groups of a person in a project the lowest rank counts
        #[arg(long, default_value_t = 100)]
        rank: i32,
    },
    /// Take the role of a group in a project away; memberships end at the next sign-in
    Unmap {
        /// The provider's name
        label: String,
        #[arg(long)]
        group: String,
        /// The project, by id or name
        #[arg(long)]
        project: String,
    },
    /// Make a provider the only way to sign in, but for recovery links
    Exclusive {
        /// The provider's name
        label: String,
        /// Allow the other ways again
        #[arg(long)]
        lift: bool,
    },
    /// Remove a provider; its members stay, and no longer sign in with it
    Remove {
        /// The provider's name
        label: String,
    },
}

impl Oidc {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        open::with(&config, async |opened| self.on(opened, &config).await).await
    }

    async fn on(self, opened: &Installation, config: &Config) -> Outcome {
        let Installation { store, clock, .. } = opened;
        match self {
            Self::Add { label, issuer, client_id, client_secret_file, scopes, groups_claim, exclusive } => {
                let client_secret = match client_secret_file {
                    Some(file) => Some(read_secret(&file)?),
                    None => None,
                };
                let is_exclusive = exclusive;
                let new = NewProvider {
                    label,
                    issuer,
                    client_id,
                    client_secret,
                    scopes,
                    groups_claim,
                    is_exclusive,
                };
                add(opened, config, new).await
            }
            Self::Test { label } => {
                let provider = named(opened, &label).await?;
                test(opened, config, &provider).await
            }
            Self::List => {
                for provider in provider::list(store.write()).await? {
                    show(opened, &provider).await?;
                }
                Ok(())
            }
            Self::Map { label, group, project, role, tags, rank } => {
                let provider = named(opened, &label).await?;
                let project = open::project(store, &project).await?;
                roles::ensure_built_in(store.write(), clock, project.id).await?;
                let Some(role) = roles::named(store.write(), project.id, &role).await? else {
                    let known = roles::list(store.write(), project.id).await?;
                    let known: Vec<_> = known.into_iter().map(|role| role.name).collect();
                    let known = known.join(", ");
                    return Err(Failure::new(format!("unknown role `{role}`: use one of {known}")));
                };
                let tag_limits = Some(tags).filter(|tags| !tags.is_empty());
                let text = format!("`{group}` of {label} is {} in {}", role.name, project.name);
                let new = NewMapping {
                    provider: provider.id,
                    group,
                    project: project.id,
                    role: role.id,
                    tag_limits,
                    rank,
                };
                let transaction = store.begin().await?;
                provider::map(&transaction, clock, new).await?;
                transaction.commit().await?;
                say(text)
            }
            Self::Unmap { label, group, project } => {
                let provider = named(opened, &label).await?;
                let project = open::project(store, &project).await?;
                let mappings = provider::mappings(store.write(), provider.id).await?;
                let mapping =
                    mappings.iter().find(|row| row.project_id == project.id && row.group_name == group);
                let mapping = mapping.ok_or_else(|| {
                    Failure::new(format!(
                        "`{group}` has no role in {}: see `verigraph oidc list`",
                        project.name
                    ))
                })?;
                let transaction = store.begin().await?;
                provider::unmap(&transaction, clock, mapping).await?;
                transaction.commit().await?;
                say("Memberships of this group end at the next sign-in of their members.")
            }
            Self::Exclusive { label, lift } => {
                let provider = named(opened, &label).await?;
                if !lift {
                    refuse_passkeys_only(opened).await?;
                }
                provider::set_exclusive(store.write(), provider.id, !lift).await?;
                if lift {
                    return say("The other ways to sign in are back.");
                }
                say(format!(
                    "People sign in with {label} only. `verigraph member recover EMAIL` lets a member in without it."
                ))
            }
            Self::Remove { label } => {
                let provider = named(opened, &label).await?;
                let transaction = store.begin().await?;
                provider::remove(&transaction, clock, provider.id).await?;
                transaction.commit().await?;
                say(format!(
                    "{label} is removed. `verigraph member recover EMAIL` gives its members another way in."
                ))
            }
        }
    }
}

/// Refuses an exclusive provider while a project is entered by passkey only: no member could enter it.
async fn refuse_passkeys_only(opened: &Installation) -> Outcome {
    let projects = settings::names_with_passkeys_only(opened.store.write()).await?;
    if projects.is_empty() {
        return Ok(());
    }
    let projects = projects.join(", ");
    Err(Failure::new(format!(
        "members enter {projects} by passkey only: switch that off first, under Settings > Sign-in"
    )))
}

async fn add(opened: &Installation, config: &Config, new: NewProvider) -> Outcome {
    let Installation { store, root, clock, .. } = opened;
    if new.is_exclusive {
        refuse_passkeys_only(opened).await?;
    }
    if new.label.trim().is_empty() {
        return Err(Failure::new("give the provider a name: people see it on the sign-in page"));
    }
    if provider::list(store.write()).await?.iter().any(|known| known.label == new.label) {
        let text = format!("a provider is named `{}` already: see `verigraph oidc list`", new.label);
        return Err(Failure::new(text));
    }
    let row = provider::row(root, clock, new)?;
    let callback = callback(config);
    let providers = Providers::new(&config.oidc);
    let client = Client::new(providers.config(root, &row, callback.clone())?);
    let client = client.map_err(|error| Failure::new(error.to_string()))?;
    if let Err(error) = client.check(&providers, clock.now().seconds()).await {
        return Err(Failure::new(format!("nothing was added: {error}")));
    }
    let label = row.label.clone();
    provider::insert(store.write(), row).await?;
    say(format!("{label} is added. Register this redirect URI there: {callback}"))?;
    say(format!("No person can sign in until a group has a role: verigraph oidc map {label:?} --group …"))
}

async fn test(opened: &Installation, config: &Config, provider: &Provider) -> Outcome {
    let providers = Providers::new(&config.oidc);
    let callback = callback(config);
    let client = Client::new(providers.config(&opened.root, provider, callback.clone())?);
    let client = client.map_err(|error| Failure::new(error.to_string()))?;
    let summary = client.check(&providers, opened.clock.now().seconds()).await;
    let summary = summary.map_err(|error| Failure::new(error.to_string()))?;
    say(format!("sign-in page   {}", summary.authorization_endpoint))?;
    say(format!("token endpoint {}", summary.token_endpoint))?;
    say(format!("keys           {}", summary.keys))?;
    say(format!("redirect URI   {callback}"))
}

async fn show(opened: &Installation, provider: &Provider) -> Outcome {
    let Installation { store, .. } = opened;
    let exclusive = if provider.is_exclusive { "  the only way to sign in" } else { "" };
    say(format!("{}  {}  {}{exclusive}", provider.label, provider.issuer, provider.client_id))?;
    for mapping in provider::mappings(store.write(), provider.id).await? {
        let project = open::project(store, &mapping.project_id.to_string()).await?;
        let role = roles::list(store.write(), project.id).await?;
        let role = role.into_iter().find(|role| role.id == mapping.role_id);
        let role = role.map_or_else(String::new, |role| role.name);
        let tags =
            mapping.tag_limits.map_or_else(String::new, |tags| format!(" only tags {}", tags.0.join(",")));
        say(format!("  {}: {} ({role}{tags})  rank {}", mapping.group_name, project.name, mapping.rank))?;
    }
    Ok(())
}

/// The address that the provider sends browsers back to.
fn callback(config: &Config) -> String {
    match &config.public_url {
        Some(url) => url.of(CALLBACK),
        // People sign in without https on this machine only.
        None => format!("http://localhost:{}{CALLBACK}", config.listen.port()),
    }
}

fn read_secret(file: &std::path::Path) -> Outcome<zeroize::Zeroizing<String>> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
    Ok(zeroize::Zeroizing::new(text.trim().to_owned()))
}

async fn named(opened: &Installation, label: &str) -> Outcome<Provider> {
    let found = provider::list(opened.store.write()).await?.into_iter().find(|row| row.label == label);
    found.ok_or_else(|| Failure::new(format!("no provider `{label}`: see `verigraph oidc list`")))
}

use clap::Subcommand;

use super::{
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::auth::{
    Permission, Permissions,
    credential::{self, IssuedCredential, NewCredential},
};

const ONCE: &str = "Store it now: it is not saved and cannot be shown again.";

#[derive(Debug, Subcommand)]
pub enum Credential {
    /// Create a credential and print its secret, once
    Create {
        /// The project it gives access to, by id or name
        #[arg(long)]
        project: String,
        /// A label for the credential
        #[arg(long)]
        label: String,
        /// Comma-separated permissions [default: all]
        #[arg(long, value_delimiter = ',', long_help = permissions_help())]
        permissions: Vec<String>,
        /// Limit it to users with at least one of these comma-separated tags
        #[arg(long, value_delimiter = ',')]
        tags: Vec<String>,
    },
    /// List the credentials of a project, without secrets
    List {
        /// The project, by id or name
        #[arg(long)]
        project: String,
    },
    /// Issue a new secret for a credential and print it, once
    Rotate {
        /// The client id
        client_id: String,
        /// Hours for which the current secret remains valid
        #[arg(long, default_value = "24")]
        keep_hours: u32,
    },
    /// Issue a new API key for a credential and print it, once
    RotateKey {
        /// The client id
        client_id: String,
        /// Hours for which the current key remains valid
        #[arg(long, default_value = "24")]
        keep_hours: u32,
    },
    /// Revoke a credential with its secrets and tokens
    Revoke {
        /// The client id
        client_id: String,
    },
}

fn permissions_help() -> String {
    let list: String = Permission::ALL
        .iter()
        .map(|permission| format!("\n  {:<22} {}", permission.name(), permission.description()))
        .collect();
    format!("Comma-separated permissions [default: all]:{list}")
}

impl Credential {
    pub async fn run(self, settings: Settings) -> Outcome {
        open::with(&settings.load(&[])?, async |opened| self.on(opened).await).await
    }

    async fn on(self, opened: &Installation) -> Outcome {
        let Installation { store, root, clock, .. } = opened;
        match self {
            Self::Create { project, label, permissions, tags } => {
                let project = open::project(store, &project).await?.id;
                let (named, permissions) = (&permissions, self::named(&permissions)?);
                let tag_limits = Some(tags).filter(|tags| !tags.is_empty());
                let permissions =
                    if tag_limits.is_some() { limited(permissions, named)? } else { permissions };
                let new =
                    NewCredential { project, label, permissions, tag_limits, number: None, created_by: None };
                show(&credential::create(store, root, clock, new).await?)
            }
            Self::List { project } => {
                let project = open::project(store, &project).await?.id;
                for row in credential::list(store, project).await? {
                    let state = if row.revoked_at.is_some() { "revoked" } else { "live" };
                    let tags = row
                        .tag_limits
                        .map_or(String::new(), |tags| format!("  only tags {}", tags.0.join(",")));
                    let permissions = row.permissions.0.join(",");
                    say(format!("{}  {state:<7} {}  {permissions}{tags}", row.client_id, row.label))?;
                }
                Ok(())
            }
            Self::Rotate { client_id, keep_hours } => {
                let keep = i64::from(keep_hours) * 60 * 60;
                let pair = credential::rotate(store, root, clock, &client_id, keep).await?;
                let pair = pair.ok_or_else(|| unknown(&client_id))?;
                say(format!("the previous secret remains valid for {keep_hours} hours"))?;
                show(&pair)
            }
            Self::RotateKey { client_id, keep_hours } => {
                let keep = i64::from(keep_hours) * 60 * 60;
                let key = credential::rotate_key(store, root, clock, &client_id, keep).await?;
                let key = key.ok_or_else(|| unknown(&client_id))?;
                say(format!("the previous key remains valid for {keep_hours} hours"))?;
                say(format!("api key:       {key}"))?;
                say(ONCE)
            }
            Self::Revoke { client_id } => {
                if !credential::revoke(store, clock, &client_id).await? {
                    return Err(unknown(&client_id));
                }
                say(format!("{client_id} is revoked; servers stop answering its tokens within seconds"))
            }
        }
    }
}

fn unknown(client_id: &str) -> Failure {
    Failure::new(format!("no active credential `{client_id}`: see `verigraph credential list`"))
}

fn show(pair: &IssuedCredential) -> Outcome {
    say(format!("client id:     {}", pair.client_id))?;
    say(format!("client secret: {}", pair.client_secret))?;
    if let Some(key) = &pair.api_key {
        say(format!("api key:       {key}"))?;
    }
    say(ONCE)
}

/// Keeps the permissions that can be combined with tag limits. "All permissions" means all of those; a
/// permission that was requested by name and cannot be combined with them is an error.
fn limited(permissions: Permissions, names: &[String]) -> Outcome<Permissions> {
    match permissions.iter().find(|permission| !permission.goes_with_tag_limits()) {
        Some(other) if !names.is_empty() => {
            let text = format!("{other} applies to all users: remove it, or remove --tags");
            Err(Failure::new(text))
        }
        _ => Ok(permissions.iter().filter(|permission| permission.goes_with_tag_limits()).collect()),
    }
}

fn named(names: &[String]) -> Outcome<Permissions> {
    if names.is_empty() {
        return Ok(Permissions::all());
    }
    let permission = |name: &String| {
        Permission::named(name).ok_or_else(|| {
            let known = Permission::ALL.iter().map(|known| known.name()).collect::<Vec<_>>().join(", ");
            Failure::new(format!("unknown permission `{name}`: use one of {known}"))
        })
    };
    names.iter().map(permission).collect()
}

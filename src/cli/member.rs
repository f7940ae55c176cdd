use clap::Subcommand;
use entity::{
    member::{self, Status},
    member_link::Purpose,
};

use super::{
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    settings::Settings,
};
use crate::{
    config::Config,
    db::Store,
    member::{
        link::{self, HOUR, NewLink, WEEK},
        profile::{Profile, email_address},
        roles, session, store,
    },
};

#[derive(Debug, Subcommand)]
pub enum Member {
    /// Print a link with which a person joins a project, once
    Invite {
        /// The person's e-mail address
        email: String,
        /// The project, by id or name
        #[arg(long)]
        project: String,
        /// The role: Owner, Admin, Reviewer, Support, Developer, Auditor, or one that the project made
        #[arg(long)]
        role: String,
        /// Limit the person to users with at least one of these comma-separated tags
        #[arg(long, value_delimiter = ',')]
        tags: Vec<String>,
        /// Let the person create projects and configure single sign-on
        #[arg(long)]
        operator: bool,
    },
    /// Print a link with which a member chooses a new password and authenticator app, once
    Recover {
        /// The member's e-mail address
        email: String,
    },
    /// List the members with their projects and roles
    List,
    /// Keep a member from signing in, and end its sessions
    Suspend {
        /// The member's e-mail address
        email: String,
        /// Let the member sign in again
        #[arg(long)]
        lift: bool,
    },
    /// End all sessions of a member
    SignOut {
        /// The member's e-mail address
        email: String,
    },
    /// Print the link that creates the first member of an installation; the previous link stops working
    SetUpLink,
}

impl Member {
    pub async fn run(self, settings: Settings) -> Outcome {
        let config = settings.load(&[])?;
        open::with(&config, async |opened| self.on(opened, &config).await).await
    }

    async fn on(self, opened: &Installation, config: &Config) -> Outcome {
        let Installation { store, root, clock, .. } = opened;
        match self {
            Self::Invite { email, project, role, tags, operator } => {
                let email = email_address(&email)?;
                let project = open::project(store, &project).await?;
                roles::ensure_built_in(store.write(), clock, project.id).await?;
                let Some(role) = roles::named(store.write(), project.id, &role).await? else {
                    let known = roles::list(store.write(), project.id).await?;
                    let known: Vec<_> = known.into_iter().map(|role| role.name).collect();
                    let known = known.join(", ");
                    return Err(Failure::new(format!("unknown role `{role}`: use one of {known}")));
                };
                let tags = Some(tags).filter(|tags| !tags.is_empty());
                let new = NewLink {
                    purpose: Purpose::Invite,
                    member: None,
                    membership: Some((project.id, role.id, tags)),
                    email: Some(email),
                    is_operator: operator,
                    created_by: None,
                    life: WEEK,
                };
                let token = link::create(store.write(), root, clock, new).await?;
                say(address(config, &token))?;
                say("Send it to this person only. It works once, for 7 days.")
            }
            Self::Recover { email } => {
                let member = named(opened, &email).await?;
                let new = NewLink {
                    purpose: Purpose::Recover,
                    member: Some(member.id),
                    membership: None,
                    email: None,
                    is_operator: false,
                    created_by: None,
                    life: HOUR,
                };
                let token = link::create(store.write(), root, clock, new).await?;
                say(address(config, &token))?;
                say("It works once, for an hour. Using it ends the member's sessions.")
            }
            Self::List => {
                for row in store::list(store).await? {
                    show(opened, &row).await?;
                }
                Ok(())
            }
            Self::Suspend { email, lift } => {
                let member = named(opened, &email).await?;
                if lift {
                    store::set_status(store, clock, member.id, Status::Active).await?;
                    return say(format!("{email} can sign in again"));
                }
                store::set_status(store, clock, member.id, Status::Suspended).await?;
                end_sessions(opened, &member).await?;
                say(format!("{email} is suspended; its sessions end within two seconds"))
            }
            Self::SignOut { email } => {
                let member = named(opened, &email).await?;
                let ended = end_sessions(opened, &member).await?;
                say(format!("{ended} sessions of {email} end within two seconds"))
            }
            Self::SetUpLink => {
                let Some(link) = set_up_link(opened, config).await? else {
                    let text = "this installation has members: invite with `verigraph member invite`, or give \
                                access back with `verigraph member recover`";
                    return Err(Failure::new(text));
                };
                say(link)?;
                say("It works once, for an hour. Earlier set-up links no longer work.")
            }
        }
    }
}

/// Creates the link that makes the first member. `None` if there is a member.
pub async fn set_up_link(opened: &Installation, config: &Config) -> Outcome<Option<String>> {
    let Installation { store, root, clock, .. } = opened;
    if store::has_members(store).await? {
        return Ok(None);
    }
    let new = NewLink {
        purpose: Purpose::SetUp,
        member: None,
        membership: None,
        email: None,
        is_operator: true,
        created_by: None,
        life: HOUR,
    };
    let token = link::create(store.write(), root, clock, new).await?;
    Ok(Some(address(config, &token)))
}

/// The address of a link. The token is in its fragment, which browsers do not send.
fn address(config: &Config, token: &str) -> String {
    let path = format!("/dashboard/link#{token}");
    match &config.public_url {
        Some(url) => url.of(&path),
        // People sign in without https on this machine only.
        None => format!("http://localhost:{}{path}", config.listen.port()),
    }
}

async fn named(opened: &Installation, email: &str) -> Outcome<member::Model> {
    let found = store::find_by_email(opened.store.write(), &opened.root, email).await?;
    found.ok_or_else(|| Failure::new(format!("no member `{email}`: see `verigraph member list`")))
}

async fn end_sessions(opened: &Installation, member: &member::Model) -> Outcome<u64> {
    let transaction = opened.store.begin().await?;
    let ended = session::end(&transaction, &opened.clock, member.id, session::Which::All).await?;
    transaction.commit().await?;
    Ok(ended)
}

async fn show(opened: &Installation, row: &member::Model) -> Outcome {
    let Installation { store, root, .. }: &Installation = opened;
    let store: &Store = store;
    let profile = Profile::open(root, row)?;
    let (name, email) = profile.map_or_else(Default::default, |profile| (profile.name, profile.email));
    let access = store::access_of(store.write(), row.id).await?;
    let access: Vec<_> = access
        .into_iter()
        .map(|access| {
            let tags = access
                .membership
                .tag_limits
                .map_or_else(String::new, |tags| format!(" only tags {}", tags.0.join(",")));
            format!("{} ({}{tags})", access.project.name, access.role.name)
        })
        .collect();
    let operator = if row.is_operator { "  operator" } else { "" };
    let status = match row.status {
        Status::Active => "active",
        Status::Suspended => "suspended",
        Status::Removed => "removed",
    };
    say(format!("{email}  {name}  {status}{operator}  {}", access.join(", ")))
}

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use clap::Args;
use entity::{Timestamp, credential};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    logging::start_log,
    open::{Installation, StatementTimeout, open},
    outcome::{Failure, Outcome, say},
    seed::People,
    serve::{addresses, app, bind, run},
    settings::Settings,
};
use crate::{
    auth::{Audience, MAX_LIFE, Permissions, Signer, TokenSubject, VerifiedToken},
    clock::Clock,
    config::PublicUrl,
    db::Store,
    http::{Explorer, ExplorerTab},
    services::Services,
};

mod data;
mod examples;
mod history;
mod members;
mod proofings;
mod results;
mod sessions;

/// The query of the document "Get a list of identifications", identical but for the indentation.
const SEED_QUERY: &str = include_str!("identifications.graphql");

#[derive(Debug, Args)]
pub struct Demo {
    /// Address to listen on, on this machine only [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Number of sandbox users to add, with their records
    #[arg(long, default_value = "0")]
    users: u32,
    /// Start over: delete the data that the demo has stored
    #[arg(long)]
    reset: bool,
    /// Print commands that try each API of a running demo, and exit
    #[arg(long, conflicts_with_all = ["users", "reset"])]
    examples: bool,
}

impl Demo {
    pub async fn run(self, mut settings: Settings) -> Outcome {
        settings.data_dir.get_or_insert_with(|| "data/demo".to_owned());
        settings.log_level.get_or_insert_with(|| "warn".to_owned());
        let mut config = settings.load(&[("listen", self.listen)])?;
        if self.examples {
            return say(examples::all(&examples::url(&config)));
        }
        start_log(&config);
        if !addresses(&config).await?.iter().all(|address| address.ip().is_loopback()) {
            let text = "the demo's credentials are public, so it listens on this machine only: \
                        choose an address such as 127.0.0.1:8080";
            return Err(Failure::new(text));
        }
        let listener = bind(&config).await?;
        if self.reset {
            reset(&config.data_dir, config.database_url.is_some())?;
        }
        let opened = open(&config, StatementTimeout::Command).await?;
        let demo = data::fill(&opened).await?;
        let demo_members = members::fill(&opened, [demo.project, demo.other_project]).await?;
        if self.users > 0 {
            People { seed: 1, identifications: 5 }.add(&opened, demo.project, self.users).await?;
        }

        let opened = opened.for_requests(&config).await?;
        let address = listener.local_addr()?;
        // A demo's webhook receiver usually runs on the same machine.
        config.webhooks.allow_private = true;
        config.oidc.allow_private = true;
        config.public_url.get_or_insert(PublicUrl::from(address));
        let facts = facts(&opened, &demo, address).await?;
        write_facts(&config.data_dir, &facts)?;
        let token = facts["token"].as_str().unwrap_or_default().to_owned();
        let tabs = vec![
            tab("ListOfIdentifications", SEED_QUERY),
            tab("LevelsOfUser", include_str!("levels.graphql")),
            tab("Users", include_str!("users.graphql")),
            tab("Events", include_str!("events.graphql")),
            tab("RunScenario", include_str!("scenario.graphql")),
            tab("Sandbox", include_str!("sandbox.graphql")),
        ];
        let app =
            app(opened, &config, Explorer { token: Some(token), tabs, demo_members, ..Explorer::default() })?;
        say(examples::welcome(address, &facts_file(&config.data_dir)))?;
        run(app, listener, &config).await
    }
}

/// Inserts the demo's rows and images into a database and returns the id of its project.
///
/// # Errors
///
/// A one-line message that says what went wrong.
pub async fn fill(services: &Services) -> Result<Uuid, String> {
    let Services { store, vault, root, clock, images, ledger, .. } = services.clone();
    let filled = data::fill(&Installation { store, vault, root, clock, images, ledger }).await;
    filled.map(|demo| demo.project).map_err(|Failure(text)| text)
}

/// The client ids of the demo's credentials that are active in this database. Their secrets are public.
pub async fn public_credentials(store: &Store) -> Result<Vec<String>, DbErr> {
    let known = data::CLIENTS.map(|(client_id, _)| client_id.to_owned()).into_iter();
    credential::Entity::find()
        .select_only()
        .column(credential::Column::ClientId)
        .filter(credential::Column::ClientId.is_in(known.chain(results::integrations())))
        .filter(credential::Column::RevokedAt.is_null())
        .order_by_asc(credential::Column::Id)
        .into_tuple()
        .all(store.read())
        .await
}

fn tab(title: &str, query: &str) -> ExplorerTab {
    ExplorerTab { title: title.to_owned(), query: query.to_owned(), variables: None }
}

/// Deletes the embedded database, the images and the root key. Never empties a PostgreSQL database, which may
/// hold other data.
fn reset(data_dir: &Path, is_elsewhere: bool) -> Outcome {
    if is_elsewhere {
        let text = "--reset deletes only the embedded database: drop and create other databases yourself";
        return Err(Failure::new(text));
    }
    for name in [
        "verigraph.db",
        "verigraph.db-wal",
        "verigraph.db-shm",
        "erasures.db",
        "erasures.db-wal",
        "erasures.db-shm",
        "root.key",
        "demo.json",
    ] {
        match fs::remove_file(data_dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    match fs::remove_dir_all(data_dir.join("images")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Facts about the running demo, for scripts to read.
async fn facts(opened: &Installation, demo: &data::DemoData, address: SocketAddr) -> Outcome<Value> {
    let signer = Signer::new(opened.store.clone(), opened.root.clone());
    let clock = &opened.clock;
    let token = async |credential: Uuid, clock: &Clock| {
        let issued =
            VerifiedToken { subject: TokenSubject::Credential(credential), scope: Permissions::all() };
        signer.issue(issued, Audience::Graph, clock, MAX_LIFE).await
    };
    let long_ago = Clock::fixed(Timestamp(clock.now().0 - 2 * MAX_LIFE * 1000));
    let url = format!("http://{address}");
    Ok(json!({
        "url": url,
        "graphql": format!("{url}/graphql"),
        "explorer": format!("{url}/explorer/"),
        "pid": std::process::id(),
        "clientId": data::CLIENT_ID,
        "clientSecret": data::CLIENT_SECRET,
        "token": token(demo.credential, clock).await?,
        "tokens": {
            "noIdproofing": token(demo.no_idproofing_credential, clock).await?,
            "tagged": token(demo.tagged_credential, clock).await?,
            "otherProject": token(demo.other_credential, clock).await?,
            "expired": token(demo.credential, &long_ago).await?,
        },
        "seedUserId": demo.seed_user,
        "taggedUserId": demo.tagged_user,
        "integrations": demo.integrations,
        "idproofing": { "applicationId": data::CLIENT_ID, "sharedSecret": data::CLIENT_SECRET },
        "apiKey": data::API_KEY,
        "refId": sessions::REF_ID,
    }))
}

/// Writes a temporary file and renames it, so that a script never reads a partial file.
fn write_facts(data_dir: &Path, facts: &Value) -> Outcome {
    let (path, draft) = (facts_file(data_dir), data_dir.join("demo.json.new"));
    let _ = fs::remove_file(&draft);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    serde_json::to_writer_pretty(&mut file, facts).map_err(std::io::Error::from)?;
    fs::rename(draft, path)?;
    Ok(())
}

fn facts_file(data_dir: &Path) -> PathBuf {
    data_dir.join("demo.json")
}

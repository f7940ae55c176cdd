use std::{fmt::Write, fs, path::PathBuf, sync::Arc};

use clap::Args;
use entity::{Timestamp, project::Mode};
use serde_json::{Value, json};

use super::{
    open::{self, Installation},
    outcome::{Failure, Outcome, say},
    receiver::Receiver,
    settings::Settings,
};
use crate::{
    auth::{
        Caller, Permissions, Signer, TokenSubject,
        authenticator::Authenticator,
        credential::{self, NewCredential},
    },
    blob::Images,
    clock::Clock,
    config::{Config, Oidc},
    crypto::{RootKey, Vault},
    db::{ChangeNotifier, migrate},
    graphql::Duration,
    heartbeat::Heartbeat,
    member::{oidc::client::Providers, password::Passwords},
    project::{Clocks, store as projects},
    scenario::{self, Scenario, expected::Delivered, timeline::ScenarioRun},
    schema::{POLICY, erasure::ERASE_STEPS},
    services::Services,
    user::{ledger::Ledger, search_limits::Searches},
    verification::known_levels::KnownLevels,
    webhook::{EgressPolicy, Sender},
};

/// Start time of scenarios that run on their own database. Fixed, so that runs are reproducible.
const BEGIN: Timestamp = Timestamp(1_767_225_600_000);

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Simulate {
    /// Files, or names of built-in scenarios
    #[arg(value_name = "FILE", required_unless_present_any = ["list", "schema"])]
    files: Vec<String>,
    /// Compare with the outcome that the files expect, and fail if it differs
    #[arg(long)]
    expect: bool,
    /// A Sandbox project, by id or name [default: a new project for each file, on a temporary database]
    #[arg(long)]
    project: Option<String>,
    /// Print JSON, one object for each file
    #[arg(long)]
    json: bool,
    /// List the built-in scenarios
    #[arg(long)]
    list: bool,
    /// Print the JSON schema of scenario files
    #[arg(long)]
    schema: bool,
}

/// The outcome of a scenario file.
pub struct Simulated {
    pub name: String,
    pub ran: ScenarioRun,
    /// Differences from what the file expects.
    pub differences: Vec<String>,
}

impl Simulate {
    pub async fn run(self, settings: Settings) -> Outcome {
        if self.schema {
            return say(scenario::schema().trim_end());
        }
        if self.list {
            for (name, text) in scenario::shipped() {
                let about = scenario::parse(&text).map_or_else(|wrong| wrong.to_string(), |it| it.name);
                say(format!("{name:<40} {about}"))?;
            }
            return Ok(());
        }
        let scenarios = self.files.iter().map(|name| read(name)).collect::<Outcome<Vec<_>>>()?;
        let config = settings.load(&[])?;
        let failed = match &self.project {
            Some(project) => {
                let opened = open::open(&config, open::StatementTimeout::Command).await?;
                let done = self.on(&services(&opened, &config), Some(project), &scenarios).await;
                opened.store.close().await;
                opened.ledger.close().await;
                done?
            }
            None => self.on_its_own(config, &scenarios).await?,
        };
        match failed {
            0 => Ok(()),
            failed => Err(Failure::new(format!(
                "{failed} of {} scenarios differed from what they expect",
                scenarios.len()
            ))),
        }
    }

    /// Runs the scenarios on a temporary database.
    async fn on_its_own(&self, config: Config, scenarios: &[Scenario]) -> Outcome<usize> {
        let directory =
            std::env::temp_dir().join(format!("verigraph-simulate-{}", Clock::machine().new_id()));
        let config = Config { data_dir: directory.clone(), database_url: None, root_key: None, ..config };
        let config = Config { root_key_file: None, images_url: None, erasure_ledger_url: None, ..config };
        let done = async {
            let store = open::store(&config, open::StatementTimeout::Command).await?;
            migrate::up(&store).await?;
            let root = RootKey::read_or_create(&directory.join("root.key"))?;
            let clock = Clock::fixed(BEGIN);
            let vault = Vault::new(store.clone(), root.clone(), clock.clone());
            let images = Images::in_directory(&directory.join("images"));
            let ledger = Ledger::at(&config.erasure_ledger_url());
            let opened = Installation { store, vault, root, clock, images, ledger };
            let done = self.on(&services(&opened, &config), None, scenarios).await;
            opened.store.close().await;
            opened.ledger.close().await;
            done
        };
        let done = Box::pin(done).await;
        // A failure is harmless: the directory is in the system's temporary directory.
        drop(fs::remove_dir_all(&directory));
        done
    }

    /// Runs all scenarios. Returns how many differ from what they expect.
    async fn on(&self, services: &Services, project: Option<&str>, scenarios: &[Scenario]) -> Outcome<usize> {
        let mut failed = 0;
        for scenario in scenarios {
            let caller = caller(services, project).await?;
            let simulated = simulate(services, &caller.0, scenario).await;
            if project.is_some() {
                credential::revoke(&services.store, &services.clock, &caller.1).await?;
            }
            let simulated = simulated?;
            let is_otherwise = self.expect && !simulated.differences.is_empty();
            failed += usize::from(is_otherwise);
            if self.json {
                say(as_json(&simulated, self.expect))?;
            } else {
                say(timeline(&simulated, self.expect).trim_end())?;
            }
        }
        Ok(failed)
    }
}

/// Runs a scenario for a caller, with a webhook receiver, and compares the outcome with what it expects.
///
/// # Errors
///
/// A one-line message that says what went wrong.
pub async fn simulate(services: &Services, caller: &Caller, scenario: &Scenario) -> Outcome<Simulated> {
    let receiver = match &scenario.webhooks {
        Some(wanted) => Some(Receiver::start(services, caller, wanted).await?),
        None => None,
    };
    let ran = Box::pin(scenario::run(services, caller, scenario)).await;
    let received: Vec<Delivered> = match receiver {
        Some(receiver) => receiver.stop(services, caller).await?,
        None => Vec::new(),
    };
    let mut ran = ran?;
    ran.actual.webhooks = Some(received);
    let expected = scenario.expect.clone().unwrap_or_default();
    let differences = expected.differences(&ran.actual);
    Ok(Simulated { name: scenario.name.clone(), ran, differences })
}

/// Reads a file, or a built-in scenario.
fn read(name: &str) -> Outcome<Scenario> {
    let text = match fs::read_to_string(PathBuf::from(name)) {
        Ok(text) => text,
        Err(error) => scenario::shipped().remove(name).ok_or_else(|| {
            Failure::new(format!(
                "`{name}` is neither a readable file ({error}) nor a built-in scenario: \
                see `verigraph simulate --list`"
            ))
        })?,
    };
    scenario::parse(&text).map_err(|wrong| Failure::new(format!("{name}: {wrong}")))
}

fn services(opened: &Installation, config: &Config) -> Services {
    // The receiver runs on this machine.
    let mut webhooks = config.webhooks.clone();
    webhooks.allow_private = true;
    webhooks.concurrency = 1;
    Services {
        clock: opened.clock.clone(),
        clocks: Clocks::new(opened.clock.clone()),
        webhooks: Arc::new(webhooks),
        store: opened.store.clone(),
        vault: opened.vault.clone(),
        root: opened.root.clone(),
        limits: Arc::new(config.limits.clone()),
        images: opened.images.clone(),
        ledger: opened.ledger.clone(),
        erase_steps: ERASE_STEPS,
        policy: &POLICY,
        sender: Sender::new(EgressPolicy::Everywhere),
        notifier: ChangeNotifier::new(opened.store.clone()),
        heartbeat: Heartbeat::default(),
        uploads: Arc::new(scenario::upload::Uploads),
        levels: KnownLevels::default(),
        searches: Searches::default(),
        passwords: Passwords::new(opened.root.clone()),
        demo_members: Arc::default(),
        providers: Providers::new(&Oidc::default()),
        public_url: None,
        trusted_proxies: Arc::default(),
    }
}

/// A caller with all permissions in a Sandbox project, and the client id to revoke afterwards.
async fn caller(services: &Services, project: Option<&str>) -> Outcome<(Caller, String)> {
    let (store, clock) = (&services.store, &services.clock);
    let project = if let Some(name) = project {
        open::project(store, name).await?
    } else {
        let name = format!("scenario {}", clock.new_id());
        let created = projects::create(store, clock, &name, Mode::Sandbox).await?;
        created.ok_or_else(|| Failure::new("a project with that name already exists"))?
    };
    if project.mode != Mode::Sandbox {
        return Err(Failure::new(format!(
            "`{}` is a Live project: scenarios run only in Sandbox projects",
            project.name
        )));
    }
    let new = NewCredential {
        project: project.id,
        label: "verigraph simulate".to_owned(),
        permissions: Permissions::all(),
        tag_limits: None,
        number: None,
        created_by: None,
    };
    let pair = credential::create(store, &services.root, clock, new).await?;
    let signer = Signer::new(store.clone(), services.root.clone());
    let callers = Authenticator::new(store.clone(), signer, services.root.clone());
    let subject = TokenSubject::Credential(pair.credential);
    let caller = callers.reread(&[subject], clock.now()).await?.remove(&subject);
    let caller = caller.ok_or_else(|| Failure::new("the credential that was just created is missing"))?;
    Ok((caller, pair.client_id))
}

/// The timeline as text: time, step, action and outcome.
fn timeline(simulated: &Simulated, compares: bool) -> String {
    let mut text = format!("{}\n", simulated.name);
    for it in &simulated.ran.happened {
        let after = Duration(it.after).text();
        let step = it.step.map_or_else(|| "·".to_owned(), |step| step.to_string());
        let refused = if it.is_refused { "refused: " } else { "" };
        // Writing to a string does not fail.
        let line = format!("  {after:<12} {step:>3}  {:<18} {refused}{}", it.what, it.outcome);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    for it in simulated.ran.actual.webhooks.iter().flatten() {
        let _ = writeln!(text, "  webhook           {} answered {}", it.event, it.answered);
    }
    if compares {
        let verdict = if simulated.differences.is_empty() { "as expected" } else { "NOT as expected" };
        let _ = writeln!(text, "  {verdict}");
        for line in &simulated.differences {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

fn as_json(simulated: &Simulated, compares: bool) -> Value {
    let Simulated { name, ran, differences } = simulated;
    let mut report = json!({ "name": name, "happened": ran.happened, "ids": ran.ids, "named": ran.named, "actual": ran.actual });
    if compares {
        report["differences"] = json!(differences);
    }
    report
}

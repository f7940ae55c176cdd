//! The command line: the real program, in a directory of its own.

mod accounts;
mod demo;
mod disk;
mod doctor;
mod failures;
mod levels;
mod locked;
mod oidc;
mod receipts;
mod replicas;
mod request_log;
mod restore;
mod root_key;
mod rotation;
mod servers;
mod settings;

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::harness::{Db, database, fast_directory};

/// A directory to run the program in.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::Builder::new().prefix("verigraph-cli").tempdir_in(fast_directory()).unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// URL of an empty database: a file in this directory, or a database of the tests' cluster.
    async fn database_url(&self, db: Db) -> String {
        match db {
            Db::Sqlite => format!("sqlite://{}", self.path("test.db").display()),
            Db::Postgres => database().await,
        }
    }

    /// The program, without the environment of this process.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_verigraph"));
        command.args(arguments).current_dir(self.0.path()).env_clear();
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Standard output of a run that must succeed.
    fn run_ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The word after a label in the output of a command.
fn word_after<'a>(said: &'a str, label: &str) -> &'a str {
    let rest = said.split_once(label).unwrap_or_else(|| panic!("no `{label}` in {said}")).1;
    rest.split_whitespace().next().unwrap()
}

#[test]
fn the_schema_is_printed_without_a_database() {
    let place = Place::new();
    let printed = place.run_ok(&["schema"]);
    async_graphql::parser::parse_schema(&printed).unwrap();
    assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 0);
    let checked_in = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    if let Ok(checked_in) = fs::read_to_string(checked_in) {
        assert!(
            printed.trim_end() == checked_in.trim_end(),
            "schema.graphql is not current: run `make schema`"
        );
    }
}

#[test]
fn the_openapi_document_is_printed_without_a_database() {
    let place = Place::new();
    let printed = place.run_ok(&["openapi"]);
    let checked_in = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    assert_eq!(printed.trim_end(), fs::read_to_string(checked_in).unwrap().trim_end());
    assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 0);
}

#[test]
fn migrate_lists_applied_and_pending_changes() {
    let place = Place::new();
    let missing = place.run(&["migrate", "--check"]);
    assert_eq!(missing.status.code(), Some(1));
    let changes = text(&missing.stdout).lines().filter(|line| line.starts_with("pending: ")).count();
    assert!(changes >= 3, "{}", text(&missing.stdout));
    let expected =
        format!("verigraph: the database lacks {changes} changes of its schema: run `verigraph migrate`\n");
    assert_eq!(text(&missing.stderr), expected);
    let applied = place.run_ok(&["migrate"]);
    assert_eq!(applied.lines().filter(|line| line.starts_with("applied: ")).count(), changes);
    for arguments in [&["migrate", "--check"][..], &["migrate"]] {
        assert_eq!(place.run_ok(arguments), "the database schema is up to date\n");
    }
}

#[test]
fn projects_and_credentials_are_created_listed_rotated_and_revoked() {
    let place = Place::new();
    let made = place.run_ok(&["project", "create", "Bank", "--mode", "sandbox"]);
    let project = word_after(&made, "project ").to_owned();
    assert!(uuid::Uuid::try_parse(&project).is_ok(), "{made}");
    assert_eq!(place.run_ok(&["project", "list"]), format!("{project}  Sandbox  Bank\n"));
    let again = place.run(&["project", "create", "Bank"]);
    let advice = "verigraph: a project named `Bank` already exists: choose another name\n";
    assert_eq!((again.status.code(), text(&again.stderr).as_str()), (Some(1), advice));

    let create =
        ["credential", "create", "--project", "Bank", "--label", "Backend", "--permissions", "USERS:VIEW"];
    let created = place.run_ok(&create);
    let (id, secret) =
        (word_after(&created, "client id:").to_owned(), word_after(&created, "client secret:").to_owned());
    let list = || place.run_ok(&["credential", "list", "--project", &project]);
    assert_eq!(list(), format!("{id}  live    Backend  USERS:VIEW\n"));
    let rotated = place.run_ok(&["credential", "rotate", &id, "--keep-hours", "2"]);
    assert!(rotated.starts_with("the previous secret remains valid for 2 hours\n"), "{rotated}");
    assert_eq!(word_after(&rotated, "client id:"), id);
    assert_ne!(word_after(&rotated, "client secret:"), secret);
    let revoked = place.run_ok(&["credential", "revoke", &id]);
    assert_eq!(revoked, format!("{id} is revoked; servers stop answering its tokens within seconds\n"));
    assert_eq!(list(), format!("{id}  revoked Backend  USERS:VIEW\n"));
    let advice = format!("verigraph: no active credential `{id}`: see `verigraph credential list`\n");
    assert_eq!(text(&place.run(&["credential", "rotate", &id]).stderr), advice);

    let limited =
        place.run_ok(&["credential", "create", "--project", &project, "--label", "B", "--tags", "vip,staff"]);
    assert!(list().contains("  only tags vip,staff\n"), "{limited}");
    let key = place.run_ok(&["signing-key", "rotate"]);
    assert!(
        uuid::Uuid::try_parse(word_after(&key, "new signing key ").trim_end_matches(';')).is_ok(),
        "{key}"
    );
}

#[test]
fn seeded_users_are_deterministic_and_their_numbers_continue() {
    // A person depends on its project, so the other directory starts as a copy.
    let (one, other) = (Place::new(), Place::new());
    one.run_ok(&["project", "create", "seed", "--mode", "sandbox"]);
    fs::create_dir(other.path("data")).unwrap();
    for file in fs::read_dir(one.path("data")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), other.path("data").join(file.file_name())).unwrap();
    }
    for place in [&one, &other] {
        for _ in 0..2 {
            let said = place.run_ok(&["seed", "--users", "50", "--identifications-per-user", "3"]);
            let rows: u32 = said.split_whitespace().next().unwrap().parse().unwrap();
            assert!((450..=750).contains(&rows), "{said}");
        }
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let [found, elsewhere] = [&one, &other].map(|place| runtime.block_on(servers::people(place)));
    let numbers: Vec<_> = found.iter().map(|person| person["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
    assert_eq!(found, elsewhere);
    for person in found {
        let edges = person["identifications"]["edges"].as_array().unwrap();
        let lately = edges
            .iter()
            .filter(|edge| ("2023".."2026").contains(&edge["node"]["updatedAt"].as_str().unwrap()));
        assert_eq!(lately.count(), 3, "{person}");
    }
}

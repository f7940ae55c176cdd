//! `doctor`: every setting with its source, every fault at once, and no changes.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, time::SystemTime};

use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;

use super::{Place, servers::Server, text};
use crate::harness::database;

/// Everything below a directory: paths, contents and times.
fn files(place: &Place) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut open = vec![place.path(".")];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
            let (path, meta) = (entry.path(), entry.metadata().unwrap());
            if meta.is_dir() {
                open.push(path.clone());
            }
            let content = fs::read(&path).unwrap_or_default();
            found.insert(path.display().to_string(), (content, meta.modified().unwrap()));
        }
    }
    found
}

/// The lines that it prints, and whether it found no fault. It must not have changed any file.
fn doctor(place: &Place, arguments: &[&str], environment: &[(&str, &str)]) -> (Vec<String>, bool) {
    let before = files(place);
    let arguments = [&["doctor"], arguments].concat();
    let output = place.command(&arguments).envs(environment.iter().copied()).output().unwrap();
    assert_eq!(files(place), before, "it changed something");
    let said = text(&output.stdout).lines().map(str::to_owned).collect();
    let faults = text(&output.stderr);
    assert_eq!(faults.is_empty(), output.status.success(), "{faults}");
    (said, output.status.success())
}

fn has(said: &[String], line: &str) {
    assert!(said.iter().any(|found| found == line), "no `{line}` in\n{}", said.join("\n"));
}

#[test]
fn lists_every_setting_with_its_meaning_and_its_layer() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    fs::write(place.path("verigraph.toml"), "shutdown_seconds = 7\n[webhooks]\nworker = false\n").unwrap();
    let environment = [
        ("VERIGRAPH_CORS_ORIGINS", "https://app.example.com"),
        ("VERIGRAPH_WEBHOOKS__WORKER", "true"),
        ("VERIGRAPH_PUBLIC_URL", ""),
    ];
    let flags = ["--set", "limits.depth=7", "--log-level", "warn"];
    let (said, is_well) = doctor(&place, &flags, &environment);
    assert!(is_well, "{said:?}");
    for [setting, layer] in [
        ["limits.depth = 7", "    (flag) Nesting depth of fields."],
        [
            "log.level = \"warn\"",
            "    (flag) Log level: off, error, warn, info, debug, trace, or a filter such as `info,sqlx=warn`.",
        ],
        ["limits.body = 65536", "    (default) Bytes of a request body."],
        [
            "shutdown_seconds = 7",
            "    (file verigraph.toml) Seconds for requests in flight to finish after the server is asked to stop.",
        ],
        [
            "webhooks.worker = true",
            "    (environment VERIGRAPH_WEBHOOKS__WORKER) Whether this process delivers webhooks. Several processes may; others can be left to answer requests only.",
        ],
        [
            "cors_origins = [\"https://app.example.com\"]",
            "    (environment VERIGRAPH_CORS_ORIGINS) Origins of web pages that may call the API, for example `https://app.example.com`; `*` for all.",
        ],
        [
            "database_url = null",
            "    (default) `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Default: `DATA_DIR/verigraph.db`.",
        ],
    ] {
        let place =
            said.iter().position(|line| line == setting).unwrap_or_else(|| panic!("{setting}: {said:?}"));
        assert_eq!(said[place + 1], layer);
    }
    has(&said, "public_url = null");
    let json = place.command(&["doctor", "--json", "--set", "limits.depth=7"]).output().unwrap();
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let settings = json["settings"].as_array().unwrap();
    let listed = said.iter().take_while(|line| !line.is_empty()).count();
    assert_eq!(settings.len() * 2, listed);
    let of = |key: &str| settings.iter().find(|setting| setting["key"] == key).unwrap();
    assert_eq!((&of("limits.depth")["value"], &of("limits.depth")["layer"]), (&7.into(), &"flag".into()));
    assert_eq!(of("shutdown_seconds")["source"], "verigraph.toml");
    let checks = json["checks"].as_array().unwrap();
    let others: Vec<_> = checks.iter().filter(|check| check["level"] != "ok").collect();
    // By default the ledger is next to the database.
    let [ledger] = others[..] else { panic!("{json}") };
    assert_eq!(ledger["level"], "note");
    assert!(
        ledger["text"]
            .as_str()
            .unwrap()
            .starts_with("the erasure ledger is in the directory of the database")
    );
}

#[test]
fn reports_a_healthy_database_with_and_without_a_running_server() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    let expected = |said: &[String]| {
        has(said, "ok: the settings are valid");
        has(said, "ok: the database responds (Sqlite) and its durability settings are safe");
        has(said, "ok: the database schema is up to date");
        has(said, "ok: the tables, indexes and triggers match the migrations");
        has(said, "ok: the erasure ledger is readable and writable (0 entries)");
        assert!(
            said.iter()
                .any(|line| line.starts_with("ok: the database is bound to this root key (data/root.key, ")),
            "{said:?}"
        );
    };
    let (said, is_well) = doctor(&place, &[], &[]);
    expected(&said);
    let mut server = Server::start(&place, &["serve"]);
    server.address();
    let running = place.run(&["doctor"]);
    expected(&text(&running.stdout).lines().map(str::to_owned).collect::<Vec<_>>());
    assert!(is_well && running.status.success());
    server.end("-TERM");
}

#[test]
fn creates_nothing_in_an_empty_directory() {
    let place = Place::new();
    let (said, is_well) = doctor(&place, &[], &[]);
    assert!(!is_well);
    has(
        &said,
        "fault: there is no database at `data/verigraph.db`: `verigraph serve` and `verigraph migrate` create it, \
         --data-dir or --database-url names another",
    );
    assert!(!place.path("data").exists());
    place.run_ok(&["migrate"]);
    let (said, is_well) = doctor(&place, &[], &[]);
    assert!(is_well);
    has(&said, "note: no root key at data/root.key yet: the first start creates it");
}

#[tokio::test]
async fn checks_the_erasure_ledger() {
    let place = Place::new();
    let check = |arguments: &[&str]| {
        let (said, is_well) = doctor(&place, arguments, &[]);
        let ledger: Vec<_> = said.into_iter().filter(|line| line.contains("erasure ledger")).collect();
        (ledger, is_well)
    };
    place.run_ok(&["migrate"]);
    let elsewhere = format!("erasure_ledger_url=sqlite://{}", place.path("ledger/erasures.db").display());
    let absent = "yet: the first start creates it";
    let (said, is_well) = check(&["--set", &elsewhere]);
    assert!(
        is_well && said.len() == 1 && said[0].starts_with("note: ") && said[0].ends_with(absent),
        "{said:?}"
    );
    place.run_ok(&["project", "create", "Bank", "--set", &elsewhere]);
    let (said, is_well) = check(&["--set", &elsewhere]);
    assert!(is_well);
    assert_eq!(said, ["ok: the erasure ledger is readable and writable (0 entries)"]);
    // On PostgreSQL the ledger is in a database of its own.
    let url = database().await;
    let postgres = format!("erasure_ledger_url={url}");
    let (said, _) = check(&["--set", &postgres]);
    assert_eq!(said, ["note: the erasure ledger has no table yet: the first start creates it"]);
    place.run_ok(&["project", "create", "Other", "--set", &postgres]);
    let (said, is_well) = check(&["--set", &postgres]);
    assert!(is_well);
    assert_eq!(said, ["ok: the erasure ledger is readable and writable (0 entries)"]);
    // The database of the data, a file that is no database, and a database that does not respond.
    let same = ["--database-url", &url, "--set", &postgres];
    let (said, is_well) = check(&same);
    assert!(!is_well && said[0].starts_with("fault: the erasure ledger is the database itself"), "{said:?}");
    fs::write(place.path("ledger/broken.db"), "no database at all, but some text that is long enough")
        .unwrap();
    let broken = format!("erasure_ledger_url=sqlite://{}", place.path("ledger/broken.db").display());
    for url in [broken.as_str(), "erasure_ledger_url=postgres://me:hush@127.0.0.1:1/x"] {
        let (said, is_well) = check(&["--set", url]);
        assert!(
            !is_well && said.len() == 1 && said[0].starts_with("fault: the erasure ledger: "),
            "{said:?}"
        );
        assert!(!said[0].contains("hush"));
    }
}

#[test]
fn reports_all_faults_at_once_and_no_secret() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    fs::set_permissions(place.path("data/root.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let flags =
        ["--set", "cors_origins=app.example.com", "--set", "limits.dept=3", "--set", "limits.depth=deep"];
    let environment = [
        ("VERIGRAPH_DATABASE_URL", "postgres://me:hush@db:port/x"),
        ("VERIGRAPH_LISTEN", "localhost"),
        ("VERIGRAPH_LOG__LEVEL", "verbose"),
        ("VERIGRAPH_ROOT_KEY", "hush"),
        ("VERIGRAPH_IMAGES_URL", "s3://key:hush@bucket"),
    ];
    let (said, is_well) = doctor(&place, &flags, &environment);
    assert!(!is_well && !said.join("\n").contains("hush"), "{said:?}");
    for fault in [
        "the variable `VERIGRAPH_DATABASE_URL` is invalid: invalid port number: write postgres://USER:PASSWORD@HOST/DATABASE, \
         with %40 for `@`, %2F for `/` and so on in the password",
        "the variable `VERIGRAPH_IMAGES_URL` is invalid: remove the credentials: they are read from AWS_ACCESS_KEY_ID \
         and AWS_SECRET_ACCESS_KEY",
        "the variable `VERIGRAPH_LISTEN` is invalid: write ADDRESS:PORT, such as 127.0.0.1:8080, localhost:8080 or \
         0.0.0.0:8080, or a port such as 8080",
        "the variable `VERIGRAPH_LOG__LEVEL` is invalid: write off, error, warn, info, debug or trace, or a filter such as \
         info,sqlx=warn",
        "the setting `cors_origins` is invalid: `app.example.com` has no scheme: write it as browsers send it, such as \
         https://app.example.com",
        "unknown setting `limits.dept` in --set: did you mean `limits.depth`?",
        "the root key must be 32 bytes in base64, as `openssl rand -base64 32` prints them",
    ] {
        has(&said, &format!("fault: {fault}"));
    }
}

/// Missing and changed parts of a database, on both kinds.
#[tokio::test]
async fn reports_missing_and_changed_parts_of_the_schema() {
    for is_postgres in [false, true] {
        let place = Place::new();
        let url = if is_postgres {
            database().await
        } else {
            format!("sqlite://{}", place.path("data/verigraph.db").display())
        };
        let arguments = ["--database-url", url.as_str()];
        place.run_ok(&[&["project", "create", "Bank"], &arguments[..]].concat());
        let (said, is_well) = doctor(&place, &arguments, &[]);
        assert!(is_well, "{said:?}");
        has(&said, "ok: the tables, indexes and triggers match the migrations");
        let db = Database::connect(&url).await.unwrap();
        let faults: &[(&str, &str)] = if is_postgres {
            &[
                (
                    "ALTER TABLE audit_events DISABLE TRIGGER audit_events_stay",
                    "the trigger `audit_events_stay` of the table `audit_events` differs from the migrations",
                ),
                (
                    "CREATE OR REPLACE FUNCTION audit_events_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
                    "the trigger `audit_events_stay` of the table `audit_events` differs from the migrations",
                ),
                (
                    "DROP TRIGGER audit_events_stay ON audit_events",
                    "the trigger `audit_events_stay` of the table `audit_events` is missing",
                ),
            ]
        } else {
            &[
                (
                    "DROP TRIGGER audit_events_stay_UPDATE",
                    "the trigger `audit_events_stay_UPDATE` of the table `audit_events` is missing",
                ),
                (
                    "CREATE TRIGGER audit_events_stay_UPDATE BEFORE UPDATE ON audit_events BEGIN SELECT 1; END",
                    "the trigger `audit_events_stay_UPDATE` of the table `audit_events` differs from the migrations",
                ),
            ]
        };
        let both = [
            (
                "DROP INDEX audit_events_by_user",
                "the index `audit_events_by_user` of the table `audit_events` is missing",
            ),
            (
                "CREATE INDEX audit_events_by_user ON audit_events (user_id)",
                "the index `audit_events_by_user` of the table `audit_events` differs from the migrations",
            ),
            ("DROP TABLE user_tags", "the table `user_tags` is missing"),
        ];
        for (sql, fault) in faults.iter().chain(&both) {
            db.execute_unprepared(sql).await.unwrap();
            let output = place.run(&[&["doctor"], &arguments[..]].concat());
            assert_eq!(output.status.code(), Some(1), "{sql}");
            let said: Vec<_> = text(&output.stdout).lines().map(str::to_owned).collect();
            has(&said, &format!("fault: {fault}"));
        }
        db.close().await.unwrap();
    }
}

//! Commands that fail print one line, with the setting and how to fix it.

use std::{fs, net::TcpListener};

use sea_orm::{ConnectionTrait, Database};

use super::{Place, text};

/// The only line that a failing command prints.
fn failure(place: &Place, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let output = place.command(arguments).envs(environment.iter().copied()).output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    said.trim_end().strip_prefix("verigraph: ").unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[test]
fn a_server_that_cannot_start_prints_how_to_fix_it() {
    let place = Place::new();
    fs::write(place.path("file"), "").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (arguments, expected) in [
        (
            &["--listen", &taken][..],
            format!(
                "cannot listen on {taken}: Address already in use (os error 98): stop the process that uses this address, or choose \
                 another with --listen"
            ),
        ),
        (
            &["--data-dir", "file/data"],
            "the directory `file/data` cannot be written to (Not a directory (os error 20)): make it writable or \
             choose another with --data-dir"
                .to_owned(),
        ),
        (
            &["--database-url", "mysql://me:hush@db/x"],
            "`mysql://me@db/x` is not a supported database URL: use sqlite://PATH or \
             postgres://USER:PASSWORD@HOST/DATABASE"
                .to_owned(),
        ),
        (
            &["--database-url", "postgres://me:hush@127.0.0.1:1/x"],
            "the database `postgres://me@127.0.0.1:1/x` cannot be opened (error communicating with database: \
             Connection refused (os error 111)): check that it runs, and the setting `database_url`"
                .to_owned(),
        ),
        (
            &["--listen", "nowhere"],
            "the setting `listen` is invalid: write ADDRESS:PORT, such as 127.0.0.1:8080, localhost:8080 or 0.0.0.0:8080, \
             or a port such as 8080"
                .to_owned(),
        ),
        (
            &["--set", "public_url=id.example.org"],
            "the setting `public_url` is invalid: write an address such as https://id.example.org".to_owned(),
        ),
        (
            &["--set", "limits.dept=3"],
            "unknown setting `limits.dept` in --set: did you mean `limits.depth`?".to_owned(),
        ),
        (
            &["--set", "limits.depth"],
            "`limits.depth` is not a setting: write --set KEY=VALUE, for example --set limits.depth=20".to_owned(),
        ),
        (
            &["--config", "nowhere.toml"],
            "the file `nowhere.toml` does not exist or is not readable: name another with --config".to_owned(),
        ),
        (
            &["--log-level", "loud=a=b"],
            "the setting `log.level` is invalid: write off, error, warn, info, debug or trace, or a filter such as \
             info,sqlx=warn"
                .to_owned(),
        ),
    ] {
        let arguments = [&["serve"][..], arguments].concat();
        assert_eq!(failure(&place, &arguments, &[("VERIGRAPH_LISTEN", "127.0.0.1:0")]), expected);
    }
}

#[test]
fn an_invalid_setting_is_named_by_its_environment_variable() {
    let place = Place::new();
    for (name, value, expected) in [
        (
            "VERIGRAPH_LIMITS__DEPHT",
            "3",
            "unknown setting `VERIGRAPH_LIMITS__DEPHT` in the environment: did you mean `VERIGRAPH_LIMITS__DEPTH`?",
        ),
        (
            "VERIGRAPH_LIMITS__DEPTH",
            "deep",
            "the variable `VERIGRAPH_LIMITS__DEPTH` is invalid: write a whole number from 0 to 1099511627776, such as 15",
        ),
    ] {
        assert_eq!(failure(&place, &["serve"], &[(name, value)]), expected);
    }
}

#[test]
fn an_invalid_setting_is_named_with_its_file() {
    let place = Place::new();
    for (content, expected) in [
        ("lisen = \"127.0.0.1:1\"", "unknown setting `lisen` in `verigraph.toml`: did you mean `listen`?"),
        ("[limits]\nmagic = 3", "unknown setting `limits.magic` in `verigraph.toml`"),
        (
            "[limits]\ndepth = \"deep\"",
            "the setting `limits.depth` in `verigraph.toml` is invalid: write a whole number from 0 to 1099511627776, such as 15",
        ),
        ("limits = {", "cannot read `verigraph.toml`: "),
    ] {
        fs::write(place.path("verigraph.toml"), content).unwrap();
        let found = failure(&place, &["serve"], &[]);
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn an_unknown_flag_is_rejected_with_the_nearest_known_one() {
    let output = Place::new().run(&["serve", "--listn", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: unexpected argument '--listn' found\n"), "{said}");
    assert!(said.contains("'--listen'"), "{said}");
}

#[test]
fn a_demo_listens_on_loopback_only() {
    let place = Place::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80"] {
        let found = failure(&place, &["demo", "--listen", address], &[]);
        let expected = "the demo's credentials are public, so it listens on this machine only: choose an \
                        address such as 127.0.0.1:8080";
        assert_eq!(found, expected);
    }
    assert!(!place.path("data").exists());
}

#[test]
fn a_database_that_does_not_fit_is_rejected() {
    let place = Place::new();
    place.run_ok(&["migrate"]);
    let url = format!("sqlite://{}", place.path("data/verigraph.db").display());
    let execute = |sql: &str| {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let db = Database::connect(&url).await.unwrap();
            db.execute_unprepared(sql).await.unwrap();
            db.close().await.unwrap();
        });
    };
    place.run_ok(&["project", "list"]);
    fs::write(place.path("other.key"), "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVybzE=\n").unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    assert_eq!(
        failure(&place, &[&serve[..], &["--root-key-file", "other.key"]].concat(), &[]),
        "this database belongs to another root key than `other.key`: start with the key file it was created with \
         (--root-key-file), or its content in VERIGRAPH_ROOT_KEY"
    );
    assert_eq!(
        failure(&place, &serve, &[("VERIGRAPH_ROOT_KEY", "short")]),
        "the root key must be 32 bytes in base64, as `openssl rand -base64 32` prints them"
    );
    execute("DELETE FROM seaql_migrations WHERE version LIKE '%_000003_%'");
    assert_eq!(
        failure(&place, &[&serve[..], &["--set", "migrate_on_start=false"]].concat(), &[]),
        "the database lacks 1 changes of its schema: run `verigraph migrate`"
    );
    execute("INSERT INTO seaql_migrations VALUES ('m29991231_000001_future', 0)");
    let newer = failure(&place, &serve, &[]);
    assert!(
        newer.starts_with("the database was made by a newer verigraph (it has the change `m29991231_"),
        "{newer}"
    );
}

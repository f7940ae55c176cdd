//! The root key on the command line: its sources, and the messages if it is missing, wrong or exposed.

use std::{fs, os::unix::fs::PermissionsExt};

use verigraph::crypto::RootKey;

use super::{Place, servers::Server, text};

/// The complete log of a server that starts, serves and stops.
fn log(place: &Place, arguments: &[&str]) -> Vec<String> {
    let mut server = Server::start(place, arguments);
    let before = server.until_serving().into_iter().map(|line| line.to_string());
    let before: Vec<String> = before.collect();
    let (_, after) = server.end("-TERM");
    before.into_iter().chain(after.iter().map(ToString::to_string)).collect()
}

#[test]
fn writes_no_new_key_for_a_database_that_has_one() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    let doctor = place.run_ok(&["doctor"]);
    let key = fs::read_to_string(place.path("data/root.key")).unwrap();
    fs::remove_file(place.path("data/root.key")).unwrap();
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["project", "list"],
        &["project", "list", "--root-key-file", "data/root.key"],
        &["credential", "create", "--project", "Bank", "--label", "x"],
    ] {
        let output = place.run(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let (before, after) =
            said.split_once(", and there is no root key file at `data/root.key`: put the file").unwrap();
        let name = before.strip_prefix("verigraph: this database belongs to the root key ").unwrap();
        assert_eq!(name, RootKey::parse(&key).unwrap().name(), "{said}");
        assert!(
            doctor.contains(&format!("ok: the database is bound to this root key (data/root.key, {name})")),
            "{doctor}"
        );
        assert!(after.contains("--root-key-file") && after.contains("VERIGRAPH_ROOT_KEY"), "{said}");
        assert!(!place.path("data/root.key").exists(), "{arguments:?}");
    }
    let elsewhere = place.run(&["project", "list", "--root-key-file", "other.key"]);
    assert!(text(&elsewhere.stderr).contains("no root key file at `other.key`"));
    assert!(!place.path("other.key").exists());
    fs::write(place.path("other.key"), &key).unwrap();
    assert!(place.run_ok(&["project", "list", "--root-key-file", "other.key"]).ends_with("Bank\n"));
    let listed = place.command(&["project", "list"]).env("VERIGRAPH_ROOT_KEY", key.trim()).output().unwrap();
    assert!(listed.status.success());
}

#[test]
fn warns_of_a_key_file_that_other_users_can_read() {
    let place = Place::new();
    place.run_ok(&["migrate"]);
    place.run_ok(&["project", "list"]);
    let file = place.path("data/root.key");
    let serve = ["serve"];
    assert!(!log(&place, &serve).concat().contains("root key file"));
    for mode in [0o644, 0o640, 0o602, 0o620] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let expected = format!(
            "other users of this machine can access the root key file `data/root.key` (mode {mode:03o}): run `chmod 600 \
             data/root.key`"
        );
        assert!(log(&place, &serve).iter().any(|line| line.contains(&expected) && line.contains("WARN")));
        let doctor = text(&place.run(&["doctor"]).stdout);
        assert!(doctor.lines().any(|line| line == format!("warning: {expected}")), "{doctor}");
    }
}

#[test]
fn warns_of_a_directory_that_a_demo_used() {
    let place = Place::new();
    let mut demo = Server::start(&place, &["demo", "--data-dir", "data"]);
    demo.read_until("verigraph demo");
    demo.end("-TERM");
    let expected = "this database contains the demo's credentials, whose secrets are public";
    let lines = log(&place, &["serve"]);
    let line = lines.iter().find(|line| line.contains(expected)).unwrap_or_else(|| panic!("{lines:?}"));
    let ids = [
        "demo",
        "demo-vip",
        "demo-other",
        "demo-admin",
        "demo-no-idproofing",
        "621cda6e-c7de-4ebd-9219-a137a84a5211",
        "0d5e0f0a-4c7b-4f7e-9f43-1f6f6f3f2a11",
    ];
    for id in ids {
        assert!(line.contains(id), "{id}: {line}");
    }
    let doctor = place.run_ok(&["doctor"]);
    assert!(doctor.contains(&format!("warning: {expected}")), "{doctor}");
    for id in ids {
        place.run_ok(&["credential", "revoke", id]);
    }
    assert!(!log(&place, &["serve"]).concat().contains(expected));
}

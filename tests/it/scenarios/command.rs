//! `verigraph simulate`, as a user runs it.

use std::{
    fs,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::fast_directory;

fn simulate(place: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verigraph"));
    command.arg("simulate").args(arguments).current_dir(place.path()).env_clear().output().unwrap()
}

fn place() -> TempDir {
    tempfile::Builder::new().prefix("verigraph-simulate").tempdir_in(fast_directory()).unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_bundled_scenario_is_run_by_name() {
    let place = place();
    let ran = simulate(&place, &["rejected-passport", "--expect"]);
    let said = text(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", text(&ran.stderr));
    for line in [
        "  PT0S           4  document           zone Valid, 1 findings",
        "  PT5S           ·  webhooks sent",
        "  PT10M          7  report             Invalid",
        "  webhook           Identification.Updated answered 503",
        "  as expected",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    // The run leaves no files behind.
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    assert!(text(&simulate(&place, &["--list"]).stdout).lines().count() > 40);
    let schema: Value = serde_json::from_slice(&simulate(&place, &["--schema"]).stdout).unwrap();
    assert_eq!(schema["title"], "Scenario");
}

#[test]
fn an_unexpected_outcome_fails_with_a_diff() {
    let place = place();
    let file = "name: x\nsteps:\n  - user: {}\n  - cancel: {}\nexpect:\n  identification: Valid\n";
    fs::write(place.path().join("x.yaml"), file).unwrap();
    let ran = simulate(&place, &["x.yaml", "--expect"]);
    assert_eq!(ran.status.code(), Some(1));
    let said = text(&ran.stdout);
    for line in ["    - identification: Valid", "    + identification: nothing", "    + refused 1: 2"] {
        assert!(said.contains(line), "{said}");
    }
    assert!(text(&ran.stderr).contains("1 of 1 scenarios differed from what they expect"));
    let ran = simulate(&place, &["x.yaml", "--json"]);
    assert!(ran.status.success());
    let output: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(output["happened"][1]["outcome"], "no identification exists yet");
}

#[test]
fn an_invalid_file_is_rejected_with_line_and_column() {
    let place = place();
    fs::write(place.path().join("x.yaml"), "name: x\nsteps:\n  - user: { colour: red }\n").unwrap();
    let ran = simulate(&place, &["x.yaml"]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        text(&ran.stderr).contains("x.yaml: line 3, column 13: unknown field `colour`"),
        "{}",
        text(&ran.stderr)
    );
    let ran = simulate(&place, &["nothing"]);
    assert!(text(&ran.stderr).contains("simulate --list"), "{}", text(&ran.stderr));
}

#[test]
fn a_project_runs_its_own_scenarios_unless_it_is_live() {
    let place = place();
    for mode in ["live", "sandbox"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_verigraph"));
        command.args(["project", "create", mode, "--mode", mode]).current_dir(place.path()).env_clear();
        assert!(command.output().unwrap().status.success());
    }
    let ran = simulate(&place, &["late-webhook", "--expect", "--project", "sandbox"]);
    assert!(ran.status.success(), "{}{}", text(&ran.stdout), text(&ran.stderr));
    let ran = simulate(&place, &["late-webhook", "--project", "live"]);
    assert!(text(&ran.stderr).contains("`live` is a Live project"), "{}", text(&ran.stderr));
}

//! The `import` command, as a script runs it.

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};

use crate::harness::fast_directory;

fn run(at: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verigraph"));
    let output = command
        .args(arguments)
        .current_dir(at)
        .env_clear()
        .env("VERIGRAPH_LOG__LEVEL", "error")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_rejected_record_is_printed_reported_and_fails_the_command() {
    let place = tempfile::Builder::new().prefix("verigraph-import").tempdir_in(fast_directory()).unwrap();
    let at = place.path();
    assert_eq!(run(at, &["project", "create", "Bank"]).0, Some(0));
    let good = json!({ "requestId": "c0ffee00-0000-4000-8000-000000000001", "requestTime": "2019-02-19T13:15:27Z",
        "state": "INIT", "deviceCheckResult": "ALLOW" });
    fs::write(at.join("page.json"), json!({ "results": [good] }).to_string()).unwrap();
    fs::write(at.join("lines.ndjson"), format!("{good}\n{{}}\n")).unwrap();
    let import = ["import", "--project", "Bank", "--from", "idproofing"];
    let with = |more: &[&'static str]| run(at, &[&import[..], more].concat());

    let (code, out, _) = with(&["--dry-run", "page.json"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "proofingRequest: 1 would be new, 0 would be changed, 0 unchanged\n")
    );
    let (code, out, _) = with(&["page.json"]);
    assert_eq!((code, out.as_str()), (Some(0), "proofingRequest: 1 new, 0 changed, 0 unchanged\n"));
    let (code, out, error) = with(&["--report", "refused.ndjson", "page.json", "lines.ndjson"]);
    assert_eq!(out, "proofingRequest: 0 new, 0 changed, 2 unchanged\n");
    assert_eq!(code, Some(1));
    assert!(
        error.contains("lines.ndjson:2: missing field `requestId`")
            || error.contains("lines.ndjson:2: missing field `id`"),
        "{error}"
    );
    assert!(error.ends_with("verigraph: 1 rejected; all others were accepted\n"), "{error}");
    let report: Value =
        serde_json::from_str(&fs::read_to_string(at.join("refused.ndjson")).unwrap()).unwrap();
    assert_eq!((report["file"].as_str(), report["line"].as_u64()), (Some("lines.ndjson"), Some(2)));
    let (code, out, _) = with(&["page.json"]);
    assert_eq!((code, out.ends_with("nothing changed\n")), (Some(0), true));
    let (code, _, error) = with(&["missing.json"]);
    assert_eq!((code, error.as_str()), (Some(1), "verigraph: file `missing.json` does not exist\n"));
}

#[test]
fn a_skipped_part_is_noted_and_reported_without_failing_the_command() {
    let place = tempfile::Builder::new().prefix("verigraph-import").tempdir_in(fast_directory()).unwrap();
    let at = place.path();
    assert_eq!(run(at, &["project", "create", "Bank"]).0, Some(0));
    let user = json!({ "refId": "me", "status": "successful", "createdAt": "2024-09-23T22:55:25.894Z",
        "updatedAt": "2024-09-23T22:55:25.895Z", "sessionId": "s", "sessions": ["s"],
        "documents": [{ "stepId": "ID_DOCUMENT", "firstName": "JOHN", "front": "https://example.com/1" }] });
    let users = (0..30).map(|number| {
        let mut user = user.clone();
        user["refId"] = format!("customer {number}").into();
        user["sessionId"] = format!("session {number}").into();
        user["sessions"] = json!([user["sessionId"]]);
        format!("{user}\n")
    });
    fs::write(at.join("users.ndjson"), users.collect::<String>()).unwrap();
    let import =
        ["import", "--project", "Bank", "--from", "sessions", "--report", "report.ndjson", "users.ndjson"];
    let (code, out, error) = run(at, &import);
    assert_eq!(code, Some(0), "{error}");
    assert!(out.contains("document: 30 new, 0 changed, 0 unchanged\n"), "{out}");
    assert!(out.ends_with("30 skipped, see the notes\n"), "{out}");
    assert_eq!(error.matches("note: `documents[0].front`: is a URL").count(), 20, "{error}");
    let report = fs::read_to_string(at.join("report.ndjson")).unwrap();
    let lines: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[29]["line"]), (30, &json!(30)));
    assert!(lines.iter().all(|line| line["note"].as_str().unwrap().contains("URLs are not fetched")));

    let export = ["export", "--project", "Bank", "--images", "--out"];
    let (code, _, error) = run(at, &[&export[..], &["all.ndjson"]].concat());
    assert_eq!((code, error.contains("session: 30")), (Some(0), true), "{error}");
    let made_up = [&export[..], &["people.ndjson", "--pseudonymise", "--seed", "x"]].concat();
    let (code, _, error) = run(at, &made_up);
    assert_eq!(code, Some(2));
    assert!(error.contains("'--images' cannot be used with '--pseudonymise'"), "{error}");
    assert!(!at.join("people.ndjson").exists());
}

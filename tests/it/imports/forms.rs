//! The formats of a file: answers, lists, one record a line.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::transfer::Source;

use super::{Run, counts, is_unchanged};
use crate::harness::{Db, TestApp};

fn requests(many: u32) -> Vec<Value> {
    (1..=many)
        .map(|number| {
            json!({ "requestId": format!("c0ffee00-0000-4000-8000-{number:012}"), "requestTime": "2019-02-19T13:15:27",
                "state": "INIT", "deviceCheckResult": "ALLOW" })
        })
        .collect()
}

#[rstest]
#[tokio::test]
async fn pages_lists_and_lines_are_imported_alike(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run::of(&app, Source::Idproofing);
    let all = requests(6);
    let lines = format!("{}\n\n{}\n", all[0], all[1]);
    assert_eq!(counts(&run.import_ok(&lines).await, "proofingRequest"), (2, 0, 0));
    let list = serde_json::to_string_pretty(&all[..3]).unwrap();
    assert_eq!(counts(&run.import_ok(&list).await, "proofingRequest"), (1, 0, 2));
    let pages =
        format!("{}\n{}", json!({ "results": all[..4] }), json!({ "paging": {}, "results": all[4..5] }));
    assert_eq!(counts(&run.import_ok(&pages).await, "proofingRequest"), (2, 0, 3));
    let list_of_pages = json!([{ "results": all[..5] }, { "results": all[5..] }]).to_string();
    assert_eq!(counts(&run.import_ok(&list_of_pages).await, "proofingRequest"), (1, 0, 5));
    assert!(is_unchanged(&run.import_ok(&json!(all).to_string()).await));
}

#[rstest]
#[tokio::test]
async fn users_are_imported_with_identifications_and_names_in_every_script(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = |id: &str, name: &str, status: &str| {
        json!({ "id": id, "firstName": name, "lastName": "Ñandú \u{1f9a9}",
        "verifiedEmails": [format!("{id}@example.com")], "identifications": { "edges": [{ "node": {
            "id": format!("run of {id}"), "process": "Expert", "status": status,
            "createdAt": "2023-11-29T08:15:25.978Z", "updatedAt": "2023-11-29T09:15:25.978Z",
            "levels": { "expert": { "status": status }, "qes": {}, "pvid": { "status": "NotSupported" } } } }] } })
    };
    let one = "0190b3a8-0000-7000-8000-000000000001";
    let answer = json!({ "data": { "users": { "edges": [
        { "node": user(one, "Zoë", "Valid") }, { "node": user("other", "Олена", "Expired") },
    ] } } });
    let run = Run::of(&app, Source::Swan);
    let summary = run.import_ok(&answer.to_string()).await;
    assert_eq!((counts(&summary, "user"), counts(&summary, "identification")), ((2, 0, 0), (2, 0, 0)));
    assert!(is_unchanged(&run.import_ok(&answer.to_string()).await));
    let data = app.query(&format!("{{ user(id: \"{one}\") {{ firstName lastName verifiedEmails createdAt
            identificationLevels {{ expert }} identifications {{ edges {{ node {{ createdAt status }} }} }} }} }}")).await;
    assert_eq!(data["user"]["firstName"], "Zoë");
    assert_eq!(data["user"]["lastName"], "Ñandú \u{1f9a9}");
    assert_eq!(data["user"]["identificationLevels"]["expert"], true);
    assert_eq!(data["user"]["identifications"]["edges"][0]["node"]["createdAt"], "2023-11-29T08:15:25.978Z");
    let found =
        app.query("{ users(filters: {verifiedEmails: [\"OTHER@example.com\"]}) { totalCount } }").await;
    assert_eq!(found["users"]["totalCount"], 1);
}

/// Also in batches that split the file anywhere.
#[rstest]
#[tokio::test]
async fn a_dry_run_checks_everything_and_writes_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run { is_trial: true, ..Run::of(&app, Source::Verifications) };
    let rows: Vec<Value> = (1..=700).map(|number| json!({ "id": number, "clientId": number % 3 + 1,
        "currentLevel": { "id": number % 2 + 1, "name": format!("Level {}", number % 2) }, "previousLevel": null,
        "reason": { "name": "created" }, "userId": null, "createTime": "2022-01-01T00:00:00+00:00" })).collect();
    for _ in 0..2 {
        let summary = run.import_ok(&json!({ "total": 700, "data": rows }).to_string()).await;
        assert_eq!((counts(&summary, "verification"), summary.refused), ((700, 0, 0), 0));
    }
    let data = app.query("{ users { totalCount } verifications { totalCount } }").await;
    assert_eq!(data, json!({ "users": { "totalCount": 0 }, "verifications": { "totalCount": 0 } }));
    let run = Run { is_trial: false, ..run };
    assert_eq!(counts(&run.import_ok(&json!(rows).to_string()).await, "verification"), (700, 0, 0));
}

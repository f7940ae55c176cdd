//! A record that is already stored in another version.

use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::transfer::Source;

use super::{Run, counts};
use crate::harness::{Db, TestApp};

fn run(status: &str, at: &str) -> Value {
    json!({ "id": "run 1", "user": { "id": "customer 1" }, "process": "QES", "updatedAt": at, "createdAt": "2023-11-29T08:00:00Z",
        "levels": { "expert": { "status": status }, "qes": { "status": status } } })
}

#[rstest]
#[tokio::test]
async fn a_newer_version_replaces_the_stored_one_and_an_older_one_does_not(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let import = Run::of(&app, Source::Swan);
    import.import_ok(&run("Pending", "2023-11-29T09:00:00Z").to_string()).await;
    let summary = import.import_ok(&run("Valid", "2023-11-29T10:00:00Z").to_string()).await;
    assert_eq!(counts(&summary, "identification"), (0, 1, 0));
    let summary = import.import_ok(&run("Pending", "2023-11-29T09:30:00Z").to_string()).await;
    assert_eq!(counts(&summary, "identification"), (0, 0, 1));
    let data = app
        .query("{ users { edges { node { identifications { edges { node { status updatedAt } } } } } } }")
        .await;
    let node = &data["users"]["edges"][0]["node"]["identifications"]["edges"][0]["node"];
    assert_eq!(*node, json!({ "status": "Valid", "updatedAt": "2023-11-29T10:00:00.000Z" }));
    // Each level changed to each status once, at the time in the file.
    let history = entity::level_change::Entity::find().order_by_asc(entity::level_change::Column::CreatedAt);
    let times: Vec<i64> =
        history.all(app.store.read()).await.unwrap().iter().map(|row| row.created_at.0).collect();
    assert_eq!(times, [1_701_248_400_000, 1_701_248_400_000, 1_701_252_000_000, 1_701_252_000_000]);
    let why = import.rejection(&run("Invalid", "2023-11-29T11:00:00Z")).await;
    assert!(
        why.contains("`levels.expert") || why.contains("level EXPERT") || why.contains("cannot become"),
        "{why}"
    );
    // An import records no events.
    let events = entity::event::Entity::find().all(app.store.read()).await.unwrap();
    assert_eq!(events.len(), 0);
}

#[rstest]
#[tokio::test]
async fn an_import_has_an_audit_entry_only_if_it_writes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run::of(&app, Source::Idproofing);
    let page = json!({ "results": [{ "requestId": "c0ffee00-0000-4000-8000-000000000001",
        "requestTime": "2019-02-19T13:15:27Z", "state": "INIT", "deviceCheckResult": "ALLOW" }] });
    let query = "{ auditEvents(filters: { actions: [\"Records.Imported\"] }) { edges { node { resourceId credentialId } } } }";
    for _ in 0..2 {
        run.import_ok(&page.to_string()).await;
        let entry = json!({ "node": { "resourceId": app.project, "credentialId": null } });
        assert_eq!(app.query(query).await["auditEvents"]["edges"], json!([entry]));
    }
}

//! Imported levels are valid for as long as the project's policy allows.

use entity::{grant_policy::Level, identification::Status, level_change};
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::{timer::Timer, transfer::Source};

use super::{
    Run, counts,
    exported::{lines, written},
};
use crate::harness::{Db, TestApp};

async fn policy(app: &TestApp, input: &str) {
    let document = format!("mutation {{ setLevelValidity(input: {{ {input} }}) {{ __typename }} }}");
    let data = app.query(&document).await;
    assert_eq!(data["setLevelValidity"]["__typename"], "SetLevelValiditySuccessPayload");
}

/// An identification with a status and the time of its last change.
fn run(id: &str, status: &str, at: &str) -> Value {
    json!({ "id": id, "user": { "id": "customer" }, "process": "Expert", "createdAt": "2024-12-01T00:00:00Z",
        "updatedAt": at, "levels": { "expert": { "status": status } } })
}

async fn node(app: &TestApp) -> Value {
    let fields = "status updatedAt levels { expert {
        ... on ValidIdentificationLevelStatusInfo { validUntil } ... on ExpiredIdentificationLevelStatusInfo { expiredAt } } }";
    let data = app
        .query(&format!(
            "{{ users {{ edges {{ node {{ identifications {{ edges {{ node {{ {fields} }} }} }} }} }} }} }}"
        ))
        .await;
    data["users"]["edges"][0]["node"]["identifications"]["edges"][0]["node"].clone()
}

async fn held_at(app: &TestApp, at: &str) -> Value {
    let data = app
        .query(&format!(
            "{{ users {{ edges {{ node {{ identificationLevels(asOf: \"{at}\") {{ expert }} }} }} }} }}"
        ))
        .await;
    data["users"]["edges"][0]["node"]["identificationLevels"]["expert"].clone()
}

async fn changes(app: &TestApp) -> Vec<(Level, Status, Option<i64>, i64)> {
    let rows = level_change::Entity::find()
        .order_by_asc(level_change::Column::CreatedAt)
        .order_by_asc(level_change::Column::Level);
    let rows = rows.all(app.store.read()).await.unwrap();
    rows.into_iter()
        .map(|row| (row.level, row.status, row.valid_until.map(|at| at.0), row.created_at.0))
        .collect()
}

/// 2024-12-11T12:00:00Z: by the clock of the tests, 400 days ago. And 365 days later.
const VALID: i64 = 1_733_918_400_000;
const ENDS: i64 = VALID + 365 * 86_400_000;

#[rstest]
#[tokio::test]
async fn an_imported_level_past_its_validity_expires_at_its_original_time(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    policy(&app, "level: expert, days: 365").await;
    let import = Run::of(&app, Source::Swan);
    let text = run("1", "Valid", "2024-12-11T12:00:00Z").to_string();
    assert_eq!(counts(&import.import_ok(&text).await, "identification"), (1, 0, 0));
    assert_eq!(node(&app).await["levels"]["expert"], json!({ "validUntil": "2025-12-11T12:00:00.000Z" }));
    Timer::new(&app.app.services).run_due().await.unwrap();
    let lapsed = node(&app).await;
    assert_eq!(
        (&lapsed["status"], &lapsed["levels"]["expert"]),
        (&"Expired".into(), &json!({ "expiredAt": "2025-12-11T12:00:00.000Z" }))
    );
    let expected =
        [(Level::Expert, Status::Valid, Some(ENDS), VALID), (Level::Expert, Status::Expired, None, ENDS)];
    assert_eq!(changes(&app).await, expected);
    for (at, held) in [
        ("2024-12-11T11:59:59.999Z", false),
        ("2024-12-11T12:00:00Z", true),
        ("2025-12-11T11:59:59.999Z", true),
        ("2025-12-11T12:00:00Z", false),
    ] {
        assert_eq!(held_at(&app, at).await, held, "{at}");
    }
    // A level that expired here remains expired, whatever the file contains.
    import.import(&text).await;
    assert_eq!((node(&app).await, changes(&app).await.len()), (lapsed, 2));
}

#[rstest]
#[tokio::test]
async fn an_imported_valid_level_has_an_expiry_forecast(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    policy(&app, "level: expert, days: 365").await;
    let import = Run::of(&app, Source::Swan);
    import.import_ok(&run("1", "Pending", "2025-01-15T08:00:00Z").to_string()).await;
    assert_eq!(node(&app).await["levels"]["expert"], json!({}));
    import.import_ok(&run("1", "Valid", "2025-06-01T12:00:00Z").to_string()).await;
    let end = json!({ "validUntil": "2026-06-01T12:00:00.000Z" });
    assert_eq!(node(&app).await["levels"]["expert"], end);
    // A newer version of a valid level does not change its end, and neither does another policy.
    policy(&app, "level: expert, days: 1").await;
    import.import_ok(&run("1", "Valid", "2025-07-01T12:00:00Z").to_string()).await;
    assert_eq!(node(&app).await["levels"]["expert"], end);
    let forecast =
        app.query("{ levelForecast(until: \"2030-01-01T00:00:00Z\") { edges { node { at } } } }").await;
    assert_eq!(forecast["levelForecast"]["edges"], json!([{ "node": { "at": "2026-06-01T12:00:00.000Z" } }]));
    Timer::new(&app.app.services).run_due().await.unwrap();
    assert_eq!(node(&app).await["status"], "Valid");
}

#[rstest]
#[tokio::test]
async fn the_validity_of_an_imported_level_comes_from_the_export_or_the_policy(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let import = Run::of(&app, Source::Swan);
    import.import_ok(&run("1", "Pending", "2025-12-01T08:00:00Z").to_string()).await;
    import.import_ok(&run("1", "Valid", "2025-12-11T12:00:00Z").to_string()).await;
    let endless = written(&app, app.project, verigraph::transfer::export::People::Real(None)).await;
    let ended = lines(&endless)
        .into_iter()
        .map(|mut line| {
            if line["type"] == "identification" {
                line["levels"]["expert"]["validUntil"] = "2026-03-01T00:00:00.000Z".into();
            }
            format!("{line}\n")
        })
        .collect::<String>();
    let mut app = app;
    for (text, end) in [(&endless, "2026-01-30T12:00:00.000Z"), (&ended, "2026-03-01T00:00:00.000Z")] {
        app.project = app.new_project().await;
        app.token = app.token_for(app.project, verigraph::auth::Permissions::all(), None).await;
        policy(&app, "level: expert, days: 50").await;
        Run::of(&app, Source::Verigraph).import_ok(text).await;
        assert_eq!(node(&app).await["levels"]["expert"]["validUntil"], end);
        let forecast =
            app.query("{ levelForecast(until: \"2030-01-01T00:00:00Z\") { edges { node { at } } } }").await;
        assert_eq!(
            forecast["levelForecast"]["edges"],
            json!([{ "node": { "at": end } }]),
            "row and history say the same"
        );
        assert_eq!(
            (held_at(&app, "2025-12-05T00:00:00Z").await, held_at(&app, "2025-12-20T00:00:00Z").await),
            (false.into(), true.into())
        );
    }
}

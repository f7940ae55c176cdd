//! The history of levels, and the forecast of their expiries.

use entity::{
    grant_policy::Level,
    identification::{Process, Status},
    level_change,
};
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use verigraph::{auth::Permissions, timer::Timer};

use super::{fresh_token, id, mutate};
use crate::harness::{Db, NewUser, TestApp};

/// Adds a valid result of another provider.
async fn valid(app: &TestApp, user: uuid::Uuid, reference: &str) -> String {
    let input = format!(
        "userId: \"{user}\", process: Expert, provider: \"p\", reference: \"{reference}\", levels: {{ expert: Valid }}"
    );
    let fields = "... on AddExternalIdentificationSuccessPayload { identification { id } }";
    id(&mutate(app, "addExternalIdentification", &input, fields).await["identification"])
}

async fn held_at(app: &TestApp, user: uuid::Uuid, at: &str) -> Value {
    let document = format!(
        "{{ user(id: \"{user}\") {{ identificationLevels(asOf: \"{at}\") {{ expert QES PVID }} }} }}"
    );
    app.query_as(&fresh_token(app).await, &document, json!({})).await["user"]["identificationLevels"]["expert"]
        .take()
}

async fn forecast_as(app: &TestApp, token: &str, arguments: &str) -> Value {
    let document = format!(
        "{{ levelForecast({arguments}) {{ totalCount edges {{ node {{ level at user {{ refId }} identification {{ id }} }} }} }} }}"
    );
    app.query_as(token, &document, json!({})).await["levelForecast"].take()
}

#[rstest]
#[tokio::test]
async fn levels_can_be_read_as_of_a_past_day(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let timer = Timer::new(&app.app.services);
    mutate(&app, "setLevelValidity", "level: expert, days: 10", "").await;
    let first = valid(&app, user, "1").await;
    app.clock.set(app.clock.now().plus_seconds(5 * 86_400));
    let revoke = format!("identificationId: \"{first}\", reason: \"a mistake\"");
    mutate(&app, "revokeIdentification", &revoke, "").await;
    app.clock.set(app.clock.now().plus_seconds(86_400));
    valid(&app, user, "2").await;
    app.clock.set(app.clock.now().plus_seconds(30 * 86_400));
    timer.run_due().await.unwrap();
    for (at, held) in [
        ("2026-01-15T11:59:59.999Z", false),
        ("2026-01-15T12:00:00Z", true),
        ("2026-01-20T11:59:59.999Z", true),
        ("2026-01-20T12:00:00Z", false),
        ("2026-01-21T11:59:59.999Z", false),
        ("2026-01-21T12:00:00Z", true),
        ("2026-01-31T11:59:59.999Z", true),
        ("2026-01-31T12:00:00Z", false),
        ("2026-02-20T12:00:00Z", false),
    ] {
        assert_eq!(held_at(&app, user, at).await, held, "{at}");
    }
}

#[rstest]
#[tokio::test]
async fn the_forecast_lists_expiries_except_of_levels_held_for_longer(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user =
        async |ref_id, tags| app.user(NewUser { ref_id: Some(ref_id), tags, ..NewUser::default() }).await;
    let (ada, bob, eve) = (user("ada", &["vip"][..]).await, user("bob", &[]).await, user("eve", &[]).await);
    mutate(&app, "setLevelValidity", "level: expert, days: 10", "").await;
    let adas = valid(&app, ada, "1").await;
    valid(&app, bob, "2").await;
    mutate(&app, "setLevelValidity", "level: expert, days: 20", "").await;
    let bobs = valid(&app, bob, "3").await;
    mutate(&app, "setLevelValidity", "level: expert", "").await;
    valid(&app, eve, "4").await;
    let lapse = |who: &str, at: &str, identification: &str| {
        json!({ "node": {
        "level": "expert", "at": at, "user": { "refId": who }, "identification": { "id": identification } } })
    };
    let (first, second) =
        (lapse("ada", "2026-01-25T12:00:00.000Z", &adas), lapse("bob", "2026-02-04T12:00:00.000Z", &bobs));
    let all = json!({ "totalCount": 2, "edges": [first, second] });
    let until = "until: \"2030-01-01T00:00:00Z\"";
    assert_eq!(forecast_as(&app, &app.token, until).await, all);
    assert_eq!(
        forecast_as(&app, &app.token, "until: \"2026-01-25T12:00:00Z\"").await,
        json!({ "totalCount": 1, "edges": [first] })
    );
    assert_eq!(forecast_as(&app, &app.token, &format!("{until}, level: qes")).await["totalCount"], 0);
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    assert_eq!(forecast_as(&app, &limited, until).await, json!({ "totalCount": 1, "edges": [first] }));
    // An expired level is not in the forecast.
    app.clock.set(app.clock.now().plus_seconds(11 * 86_400));
    Timer::new(&app.app.services).run_due().await.unwrap();
    assert_eq!(
        forecast_as(&app, &fresh_token(&app).await, until).await,
        json!({ "totalCount": 1, "edges": [second] })
    );
}

#[rstest]
#[tokio::test]
async fn every_change_of_a_level_is_recorded_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let new = crate::harness::NewIdentification {
        process: Process::Qes,
        status: Status::Pending,
        ..Default::default()
    };
    let it = app.identification(user, new).await;
    for levels in ["expert: Valid", "expert: Valid", "qes: Canceled", "expert: Pending"] {
        mutate(
            &app,
            "updateIdentification",
            &format!("identificationId: \"{it}\", levels: {{ {levels} }}"),
            "",
        )
        .await;
    }
    let changes = level_change::Entity::find()
        .order_by_asc(level_change::Column::Id)
        .all(app.store.read())
        .await
        .unwrap();
    let changes: Vec<_> = changes.into_iter().map(|row| (row.level, row.status)).collect();
    let expected = [(Level::Expert, Status::Valid), (Level::Qes, Status::Canceled)];
    // Changes at the same time have no order.
    assert!(changes.len() == 2 && expected.iter().all(|change| changes.contains(change)), "{changes:?}");
}

#[rstest]
#[tokio::test]
async fn an_identification_names_its_provider_and_the_changes_of_its_levels_until_the_user_is_erased(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let run = valid(&app, user, "1").await;
    app.clock.set(app.clock.now().plus_seconds(60));
    let revoke = format!("identificationId: \"{run}\", reason: \"a mistake\"");
    mutate(&app, "revokeIdentification", &revoke, "").await;
    let query = format!(
        "{{ identification(id: \"{run}\") {{ provider levelChanges {{ level status validUntil reason createdAt }} }} }}"
    );
    let change = |status: &str, reason: Option<&str>, at: &str| json!({ "level": "expert", "status": status, "validUntil": null, "reason": reason, "createdAt": at });
    let (started, ended) = ("2026-01-15T12:00:00.000Z", "2026-01-15T12:01:00.000Z");
    let token = fresh_token(&app).await;
    let shown = app.query_as(&token, &query, json!({})).await["identification"].take();
    let changes = [change("Valid", None, started), change("Expired", Some("a mistake"), ended)];
    assert_eq!(shown, json!({ "provider": "p", "levelChanges": changes }));
    mutate(&app, "eraseUser", &format!("userId: \"{user}\""), "").await;
    let shown = app.query_as(&token, &query, json!({})).await["identification"].take();
    let changes = [change("Valid", None, started), change("Expired", None, ended)];
    assert_eq!(shown, json!({ "provider": null, "levelChanges": changes }));
}

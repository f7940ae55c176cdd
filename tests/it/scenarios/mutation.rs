//! `runScenario`.

use rstest::rstest;
use serde_json::json;
use verigraph::{
    auth::{Permission, Permissions},
    scenario,
};

use super::{run, sandbox};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn a_scenario_is_run_and_its_objects_can_be_read(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let ran = run(&app, &token, &scenario::shipped()["rejected-passport"], None).await;
    assert_eq!(ran["__typename"], "RunScenarioSuccessPayload", "{ran}");
    let named = run(&app, &token, "rejected-passport", None).await;
    assert_eq!(ran["happenings"].as_array().unwrap().len(), named["happenings"].as_array().unwrap().len());
    let last = &ran["happenings"][7];
    assert_eq!(
        (&last["after"], &last["step"], &last["what"], &last["outcome"], &last["resourceId"]),
        (
            &json!("PT10M"),
            &json!(8),
            &json!("complete session"),
            &json!("suspected"),
            &ran["verificationSessionId"]
        ),
    );
    let query = format!(
        "{{ identification(id: {}) {{ status user {{ id }} }} verificationSession(id: {}) {{ status }} }}",
        ran["identificationId"], ran["verificationSessionId"],
    );
    let seen = app.query_as(&token, &query, json!({})).await;
    assert_eq!(
        seen,
        json!({
            "identification": { "status": "Invalid", "user": { "id": ran["userId"] } },
            "verificationSession": { "status": "Suspected" },
        })
    );
}

#[rstest]
#[tokio::test]
async fn a_scenario_with_a_key_is_run_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let first = run(&app, &token, "out-of-order", Some("a")).await;
    assert_eq!(first["__typename"], "RunScenarioSuccessPayload", "{first}");
    assert_eq!(run(&app, &token, "out-of-order", Some("a")).await, first);
    let users = app.query_as(&token, "{ users { totalCount } }", json!({})).await;
    assert_eq!(users, json!({ "users": { "totalCount": 1 } }));
    let other = run(&app, &token, "forced", Some("a")).await;
    assert_eq!(other["__typename"], "IdempotencyKeyReusedRejection");
    // A rejection is replayed too.
    let wrong = run(&app, &token, "name: x\nsteps: [{ jump: {} }]", Some("b")).await;
    assert_eq!(wrong["__typename"], "InvalidScenarioRejection");
    assert!(wrong["message"].as_str().unwrap().starts_with("line 2, column 11: "), "{wrong}");
    assert_eq!(run(&app, &token, "name: x\nsteps: [{ jump: {} }]", Some("b")).await, wrong);
}

#[rstest]
#[tokio::test]
async fn a_scenario_is_rejected_in_live_projects_and_without_the_permission(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    assert_eq!(run(&app, &app.token, "forced", None).await["__typename"], "NotSandboxRejection");
    let (project, _) = sandbox(&app).await;
    let all_but = Permission::ALL.iter().copied().filter(|it| *it != Permission::SandboxManage).collect();
    let token = app.token_for(project, all_but, None).await;
    assert_eq!(run(&app, &token, "forced", None).await["__typename"], "ForbiddenRejection");
    // The permission alone is sufficient.
    let only: Permissions = [Permission::SandboxManage].into_iter().collect();
    let token = app.token_for(project, only, None).await;
    assert_eq!(run(&app, &token, "forced", None).await["__typename"], "RunScenarioSuccessPayload");
}

#[rstest]
#[tokio::test]
async fn a_tag_limited_caller_cannot_run_a_scenario(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (project, _) = sandbox(&app).await;
    let token = app.token_for(project, Permissions::all(), Some(&["mine"])).await;
    assert_eq!(run(&app, &token, "forced", None).await["__typename"], "ForbiddenRejection");
}

#[rstest]
#[tokio::test]
async fn the_scenarios_of_the_server_are_listed_and_run_by_their_names(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let query = "{ scenarios { name summary description text } }";
    let listed = app.query_as(&token, query, json!({})).await["scenarios"].take();
    let expected: Vec<_> = scenario::shipped()
        .into_iter()
        .map(|(name, text)| {
            let file = scenario::parse(&text).unwrap();
            json!({ "name": name, "summary": file.name, "description": file.description, "text": text })
        })
        .collect();
    assert_eq!(listed, json!(expected));
    let name = listed[0]["name"].as_str().unwrap();
    assert_eq!(run(&app, &token, name, None).await["__typename"], "RunScenarioSuccessPayload");
    // Nothing is run in a Live project, and the permission is needed.
    assert_eq!(app.query(query).await, json!({ "scenarios": null }));
    let other = app.token_with(&[Permission::UsersView]).await;
    let refused = app.run_as(&other, query, json!({})).await;
    assert_eq!(refused["data"], json!({ "scenarios": null }));
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

use std::collections::BTreeSet;

use axum::http::Method;
use entity::{audit_event, role::BuiltIn};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::member::session::{self, Which};

use super::{Browser, Person, browser::invitation_to};
use crate::harness::{Db, TestApp};

async fn sessions(app: &TestApp, browser: &mut Browser) -> Vec<Value> {
    let answer = browser.send(app, Method::GET, "/auth/sessions", &Value::Null).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["sessions"].as_array().unwrap().clone()
}

#[rstest]
#[tokio::test]
async fn ending_one_device_ends_that_one_and_no_other(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, mut first) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut second = Browser::default().with("user-agent", Some("Telephone"));
    assert_eq!(second.sign_in(&app, &ada).await.status, 200);
    let (_, mut stranger) = Person::invited(&app, "bob@example.org", BuiltIn::Owner, None).await;

    let listed = sessions(&app, &mut first).await;
    assert_eq!(listed.len(), 2, "{listed:?}");
    let other = listed.iter().find(|session| session["isCurrent"] == false).unwrap();
    assert_eq!(other["userAgent"], "Telephone");
    let path = format!("/auth/sessions/{}", other["id"].as_str().unwrap());
    // A session of another member is not found.
    assert_eq!(stranger.send(&app, Method::DELETE, &path, &Value::Null).await.status, 404);
    assert!(second.is_signed_in(&app).await);
    assert_eq!(first.send(&app, Method::DELETE, &path, &Value::Null).await.status, 200);
    assert!(!second.is_signed_in(&app).await);
    assert!(first.is_signed_in(&app).await && stranger.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn a_session_ends_after_half_an_hour_without_activity(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let start = app.clock.now();
    app.clock.set(start.plus_seconds(20 * 60));
    app.app.callers.forget_sessions();
    // A request without activity does not prolong the session, one with activity does.
    assert!(browser.is_signed_in(&app).await);
    let mut active = browser.clone().with("x-verigraph-activity", Some("1"));
    assert!(active.is_signed_in(&app).await);
    app.app.callers.forget_sessions();
    app.clock.set(start.plus_seconds(45 * 60));
    assert!(browser.is_signed_in(&app).await);
    app.clock.set(start.plus_seconds(50 * 60));
    assert!(!browser.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn a_session_ends_after_twelve_hours_in_any_case(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut browser = browser.with("x-verigraph-activity", Some("1"));
    let start = app.clock.now();
    for quarters in 1..=47 {
        app.clock.set(start.plus_seconds(quarters * 15 * 60));
        app.app.callers.forget_sessions();
        assert!(browser.is_signed_in(&app).await, "after {quarters} quarters of an hour");
    }
    app.clock.set(start.plus_seconds(12 * 60 * 60));
    assert!(!browser.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn sign_out_ends_the_session_and_deletes_the_cookie(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let stolen = browser.clone();
    let answer = browser.post(&app, "/auth/sign-out", json!({})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(!browser.cookies.contains_key("verigraph-local"));
    assert!(!stolen.clone().is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn an_explorer_token_is_valid_for_a_quarter_of_an_hour_and_ends_with_its_session(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = browser.token(&app, app.project).await;
    let query = "{ viewer { membership { number role { builtIn } label } credential { id } isFresh } }";
    let data = app.query_as(&token, query, json!({})).await;
    let expected = json!({
        "membership": { "number": 2, "role": { "builtIn": "OWNER" }, "label": "Ada Lovelace" },
        "credential": null,
        "isFresh": true,
    });
    assert_eq!(data["viewer"], expected);
    app.clock.set(app.clock.now().plus_seconds(15 * 60 + 6));
    assert_eq!(app.post(&token, &json!({ "query": query })).await.status, 401);

    let mut browser = Browser::default();
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(browser.sign_in(&app, &ada).await.status, 200);
    let token = browser.token(&app, app.project).await;
    browser.post(&app, "/auth/sign-out", json!({})).await;
    assert_eq!(app.post(&token, &json!({ "query": query })).await.status, 401);
}

/// The membership of a signed-in person in a project.
async fn membership(app: &TestApp, browser: &mut Browser, project: Uuid) -> Uuid {
    let mut state = browser.state(app).await;
    let memberships = state["memberships"].as_array_mut().unwrap();
    let own = memberships.iter().find(|it| it["project"]["id"] == project.to_string()).unwrap();
    own["id"].as_str().unwrap().parse().unwrap()
}

/// The projects of the entries of signing out, each with the membership that did it.
async fn sign_outs(app: &TestApp) -> BTreeSet<(Uuid, Option<Uuid>)> {
    let rows = audit_event::Entity::find().filter(audit_event::Column::Action.eq("Member.SignedOut"));
    let rows = rows.all(app.store.write()).await.unwrap();
    rows.into_iter().map(|row| (row.project_id, row.membership_id)).collect()
}

#[rstest]
#[tokio::test]
async fn the_audit_says_who_signed_a_member_out(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    let (bob, mut browser) = Person::invited(&app, "bob@example.org", BuiltIn::Auditor, None).await;
    let token = invitation_to(&app, other, &bob.email, BuiltIn::Auditor, None).await;
    assert_eq!(browser.post(&app, "/auth/link/join", json!({ "token": token })).await.status, 200);
    let here = membership(&app, &mut browser, app.project).await;
    let there = membership(&app, &mut browser, other).await;

    // The owner of one project, who is no member of the other.
    let (_, mut ada) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let owner = membership(&app, &mut ada, app.project).await;
    let token = ada.token(&app, app.project).await;
    let document =
        format!("mutation {{ it: signOutMember(input: {{ membershipId: \"{here}\" }}) {{ __typename }} }}");
    let done = app.query_as(&token, &document, json!({})).await;
    assert_eq!(done["it"]["__typename"], "MembershipSuccessPayload");
    assert!(!browser.is_signed_in(&app).await);
    let mut expected = BTreeSet::from([(app.project, Some(owner)), (other, None)]);
    assert_eq!(sign_outs(&app).await, expected);

    // The member itself.
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(browser.sign_in(&app, &bob).await.status, 200);
    assert_eq!(browser.post(&app, "/auth/sign-out", json!({})).await.status, 200);
    expected.extend([(app.project, Some(here)), (other, Some(there))]);
    assert_eq!(sign_outs(&app).await, expected);

    // The operator, by a command.
    let row = entity::membership::Entity::find_by_id(here).one(app.store.write()).await.unwrap();
    let member = row.unwrap().member_id;
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(browser.sign_in(&app, &bob).await.status, 200);
    let transaction = app.store.begin().await.unwrap();
    assert_eq!(session::end(&transaction, &app.clock, member, Which::All).await.unwrap(), 1);
    transaction.commit().await.unwrap();
    expected.insert((app.project, None));
    assert_eq!(sign_outs(&app).await, expected);
}

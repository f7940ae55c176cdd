use axum::http::Method;
use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Browser, Person};
use crate::harness::{Db, TestApp};

const LISTED: &str = "query Me { viewer { permissions } }";

/// A server whose dashboard has one document, and a browser that is signed in.
async fn signed_in(db: Db) -> (TestApp, Browser) {
    let mut app = TestApp::start(db).await;
    app.restart_with_documents([LISTED]);
    let (_, browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let project = app.project.to_string();
    (app, browser.with("x-verigraph-project", Some(&project)))
}

#[rstest]
#[tokio::test]
async fn the_cookie_runs_documents_of_the_dashboard_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let (app, mut browser) = signed_in(db).await;
    let hash = verigraph::graphql::document::Hash::of(LISTED);
    for body in [json!({ "query": LISTED }), json!({ "documentId": format!("sha256:{hash}") })] {
        let answer = browser.post(&app, "/graphql", body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(answer.json()["data"]["viewer"]["permissions"].is_array(), "{answer:?}");
    }
    for (body, code) in [
        (json!({ "query": "{ viewer { permissions } }" }), "BAD_REQUEST"),
        (json!({ "query": "mutation { eraseUser(input: {userId: \"x\"}) { __typename } }" }), "BAD_REQUEST"),
        // A page of another build: it says that there is a new version.
        (json!({ "documentId": "sha256:00" }), "PERSISTED_QUERY_NOT_FOUND"),
        (json!({ "documentId": "Me" }), "PERSISTED_QUERY_NOT_FOUND"),
    ] {
        let answer = browser.post(&app, "/graphql", body.clone()).await;
        assert_eq!(answer.code(), code, "{body}");
    }
}

#[rstest]
#[tokio::test]
async fn requests_that_another_site_could_make_run_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let (app, browser) = signed_in(db).await;
    let body = json!({ "query": LISTED });
    for (name, value) in [
        ("x-verigraph-client", None),
        ("x-verigraph-client", Some("other")),
        ("origin", None),
        ("origin", Some("null")),
        ("origin", Some("http://localhost:8081")),
        ("origin", Some("https://evil.example")),
    ] {
        let mut foreign = browser.clone().with(name, value);
        let answer = foreign.post(&app, "/graphql", body.clone()).await;
        assert_eq!(answer.code(), "FORBIDDEN", "{name}: {value:?}");
        for path in ["/auth/sign-out", "/auth/explorer-token", "/auth/step-up/begin"] {
            let answer = foreign.post(&app, path, json!({ "projectId": app.project })).await;
            assert_eq!(answer.json()["code"], "ORIGIN_REFUSED", "{path} {name}: {value:?}");
        }
    }
    let mut form = browser.clone().with("content-type", Some("application/x-www-form-urlencoded"));
    assert_eq!(form.post(&app, "/graphql", body.clone()).await.status, 415);
    let mut get = browser.clone();
    let answer =
        get.send(&app, Method::GET, "/graphql?query=%7Bviewer%7Bpermissions%7D%7D", &Value::Null).await;
    assert_eq!(answer.status, 401, "{answer:?}");
    assert!(browser.clone().is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn a_project_without_a_membership_is_refused_like_an_unknown_one(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let (app, browser) = signed_in(db).await;
    let other = app.new_project().await.to_string();
    let mut answers = Vec::new();
    for project in [Some(other.as_str()), Some("00000000-0000-0000-0000-000000000000"), Some("x"), None] {
        let mut browser = browser.clone().with("x-verigraph-project", project);
        let answer = browser.post(&app, "/graphql", json!({ "query": LISTED })).await;
        answers.push((answer.status.as_u16(), answer.text));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 403), "{answers:?}");
}

#[rstest]
#[tokio::test]
async fn with_an_authorization_header_the_cookie_is_not_looked_at(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let (app, browser) = signed_in(db).await;
    let mut wrong = browser.with("authorization", Some("Bearer nonsense"));
    assert_eq!(wrong.post(&app, "/graphql", json!({ "query": LISTED })).await.status, 401);
}

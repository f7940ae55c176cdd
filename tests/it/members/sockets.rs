//! Sockets that the session's cookie opened, beside those that a token opened.

use std::time::Duration;

use axum::http::Method;
use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::time::timeout;
use verigraph::{config::Config, graphql::document::Hash};

use super::{Browser, Person};
use crate::{
    harness::{Db, NewUser, Served, TestApp},
    subscriptions::Client,
};

const CHANGES: &str = "subscription Changes { event { resourceId } }";
const FOREIGN: &str = "https://app.example.com";

/// A server whose dashboard has one document, and which pages of another origin may use.
async fn start(db: Db) -> (TestApp, Served) {
    let mut app = TestApp::start(db).await;
    app.restart_with(Config { cors_origins: vec![FOREIGN.to_owned()], ..Config::default() });
    app.restart_with_documents([CHANGES]);
    let served = app.serve(&Config::default()).await;
    (app, served)
}

fn cookie(browser: &Browser) -> String {
    format!("verigraph-local={}", browser.cookies["verigraph-local"])
}

/// A socket that a page of the dashboard has opened.
async fn open(app: &TestApp, served: &Served, browser: &Browser) -> Client {
    let own = format!("http://{}", served.address);
    let headers = [("origin", own.as_str()), ("cookie", &cookie(browser))];
    let mut client = Client::connect(served.address, &headers).await.unwrap();
    client.init(json!({ "project": app.project })).await;
    assert_eq!(client.next().await, json!({ "type": "connection_ack" }));
    client
}

#[rstest]
#[tokio::test]
async fn pages_of_another_origin_open_sockets_by_token_and_not_by_cookie(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let (app, served) = start(db).await;
    let (_, browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    drop(open(&app, &served, &browser).await);
    let by_cookie = [("origin", FOREIGN), ("cookie", &cookie(&browser))];
    assert_eq!(Client::connect(served.address, &by_cookie).await.err(), Some(403));
    let mut by_token = Client::connect(served.address, &[("origin", FOREIGN)]).await.unwrap();
    by_token.init(json!({ "Authorization": format!("Bearer {}", app.token) })).await;
    assert_eq!(by_token.next().await, json!({ "type": "connection_ack" }));
}

#[rstest]
#[tokio::test]
async fn ending_a_device_closes_its_sockets_within_a_second_and_no_others(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let (app, served) = start(db).await;
    let (ada, mut first) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut second = Browser::default();
    assert_eq!(second.sign_in(&app, &ada).await.status, 200);
    let (mut kept, mut ended) = (open(&app, &served, &first).await, open(&app, &served, &second).await);
    let listed = first.send(&app, Method::GET, "/auth/sessions", &Value::Null).await.json();
    let other = listed["sessions"].as_array().unwrap().iter().find(|it| it["isCurrent"] == false).unwrap();
    let path = format!("/auth/sessions/{}", other["id"].as_str().unwrap());
    assert_eq!(first.send(&app, Method::DELETE, &path, &Value::Null).await.status, 200);
    let (code, _) = timeout(Duration::from_secs(1), ended.closed()).await.expect("the socket is open");
    assert_eq!(code, 4403);
    assert!(!second.is_signed_in(&app).await);
    kept.settle().await;
    assert!(first.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn an_open_socket_is_no_activity(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let (app, served) = start(db).await;
    let (_, browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut browser = browser.with("x-verigraph-project", Some(&app.project.to_string()));
    let ask = json!({ "documentId": format!("sha256:{}", Hash::of(CHANGES)) });
    let mut client = open(&app, &served, &browser).await;
    let start = app.clock.now();
    for minutes in [10, 20, 28] {
        app.clock.set(start.plus_seconds(minutes * 60));
        app.app.callers.forget_sessions();
        client.settle().await;
        assert_ne!(browser.post(&app, "/graphql", ask.clone()).await.status, 401, "after {minutes} minutes");
    }
    app.clock.set(start.plus_seconds(31 * 60));
    app.app.callers.forget_sessions();
    assert_eq!(browser.post(&app, "/graphql", ask).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn the_socket_of_a_limited_member_is_told_of_visible_users_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let (app, served) = start(db).await;
    let (_, browser) = Person::invited(&app, "bob@example.org", BuiltIn::Reviewer, Some(&["vip"])).await;
    let other = app.user(NewUser::default()).await;
    let vip = app.user(NewUser { tags: &["vip"], ..NewUser::default() }).await;
    let mut client = open(&app, &served, &browser).await;
    client.listen("a", CHANGES).await;
    for user in [other, vip] {
        let update = json!({ "id": user, "ref": user });
        let query = "mutation M($id: ID!, $ref: String!) { updateUser(input: { userId: $id, refId: $ref }) { __typename } }";
        let data = app.query_as(&app.token, query, update).await;
        assert_eq!(data["updateUser"]["__typename"], "UpdateUserSuccessPayload", "{data}");
    }
    assert_eq!(client.next_data("a").await["event"]["resourceId"], json!(vip));
    client.receives_nothing().await;
}

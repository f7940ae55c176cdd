//! A pool with a single connection: a transaction that took a second connection would wait for itself.

use std::time::Duration;

use axum::{body::Body, http::Request};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{config::Config, db::Pools};

use crate::{
    authorization::{
        lifecycle::{self, to_sandbox},
        outcomes::{all_outcomes, document},
    },
    erased::{Person, erase, put, rest_writes},
    exports::export,
    harness::{Db, TestApp},
    sessions::{key, send},
    webhooks::{Receiver, settings},
};

/// A server whose pool has one connection and a short wait for it.
async fn narrow(db: Db) -> TestApp {
    let pools = Pools { connections: 1, wait: Duration::from_secs(2), statement: Duration::from_secs(30) };
    TestApp::start_narrow(db, Config::default(), pools).await
}

async fn rest(app: &TestApp, method: &str, path: &str, body: Body) -> Value {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("authorization", format!("Bearer {}", app.token)).body(body).unwrap();
    let answer = app.send(request).await;
    assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
    answer.json()
}

/// Every outcome of every mutation, each on a server without cached keys: what a transaction reads, it reads
/// on its own connection.
async fn mutations(app: &mut TestApp) {
    let receiver = Receiver::start().await;
    app.restart_with(settings());
    let mut all = all_outcomes(app, &receiver.url).await;
    for is_sandbox in [false, true] {
        if is_sandbox {
            to_sandbox(app, app.project).await;
            app.restart_with(settings());
            all = lifecycle::in_sandbox(app).await;
        }
        for (name, mutation) in &all {
            app.app.vault.forget();
            let answer = app.run_as(&app.token, &document(name, mutation), json!({})).await;
            assert!(answer.get("errors").is_none(), "{name}: {answer}");
        }
    }
}

async fn paths(app: &mut TestApp) {
    let (exports, writes): (Vec<_>, Vec<_>) =
        rest_writes().into_iter().map(|(_, path)| path).partition(|path| path.starts_with("/export/"));
    assert_eq!(writes.len(), 10, "say how a path is used below");
    for path in exports {
        let list = path.trim_start_matches("/export/");
        let file = export(app, &app.token, list, &json!({})).await;
        assert_eq!(file.status, 200, "{path}: {}", file.text);
    }
    let level = app.level(None, "Narrow", 70).await;
    let person = Person::new(app, "narrow", level).await;
    let api_key = key(app).await;
    let base = "/api/web/v1/idproofing";
    app.app.vault.forget();
    let begun =
        rest(app, "POST", &format!("{base}/init"), json!({ "userId": person.user }).to_string().into()).await;
    let request = begun["requestId"].as_str().unwrap();
    app.app.vault.forget();
    rest(app, "PUT", &format!("{base}/{request}/image/0"), crate::harness::picture().into()).await;
    app.app.vault.forget();
    rest(
        app,
        "PUT",
        &format!("{base}/{request}/complete"),
        "{\"documentAuthenticationResult\":\"PASSED\"}".into(),
    )
    .await;
    for address in &person.uploads {
        app.app.vault.forget();
        assert_eq!(put(app, address).await, 200);
    }
    for ref_id in ["narrow", "new"] {
        app.app.vault.forget();
        let body = json!({ "refId": ref_id, "forceCreation": true }).to_string();
        assert_eq!(send(app, axum::http::Method::POST, "/v2/sessions", &api_key, body).await.status, 200);
    }
    app.app.vault.forget();
    erase(app, person.user).await;
}

#[rstest]
#[tokio::test]
async fn every_write_needs_one_connection(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = narrow(db).await;
    mutations(&mut app).await;
    paths(&mut app).await;
}

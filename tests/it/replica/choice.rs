//! Which server answers: by operation, and by what is there.

use std::time::Duration;

use serde_json::json;

use super::Replicated;
use crate::harness::NewUser;

#[tokio::test]
async fn queries_and_rest_reads_are_answered_by_the_replica_and_everything_else_by_the_primary() {
    let on = Replicated::start(Duration::ZERO, None).await;
    let app = &on.app;
    let user = app.user(NewUser { ref_id: Some("before"), ..NewUser::default() }).await;
    app.session(user, crate::harness::NewSession::default()).await;
    let proofing = app.proofing(crate::harness::NewProofing::default()).await;
    let seen = on.create("warm").await;
    let caught_up = seen.header("x-verigraph-position").to_owned();
    while on.app.store.for_reading(caught_up.parse().ok()).await.is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    on.pause().await;

    // A user, a session and a proofing request that the replica does not have.
    on.create("after").await;
    let later = app.user(NewUser { ref_id: Some("later"), ..NewUser::default() }).await;
    app.session(later, crate::harness::NewSession::default()).await;
    let unseen = app.proofing(crate::harness::NewProofing::default()).await;
    let token = format!("Bearer {}", app.token);
    let bearer = [("authorization", token.as_str())];
    for (path, status) in [
        ("/v2/users/before".to_owned(), 200),
        ("/v2/users/later".to_owned(), 404),
        (format!("/api/web/v1/idproofing/{}", proofing.id), 200),
        (format!("/api/web/v1/idproofing/{}", unseen.id), 404),
    ] {
        let answer = app.get(&path, &bearer).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text);
    }
    // A list by POST is a read too.
    let request = axum::http::Request::post("/api/web/v1/idproofing")
        .header("authorization", &token)
        .header("content-type", "application/json")
        .body("{}".into())
        .unwrap();
    let list = app.send(request).await;
    assert_eq!(list.json()["results"].as_array().unwrap().len(), 1, "{}", list.text);
    assert_eq!(list.header("x-verigraph-position"), "");
    assert_eq!(on.count(None).await, 2);
    // A stream has no header for the next operation, so it reads from the primary.
    let request = axum::http::Request::post("/graphql")
        .header("authorization", &token)
        .header("content-type", "application/json")
        .header("accept", "text/event-stream")
        .body(json!({ "query": "{ users { totalCount } }" }).to_string().into())
        .unwrap();
    let stream = app.send(request).await;
    assert!(stream.text.contains("\"totalCount\":4"), "{}", stream.text);
    // A credential that the replica does not have is authenticated.
    let token = app.token_with(&[verigraph::auth::Permission::UsersView]).await;
    let answer = app.run_as(&token, "{ users { totalCount } }", json!({})).await;
    assert_eq!(answer["data"]["users"]["totalCount"], 2, "{answer}");
    // A mutation reads what the replica does not have.
    let query = "mutation($input: UpdateUserInput!) { updateUser(input: $input) { __typename } }";
    let input = json!({ "userId": later, "tags": ["a"] });
    let answer = on.send(query, json!({ "input": input }), None).await;
    assert_eq!(
        answer.json()["data"]["updateUser"]["__typename"],
        "UpdateUserSuccessPayload",
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn reads_go_on_while_the_replica_is_away_and_return_to_it() {
    let on = Replicated::start(Duration::from_millis(100), Some(Duration::from_secs(1))).await;
    let position = on.create("one").await.header("x-verigraph-position").to_owned();
    on.replica.stop();
    let started = std::time::Instant::now();
    // From the first request on, before any check has found out.
    for _ in 0..50 {
        assert_eq!(on.count(None).await, 1);
        assert_eq!(on.count(Some(&position)).await, 1);
    }
    assert!(started.elapsed() < Duration::from_secs(10), "requests waited for the replica");
    on.eventually(false).await;
    assert_eq!(on.app.get("/readyz", &[]).await.status, 200);
    on.replica.restart();
    on.eventually(true).await;
    assert_eq!(on.count(None).await, 1);
}

#[tokio::test]
async fn reads_of_a_promoted_replica_go_to_the_primary() {
    let on = Replicated::start(Duration::ZERO, None).await;
    on.replica.execute("SELECT pg_promote()").await;
    on.eventually(false).await;
    on.create("one").await;
    assert_eq!(on.count(None).await, 1);
}

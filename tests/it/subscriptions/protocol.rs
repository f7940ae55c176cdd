//! The graphql-transport-ws protocol, and how its violations are handled.

use std::time::Duration;

use rstest::rstest;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use verigraph::{auth::Permissions, config::Config, event::Kind};

use super::{Client, EVENTS, limited, record_event, serve};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn a_token_is_accepted_in_each_supported_place(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let (bearer, bare) = (format!("Bearer {}", app.token), app.token.clone());
    for payload in [
        json!({ "Authorization": bearer }),
        json!({ "authorization": bearer }),
        json!({ "authorization": bare }),
    ] {
        let mut client = Client::connect(served.address, &[]).await.unwrap();
        client.init(payload).await;
        assert_eq!(client.next().await["type"], "connection_ack");
    }
    let mut client = Client::connect(served.address, &[("authorization", &bearer)]).await.unwrap();
    client.send(json!({ "type": "connection_init" })).await;
    assert_eq!(client.next().await["type"], "connection_ack");
    assert_eq!(Client::connect(served.address, &[("authorization", "Bearer x")]).await.err(), Some(401));
}

#[rstest]
#[tokio::test]
async fn an_unauthenticated_socket_is_closed(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let now = app.clock.now();
    let pair = app.credential(app.project, Permissions::all(), None).await;
    app.clock.set(now.plus_seconds(-7200));
    let expired = app.token_of(pair.credential, Permissions::all(), 3600).await;
    app.clock.set(now);
    for payload in [
        json!(null),
        json!({}),
        json!({ "Authorization": 1 }),
        json!({ "Authorization": "" }),
        json!({ "Authorization": "Bearer nonsense" }),
        json!({ "Authorization": "Basic ZGVtbzpkZW1v" }),
        json!({ "Authorization": expired }),
    ] {
        let mut client = Client::connect(served.address, &[]).await.unwrap();
        client.init(payload.clone()).await;
        let (code, reason) = client.closed().await;
        assert_eq!(code, 4403, "{payload}");
        assert!(!reason.is_empty());
    }
    let mut client = Client::connect(served.address, &[]).await.unwrap();
    client.subscribe("a", EVENTS).await;
    assert_eq!(client.closed().await, (4401, "Unauthorized".to_owned()));
}

#[rstest]
#[tokio::test]
async fn a_second_init_closes_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.init(json!({ "Authorization": app.token })).await;
    assert_eq!(client.closed().await, (4429, "Too many initialisation requests".to_owned()));
}

#[rstest]
#[tokio::test]
async fn an_invalid_message_closes_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    for garbage in [
        Message::text("nonsense"),
        Message::text("[]"),
        Message::text("{\"type\":\"dance\"}"),
        Message::text("{\"type\":\"subscribe\",\"payload\":{}}"),
        Message::text("{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{}}"),
        Message::text("{\"type\":\"subscribe\",\"id\":\"a\",\"payload\":1}"),
        Message::text("[".repeat(60_000)),
        Message::binary(b"{\"type\":\"ping\"}".to_vec()),
    ] {
        let mut client = Client::open(served.address, &app.token).await;
        client.raw(garbage.clone()).await;
        assert_eq!(client.closed().await.0, 4400, "{garbage:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_duplicate_subscription_id_closes_the_socket(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    client.send(json!({ "type": "complete", "id": "a" })).await;
    client.listen("a", EVENTS).await;
    client.subscribe("a", EVENTS).await;
    assert_eq!(client.closed().await, (4409, "Subscriber for a already exists".to_owned()));
}

#[rstest]
#[tokio::test]
async fn a_completed_subscription_receives_nothing_more(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    record_event(&app, Kind::UserCreated, app.project, None).await;
    client.next_data("a").await;
    client.send(json!({ "type": "complete", "id": "a" })).await;
    client.settle().await;
    record_event(&app, Kind::UserCreated, app.project, None).await;
    client.receives_nothing().await;
    assert_eq!(app.app.hub.count(), 0);
}

#[rstest]
#[tokio::test]
async fn a_closed_socket_has_no_subscriptions(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    assert_eq!(app.app.hub.count(), 1);
    drop(client);
    let gone = async {
        while app.app.hub.count() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_stopping_server_closes_its_sockets_with_a_reason(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut served = serve(&app).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    let mut silent = Client::connect(served.address, &[]).await.unwrap();
    served.stop();
    assert_eq!(client.closed().await, (1001, "the server is stopping".to_owned()));
    assert_eq!(silent.closed().await.0, 1001);
    served.stopped().await;
}

#[rstest]
#[tokio::test]
async fn pages_of_other_origins_cannot_open_sockets(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let config = Config {
        cors_origins: vec!["https://app.example.com".to_owned()],
        public_url: Some("https://id.example.com/".to_owned().try_into().unwrap()),
        ..Config::default()
    };
    app.restart_with(config);
    let served = serve(&app).await;
    let own = format!("http://{}", served.address);
    for origin in [own.as_str(), "https://app.example.com", "https://id.example.com"] {
        assert!(Client::connect(served.address, &[("origin", origin)]).await.is_ok(), "{origin}");
    }
    for origin in ["https://evil.example.com", "null", "https://app.example.com.evil.com", "file://", ""] {
        assert_eq!(Client::connect(served.address, &[("origin", origin)]).await.err(), Some(403), "{origin}");
    }
    let other = Client::connect(served.address, &[("sec-websocket-protocol", "graphql-ws")]).await;
    assert_eq!(other.err(), Some(400));
}

#[rstest]
#[tokio::test]
async fn every_socket_limit_is_enforced_and_named(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    app.restart_with(limited(|limits| {
        limits.socket_init_seconds = 1;
        limits.socket_message = 2_000;
        limits.socket_subscriptions = 2;
        limits.sockets_per_credential = 2;
        limits.sockets = 4;
    }));
    let served = serve(&app).await;
    let mut silent = Client::connect(served.address, &[]).await.unwrap();
    let (code, reason) = silent.closed().await;
    assert_eq!((code, reason.contains("`limits.socket_init_seconds`")), (4408, true), "{reason}");

    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    client.listen("b", EVENTS).await;
    client.subscribe("c", EVENTS).await;
    let text = "too many subscriptions on this socket: the limit is 2 (`limits.socket_subscriptions`)";
    assert_eq!(client.refused("c").await, ("OVERLOADED".to_owned(), text.to_owned()));

    let _second = Client::open(served.address, &app.token).await;
    let mut third = Client::connect(served.address, &[]).await.unwrap();
    third.init(json!({ "Authorization": app.token })).await;
    let (code, reason) = third.closed().await;
    assert_eq!((code, reason.contains("`limits.sockets_per_credential`")), (1013, true), "{reason}");
    let mut others = Vec::new();
    let refused = loop {
        match Client::connect(served.address, &[]).await {
            Ok(client) => others.push(client),
            Err(status) => break status,
        }
        assert!(others.len() < 4);
    };
    assert_eq!(refused, 503);

    client.send(json!({ "type": "ping", "payload": "x".repeat(2_000) })).await;
    let (code, reason) = client.closed().await;
    assert_eq!((code, reason.contains("`limits.socket_message`")), (1009, true), "{reason}");
}

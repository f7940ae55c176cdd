//! Management of webhook subscriptions: permissions, validation, and the data that GraphQL returns.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    auth::{Permission, Permissions},
    event::Kind,
};

use super::{
    Receiver, deliver_all, deliveries, is_signed, record_event, row, subscribe, update, with_receivers,
    worker,
};
use crate::harness::{Db, TestApp};

async fn add(app: &TestApp, rest: &str) -> Value {
    let document = format!(
        "mutation {{ addWebhookSubscription(input: {{ label: \"a\", {rest} }}) {{
            __typename ... on Rejection {{ message }}
            ... on WebhookSubscriptionSuccessPayload {{ secret webhookSubscription {{ id status eventTypes }} }} }} }}"
    );
    app.query(&document).await["addWebhookSubscription"].take()
}

#[rstest]
#[tokio::test]
async fn an_undeliverable_endpoint_is_rejected_when_added(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let endpoint = "endpoint: \"https://example.org/hook\"";
    for (rest, refused) in [
        (
            "endpoint: \"http://example.org\", eventTypes: [\"*\"]".to_owned(),
            "InvalidWebhookEndpointRejection",
        ),
        (
            "endpoint: \"https://127.0.0.1\", eventTypes: [\"*\"]".to_owned(),
            "InvalidWebhookEndpointRejection",
        ),
        ("endpoint: \"https://[::1]\", eventTypes: [\"*\"]".to_owned(), "InvalidWebhookEndpointRejection"),
        (format!("{endpoint}, eventTypes: []"), "UnknownEventTypeRejection"),
        (format!("{endpoint}, eventTypes: [\"User.Made\"]"), "UnknownEventTypeRejection"),
        (format!("{endpoint}, eventTypes: [\"Webhook.Probe\"]"), "UnknownEventTypeRejection"),
        (
            format!("{endpoint}, eventTypes: [\"User.Created\"], bodyKind: SESSION"),
            "UnknownEventTypeRejection",
        ),
        (
            format!("{endpoint}, eventTypes: [\"VerificationSession.Created\"], bodyKind: RESULT"),
            "UnknownEventTypeRejection",
        ),
        (
            format!("{endpoint}, eventTypes: [\"*\"], secret: \"whsec_dG9vIHNob3J0\""),
            "InvalidWebhookSecretRejection",
        ),
    ] {
        assert_eq!(add(&app, &rest).await["__typename"], refused, "{rest}");
    }
    assert_eq!(
        app.query("{ webhookSubscriptions { totalCount } }").await["webhookSubscriptions"]["totalCount"],
        0
    );
    let types = "eventTypes: [\"Verification.Granted\", \"User.Created\", \"User.Created\"]";
    let added = add(&app, &format!("{endpoint}, {types}")).await;
    assert_eq!(added["webhookSubscription"]["eventTypes"], json!(["User.Created", "Verification.Granted"]));
    let id = added["webhookSubscription"]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(
        update(&app, id, "eventTypes: [\"nonsense\"]").await["__typename"],
        "UnknownEventTypeRejection"
    );
    assert_eq!(
        update(&app, id, "endpoint: \"ftp://x\"").await["__typename"],
        "InvalidWebhookEndpointRejection"
    );
    let session = add(&app, &format!("{endpoint}, eventTypes: [\"*\"], bodyKind: SESSION")).await;
    let id = session["webhookSubscription"]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(
        update(&app, id, "eventTypes: [\"User.Created\"]").await["__typename"],
        "UnknownEventTypeRejection"
    );
}

#[rstest]
#[tokio::test]
async fn a_caller_cannot_set_the_status_broken(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let document = "mutation { addWebhookSubscription(input: {
            label: \"a\", endpoint: \"https://example.org\", eventTypes: [\"*\"], status: Broken }) { __typename } }";
    let answer = app.run_as(&app.token, document, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
}

#[rstest]
#[tokio::test]
async fn the_same_key_returns_the_same_subscription_and_secret(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let rest = "endpoint: \"https://example.org/\", eventTypes: [\"*\"], idempotencyKey: \"k\"";
    let first = add(&app, rest).await;
    assert!(first["secret"].is_string(), "{first}");
    assert_eq!(add(&app, rest).await, first);
    let other = add(&app, &rest.replace('*', "User.Created")).await;
    assert_eq!(other["__typename"], "IdempotencyKeyReusedRejection");
    let id = first["webhookSubscription"]["id"].as_str().unwrap().parse().unwrap();
    update(&app, id, "rotateSecret: true").await;
    assert_eq!(add(&app, rest).await["secret"], json!(null), "what came later was shown to somebody else");
}

#[rstest]
#[tokio::test]
async fn a_probe_is_sent_at_once_and_returns_its_result(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "status: Disabled").await;
    let probe = async |id: uuid::Uuid| {
        let document = format!(
            "mutation {{ probeWebhookEndpoint(input: {{ id: \"{id}\" }}) {{
                    ... on ProbeWebhookEndpointSuccessPayload {{ statusCode milliseconds failure }} }} }}"
        );
        app.query(&document).await["probeWebhookEndpoint"].take()
    };
    receiver.answer(418);
    let probed = probe(subscribed.id).await;
    assert_eq!((probed["statusCode"].clone(), probed["failure"].clone()), (json!(418), json!(null)));
    assert!(probed["milliseconds"].as_i64().unwrap() < 4_000);
    let received = receiver.take();
    assert_eq!(received[0].json()["eventType"], "Webhook.Probe");
    assert_eq!(received[0].resource(), subscribed.id);
    assert!(is_signed(&received[0], &subscribed.secret));
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nobody = subscribe(&app, &app.token, &format!("http://{nobody}/"), "").await;
    let probed = probe(nobody.id).await;
    assert_eq!(
        (probed["statusCode"].clone(), probed["failure"].clone()),
        (json!(null), json!("not_connected"))
    );
    assert_eq!(deliveries(&app, subscribed.id).await, []);
    assert_eq!(row(&app, subscribed.id).await.consecutive_failures, 0);
}

#[rstest]
#[tokio::test]
async fn removing_an_endpoint_deletes_its_secrets_and_pending_deliveries(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    let document = format!(
        "mutation {{ removeWebhookSubscription(input: {{ id: \"{}\" }}) {{ __typename }} }}",
        subscribed.id
    );
    let removed = app.query(&document).await;
    assert_eq!(removed["removeWebhookSubscription"]["__typename"], "RemoveWebhookSubscriptionSuccessPayload");
    let again = app.query(&document).await;
    assert_eq!(again["removeWebhookSubscription"]["__typename"], "WebhookSubscriptionNotFoundRejection");
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    assert_eq!(receiver.take().len(), 1);
    let gone = row(&app, subscribed.id).await;
    assert_eq!((gone.secret, gone.previous_secret), (Vec::new(), None));
    let document = format!(
        "{{ node(id: \"{0}\") {{ id }} webhookSubscription(id: \"{0}\") {{ id }}
                webhookSubscriptions {{ totalCount }} webhookEventLogs {{ edges {{ node {{
                    status webhookSubscription {{ id }} }} }} }} }}",
        subscribed.id
    );
    let log = json!({ "node": { "status": "Delivered", "webhookSubscription": null } });
    let expected = json!({
        "node": null, "webhookSubscription": null, "webhookSubscriptions": { "totalCount": 0 },
        "webhookEventLogs": { "edges": [log] },
    });
    assert_eq!(app.query(&document).await, expected);
    assert_eq!(
        update(&app, subscribed.id, "label: \"x\"").await["__typename"],
        "WebhookSubscriptionNotFoundRejection"
    );
}

/// It would receive events of users that it may not see.
#[rstest]
#[tokio::test]
async fn a_tag_limited_credential_cannot_use_webhooks(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let limited = app.token_for(app.project, Permissions::all(), Some(&["a"])).await;
    let held = app.query_as(&limited, "{ viewer { permissions } }", json!({})).await;
    let held = held["viewer"]["permissions"].as_array().unwrap();
    let all = Permission::ALL.iter().copied().filter(|permission| permission.goes_with_tag_limits());
    assert_eq!(held.len(), all.count(), "{held:?}");
    assert!(!held.iter().any(|name| name.as_str().unwrap().starts_with("WEBHOOKS:")), "{held:?}");
    for query in [
        "{ webhookSubscriptions { totalCount } }",
        "{ webhookEventLogs { totalCount } }",
        "{ webhookEventTypes }",
    ] {
        let answer = app.run_as(&limited, query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
    }
    let document = "mutation { addWebhookSubscription(input: {
            label: \"a\", endpoint: \"https://example.org\", eventTypes: [\"*\"] }) { __typename } }";
    let answer = app.query_as(&limited, document, json!({})).await;
    assert_eq!(answer["addWebhookSubscription"]["__typename"], "ForbiddenRejection");
}

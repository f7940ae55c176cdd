//! Who may manage endpoints, and what the graph says of them.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    auth::{Permission, Permissions},
    event::Kind,
};

use super::{
    Receiver, deliver_all, deliveries, happen, is_signed, row, subscribe, update, with_receivers, worker,
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
async fn what_cannot_be_delivered_is_refused_when_it_is_added(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
async fn only_the_server_finds_an_endpoint_broken(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let document = "mutation { addWebhookSubscription(input: {
            label: \"a\", endpoint: \"https://example.org\", eventTypes: [\"*\"], status: Broken }) { __typename } }";
    let answer = app.run_as(&app.token, document, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
}

#[rstest]
#[tokio::test]
async fn the_same_key_gives_the_same_subscription_and_its_secret_again(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
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
async fn a_probe_goes_out_at_once_and_says_how_it_went(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
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
    let told = probe(subscribed.id).await;
    assert_eq!((told["statusCode"].clone(), told["failure"].clone()), (json!(418), json!(null)));
    assert!(told["milliseconds"].as_i64().unwrap() < 4_000);
    let received = receiver.take();
    assert_eq!(received[0].json()["eventType"], "Webhook.Probe");
    assert_eq!(received[0].resource(), subscribed.id);
    assert!(is_signed(&received[0], &subscribed.secret));
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nobody = subscribe(&app, &app.token, &format!("http://{nobody}/"), "").await;
    let told = probe(nobody.id).await;
    assert_eq!((told["statusCode"].clone(), told["failure"].clone()), (json!(null), json!("not_connected")));
    assert_eq!(deliveries(&app, subscribed.id).await, []);
    assert_eq!(row(&app, subscribed.id).await.consecutive_failures, 0);
}

#[rstest]
#[tokio::test]
async fn a_removed_endpoint_is_gone_with_its_secrets_and_what_was_on_its_way(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    happen(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    happen(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    let document = format!(
        "mutation {{ removeWebhookSubscription(input: {{ id: \"{}\" }}) {{ __typename }} }}",
        subscribed.id
    );
    let removed = app.query(&document).await;
    assert_eq!(removed["removeWebhookSubscription"]["__typename"], "RemoveWebhookSubscriptionSuccessPayload");
    let again = app.query(&document).await;
    assert_eq!(again["removeWebhookSubscription"]["__typename"], "WebhookSubscriptionNotFoundRejection");
    happen(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
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

#[rstest]
#[tokio::test]
async fn the_log_is_filtered_and_paged_with_statements_that_do_not_grow(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let (one, other) = (
        subscribe(&app, &app.token, &receiver.url, "").await,
        subscribe(&app, &app.token, &receiver.url, "").await,
    );
    let resource = app.clock.new_id();
    for kind in [Kind::ProofingRequestCreated, Kind::ProofingRequestUpdated, Kind::ProofingRequestUpdated] {
        happen(&app, app.project, kind, resource, None).await;
    }
    happen(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    // Each endpoint's first about each object.
    worker(&app).run_due().await.unwrap();
    let total = async |filters: &str| {
        let query = format!("{{ webhookEventLogs(filters: {{ {filters} }}) {{ totalCount }} }}");
        app.query(&query).await["webhookEventLogs"]["totalCount"].as_i64().unwrap()
    };
    assert_eq!(total("").await, 8);
    assert_eq!(total(&format!("subscriptionId: \"{}\"", one.id)).await, 4);
    assert_eq!(total("statuses: [Delivered]").await, 4);
    assert_eq!(total("statuses: [Pending, Failed]").await, 4);
    assert_eq!(total("statuses: []").await, 0);
    assert_eq!(total("eventTypes: [\"ProofingRequest.Updated\"]").await, 4);
    assert_eq!(total(&format!("resourceId: \"{resource}\"")).await, 6);
    assert_eq!(total("eventId: \"nonsense\"").await, 0);
    let event = deliveries(&app, other.id).await[0].event_id;
    assert_eq!(total(&format!("eventId: \"{event}\"")).await, 2);

    let mut counts = Vec::new();
    for size in [2, 8] {
        app.take_statements();
        let query = format!(
            "{{ webhookEventLogs(first: {size}) {{ edges {{ node {{ id webhookSubscription {{ label }} }} }} }} }}"
        );
        let page = app.query(&query).await;
        assert_eq!(page["webhookEventLogs"]["edges"].as_array().unwrap().len(), size);
        counts.push(app.take_statements().len());
    }
    assert_eq!(counts, [2, 2]);

    let mut seen = Vec::new();
    let mut after = json!(null);
    loop {
        let query = "query ($after: String) { webhookEventLogs(first: 3, after: $after) {
                edges { node { id } } pageInfo { endCursor hasNextPage } } }";
        let page =
            app.query_as(&app.token, query, json!({ "after": after })).await["webhookEventLogs"].take();
        seen.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["id"].to_string()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 8);
}

#[rstest]
#[tokio::test]
async fn another_project_finds_neither_endpoints_nor_their_log(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    happen(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app)).await;
    let log = deliveries(&app, subscribed.id).await[0].id;
    let theirs = app.token_for(app.new_project().await, Permissions::all(), None).await;
    let id = subscribed.id;
    let query = format!(
        "{{ webhookSubscription(id: \"{id}\") {{ id }} webhookEventLog(id: \"{log}\") {{ id }}
                nodes(ids: [\"{id}\", \"{log}\"]) {{ id }}
                webhookSubscriptions {{ totalCount }} webhookEventLogs {{ totalCount }} }}"
    );
    let nothing = json!({
        "webhookSubscription": null, "webhookEventLog": null, "nodes": [null, null],
        "webhookSubscriptions": { "totalCount": 0 }, "webhookEventLogs": { "totalCount": 0 },
    });
    assert_eq!(app.query_as(&theirs, &query, json!({})).await, nothing);
    let before = row(&app, id).await;
    for (mutation, refused) in [
        (
            format!("updateWebhookSubscription(input: {{ id: \"{id}\", label: \"x\" }})"),
            "WebhookSubscriptionNotFoundRejection",
        ),
        (
            format!("removeWebhookSubscription(input: {{ id: \"{id}\" }})"),
            "WebhookSubscriptionNotFoundRejection",
        ),
        (format!("probeWebhookEndpoint(input: {{ id: \"{id}\" }})"), "WebhookSubscriptionNotFoundRejection"),
        (
            format!("replayWebhookEvent(input: {{ webhookEventLogId: \"{log}\" }})"),
            "WebhookEventLogNotFoundRejection",
        ),
    ] {
        let document = format!("mutation {{ it: {mutation} {{ __typename }} }}");
        assert_eq!(app.query_as(&theirs, &document, json!({})).await["it"]["__typename"], refused);
    }
    assert_eq!(row(&app, id).await, before);
    assert_eq!(receiver.take().len(), 1);
}

/// It would be told of users that it may not see.
#[rstest]
#[tokio::test]
async fn a_credential_that_is_limited_to_tags_has_nothing_to_do_with_webhooks(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let limited = app.token_for(app.project, Permissions::all(), Some(&["a"])).await;
    let held = app.query_as(&limited, "{ viewer { permissions } }", json!({})).await;
    let held = held["viewer"]["permissions"].as_array().unwrap();
    let all = Permission::ALL.into_iter().filter(|permission| permission.goes_with_tag_limits());
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

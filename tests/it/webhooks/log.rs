//! The log of deliveries: filters, pages, and the project that it belongs to.

use rstest::rstest;
use serde_json::json;
use verigraph::{auth::Permissions, event::Kind};

use super::{Receiver, deliver_all, deliveries, record_event, row, subscribe, with_receivers, worker};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn the_log_is_filtered_and_paged_with_a_constant_number_of_statements(
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
        record_event(&app, app.project, kind, resource, None).await;
    }
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    // Delivers the first event of each object to each endpoint.
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
    let now = "\"2026-01-15T12:00:00Z\"";
    assert_eq!(total(&format!("createdAt: {{ greaterThanOrEqual: {now} }}")).await, 8);
    assert_eq!(total(&format!("createdAt: {{ greaterThan: {now} }}")).await, 0);
    assert_eq!(total(&format!("createdAt: {{ lessThanOrEqual: {now} }}, statuses: [Delivered]")).await, 4);
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
async fn endpoints_and_their_log_are_isolated_by_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let receiver = Receiver::start().await;
    let subscribed = subscribe(&app, &app.token, &receiver.url, "").await;
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
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

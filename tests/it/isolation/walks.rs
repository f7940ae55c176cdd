//! Every list of every project, read in pages of any size: it has all rows of the project and no others.

use std::collections::BTreeSet;

use entity::{credential::Strings, webhook_delivery, webhook_subscription};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::Permissions;

use crate::harness::{Db, NewDocument, NewProofing, NewSession, NewUser, Random, TestApp};

type Ids = BTreeSet<Uuid>;

/// A project, its token, and the rows in its lists.
struct Side {
    token: String,
    lists: Vec<(&'static str, Ids)>,
    documents: Ids,
}

impl Side {
    fn list(&self, name: &str) -> &Ids {
        &self.lists.iter().find(|(of, _)| *of == name).unwrap().1
    }
}

async fn subscription(app: &TestApp, project: Uuid) -> Uuid {
    let row = webhook_subscription::Model {
        id: app.clock.new_id(),
        project_id: project,
        label: "label".to_owned(),
        endpoint: "https://example.org/".to_owned(),
        body_kind: webhook_subscription::BodyKind::Event,
        event_types: Strings(vec!["*".to_owned()]),
        status: webhook_subscription::Status::Disabled,
        secret: vec![1],
        previous_secret: None,
        previous_secret_until: None,
        consecutive_failures: 0,
        failing_since: None,
        paused_until: None,
        created_at: app.clock.now(),
        updated_at: app.clock.now(),
    };
    let id = row.id;
    let insert = webhook_subscription::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(app.store.write()).await.unwrap();
    id
}

/// An entry of the delivery log. Entries of all projects may refer to one event and one resource.
async fn log(app: &TestApp, project: Uuid, subscription: Uuid, shared: Uuid) -> Uuid {
    let row = webhook_delivery::Model {
        id: app.clock.new_id(),
        project_id: project,
        subscription_id: subscription,
        event_id: app.clock.new_id(),
        event_sequence: 1,
        event_type: "User.Created".to_owned(),
        resource_id: shared,
        status: webhook_delivery::Status::Delivered,
        attempts: 1,
        next_attempt_at: None,
        leased_until: None,
        last_attempt_at: None,
        last_status_code: Some(204),
        last_duration: Some(1),
        last_error: None,
        created_at: app.clock.now(),
        attempt_log: None,
    };
    let id = row.id;
    let insert = webhook_delivery::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(app.store.write()).await.unwrap();
    id
}

async fn side(app: &TestApp, random: &mut Random, project: Uuid, shared: Uuid) -> Side {
    let token = app.token_for(project, Permissions::all(), None).await;
    let [mut users, mut proofings, mut sessions, mut documents] = [const { Ids::new() }; 4];
    let [mut subscriptions, mut logs] = [const { Ids::new() }; 2];
    for number in 0..2 + random.below(6) {
        let ref_id = format!("ref {number}");
        let new = NewUser { project: Some(project), ref_id: Some(&ref_id), ..NewUser::default() };
        let user = app.user(new).await;
        users.insert(user);
        for _ in 0..random.below(3) {
            let new = NewProofing { project: Some(project), user: Some(user), ..NewProofing::default() };
            proofings.insert(app.proofing(new).await.id);
            let session =
                app.session(user, NewSession { project: Some(project), ..NewSession::default() }).await;
            let (step, fields) =
                (entity::verification_session::Step::IdDocument, verigraph::document::Fields::default());
            let document =
                app.document(&session, NewDocument { step, kind: None, fields, identification: None }).await;
            sessions.insert(session.id);
            documents.insert(document.id);
        }
    }
    for _ in 0..=random.below(4) {
        let id = subscription(app, project).await;
        subscriptions.insert(id);
        for _ in 0..random.below(4) {
            logs.insert(log(app, project, id, shared).await);
        }
    }
    let lists = vec![
        ("users", users),
        ("proofingRequests", proofings),
        ("verificationSessions", sessions),
        ("webhookSubscriptions", subscriptions),
        ("webhookEventLogs", logs),
    ];
    Side { token, lists, documents }
}

fn ids(page: &Value) -> Vec<Uuid> {
    let edges = page["edges"].as_array().unwrap();
    edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap().parse().unwrap()).collect()
}

#[rstest]
#[tokio::test]
async fn every_list_contains_exactly_the_rows_of_its_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let shared = app.clock.new_id();
    let projects = [app.project, app.new_project().await, app.new_project().await];
    let mut sides = Vec::new();
    for project in projects {
        sides.push(side(&app, &mut random, project, shared).await);
    }
    for (place, mine) in sides.iter().enumerate() {
        let theirs = &sides[(place + 1) % sides.len()];
        for (list, expected) in &mine.lists {
            let size = 1 + random.below(4);
            let (mut found, mut after) = (Vec::new(), String::new());
            loop {
                let query = format!(
                    "{{ list: {list}(first: {size}{after}) {{ totalCount pageInfo {{ hasNextPage endCursor }}
                            edges {{ node {{ id }} }} }} }}"
                );
                let page = app.query_as(&mine.token, &query, json!({})).await["list"].take();
                assert_eq!(page["totalCount"], expected.len(), "{list}");
                found.extend(ids(&page));
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = format!(", after: {}", page["pageInfo"]["endCursor"]);
            }
            assert_eq!(found.len(), expected.len(), "{list}");
            assert_eq!(&found.into_iter().collect::<Ids>(), expected, "{list}");
            // A cursor of another project is invalid.
            let query = format!("{{ list: {list}(first: 1) {{ edges {{ cursor }} }} }}");
            let cursor =
                app.query_as(&theirs.token, &query, json!({})).await["list"]["edges"][0]["cursor"].clone();
            if cursor.is_string() {
                let query = format!("{{ list: {list}(first: 1, after: {cursor}) {{ totalCount }} }}");
                let answer = app.run_as(&mine.token, &query, json!({})).await;
                assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_CURSOR", "{list}: {answer}");
            }
            // An id of another project gives access to nothing.
            for id in theirs.list(list) {
                let query = format!("{{ node(id: \"{id}\") {{ id }} }}");
                let found = app.query_as(&mine.token, &query, json!({})).await;
                assert_eq!(found, json!({ "node": null }), "{list}");
            }
        }
        let query = "{ verificationSessions(first: 100) { edges { node { documents { ... on UnclassifiedDocument { id } } } } } }";
        let shown = app.query_as(&mine.token, query, json!({})).await;
        let shown = shown["verificationSessions"]["edges"].as_array().unwrap().iter();
        let shown = shown.flat_map(|edge| edge["node"]["documents"].as_array().unwrap());
        let shown: Ids = shown.map(|it| it["id"].as_str().unwrap().parse().unwrap()).collect();
        assert_eq!(shown, mine.documents);
    }
}

#[rstest]
#[tokio::test]
async fn delivery_log_filters_are_limited_to_the_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let shared = app.clock.new_id();
    let other = app.new_project().await;
    let (mine, theirs) =
        (side(&app, &mut random, app.project, shared).await, side(&app, &mut random, other, shared).await);
    let logs = async |filter: String| {
        let query = format!(
            "{{ list: webhookEventLogs(first: 100, filters: {{ {filter} }}) {{ edges {{ node {{ id }} }} }} }}"
        );
        ids(&app.query_as(&mine.token, &query, json!({})).await["list"]).into_iter().collect::<Ids>()
    };
    assert_eq!(&logs(format!("resourceId: \"{shared}\"")).await, mine.list("webhookEventLogs"));
    for id in theirs.list("webhookSubscriptions") {
        assert_eq!(logs(format!("subscriptionId: \"{id}\"")).await, Ids::new());
    }
    // Each mutation of a subscription or a delivery works on the project's own one.
    for id in theirs.list("webhookSubscriptions") {
        for mutation in [
            format!("updateWebhookSubscription(input: {{ id: \"{id}\", status: Active }})"),
            format!("probeWebhookEndpoint(input: {{ id: \"{id}\" }})"),
            format!("removeWebhookSubscription(input: {{ id: \"{id}\" }})"),
        ] {
            let done = app
                .query_as(
                    &mine.token,
                    &format!("mutation {{ done: {mutation} {{ __typename }} }}"),
                    json!({}),
                )
                .await;
            assert_eq!(done["done"]["__typename"], "WebhookSubscriptionNotFoundRejection", "{mutation}");
        }
    }
    for id in theirs.list("webhookEventLogs") {
        let replay = format!(
            "mutation {{ done: replayWebhookEvent(input: {{ webhookEventLogId: \"{id}\" }}) {{ __typename }} }}"
        );
        let done = app.query_as(&mine.token, &replay, json!({})).await;
        assert_eq!(done["done"]["__typename"], "WebhookEventLogNotFoundRejection");
    }
    let query = "{ webhookSubscriptions { edges { node { status } } } }";
    let left = app.query_as(&theirs.token, query, json!({})).await;
    let left = left["webhookSubscriptions"]["edges"].as_array().unwrap();
    assert_eq!(left.len(), theirs.list("webhookSubscriptions").len());
    assert!(left.iter().all(|edge| edge["node"]["status"] == "Disabled"));
}

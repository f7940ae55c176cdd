//! Every change that a member makes on the pages is in the audit.

use std::collections::BTreeSet;

use entity::{audit_event, member, role::BuiltIn, webhook_delivery};
use rstest::rstest;
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;
use verigraph::event::Kind;

use super::{
    graph::Graph,
    lifecycle,
    outcomes::{all_outcomes, document},
};
use crate::{
    harness::{Db, NewUser, TestApp},
    members::{Browser, Person},
    webhooks::{Receiver, record_event, settings, subscribe},
};

/// Mutations without an audit entry: they change no data, or only which Sandbox user the caller acts as.
const NO_CHANGE: [&str; 3] = ["endorseSandboxUser", "generateProofingImageUploadUrl", "probeWebhookEndpoint"];
/// Mutations that the other tests also run with success where there is no data to change: the member has no session, no delivery
/// has failed, the name is the same.
const SOMETIMES_NO_CHANGE: [&str; 3] = ["replayFailedWebhookEvents", "signOutMember", "updateSandboxUser"];

/// Documents that change data, of the mutations that do not in the other tests.
async fn changes(app: &TestApp, endpoint: &str) -> Vec<(&'static str, String)> {
    let subscription = subscribe(app, &app.token, endpoint, "").await.id;
    record_event(app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::Status, Expr::value(webhook_delivery::Status::Failed.to_value()))
        .filter(webhook_delivery::Column::SubscriptionId.eq(subscription))
        .exec(app.store.write())
        .await
        .unwrap();
    let (_, mut bob) = Person::invited(app, "bob@example.org", BuiltIn::Auditor, None).await;
    let bob = membership(app, &mut bob).await;
    let create = "mutation { createRole(input: { name: \"Unused\", permissions: [] }) { ... on RoleSuccessPayload { role { id } } } }";
    let created = app.query(create).await;
    let role = created["createRole"]["role"]["id"].as_str().unwrap();
    let user = app.user(NewUser::default()).await;
    [
        ("replayFailedWebhookEvents", format!("webhookSubscriptionId: \"{subscription}\"")),
        ("signOutMember", format!("membershipId: \"{bob}\"")),
        ("eraseMember", format!("membershipId: \"{bob}\"")),
        ("deleteRole", format!("roleId: \"{role}\"")),
        ("updateSandboxUser", format!("id: \"{user}\", firstName: \"Grace\"")),
    ]
    .map(|(name, input)| (name, format!("{name}(input: {{ {input} }})")))
    .into()
}

async fn membership(app: &TestApp, browser: &mut Browser) -> Uuid {
    browser.state(app).await["memberships"][0]["id"].as_str().unwrap().parse().unwrap()
}

/// Runs a document by the member's cookie. Returns whether it succeeded, and the actors in the audit for its request.
async fn run(app: &TestApp, browser: &mut Browser, name: &str, document: &str) -> (bool, Vec<Option<Uuid>>) {
    let answer = browser.post(app, "/graphql", json!({ "query": document })).await;
    let outcome = answer.json()["data"][name]["__typename"].take();
    let outcome = outcome.as_str().unwrap_or_else(|| panic!("{document}: {answer:?}")).to_owned();
    let request = answer.headers["x-request-id"].to_str().unwrap();
    let of_request = audit_event::Entity::find().filter(audit_event::Column::RequestId.eq(request));
    let rows = of_request.all(app.store.write()).await.unwrap();
    (outcome.ends_with("SuccessPayload"), rows.into_iter().map(|row| row.membership_id).collect())
}

#[rstest]
#[tokio::test]
async fn every_change_by_a_member_is_audited_with_the_member_and_the_request_id_of_its_answer(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let mut config = settings();
    config.limits.webhook_probes = 2;
    app.restart_with(config);
    let receiver = Receiver::start().await;
    let mut all = all_outcomes(&app, &receiver.url).await;
    let more = changes(&app, &receiver.url).await;
    let (_, browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let mut browser = browser.with("x-verigraph-project", Some(&app.project.to_string()));
    let own = membership(&app, &mut browser).await;
    let operator = member::Entity::update_many().col_expr(member::Column::IsOperator, Expr::value(true));
    operator.exec(app.store.write()).await.unwrap();
    let mut changed = BTreeSet::new();
    for is_sandbox in [false, true] {
        if is_sandbox {
            lifecycle::to_sandbox(&app, app.project).await;
            app.restart_with(settings());
            all = lifecycle::in_sandbox(&app).await;
            all.extend(more.iter().cloned());
        }
        let documents: Vec<_> =
            all.iter().map(|(name, mutation)| (*name, document(name, mutation))).collect();
        app.restart_with_documents(documents.iter().map(|(_, text)| text.as_str()));
        for (name, text) in &documents {
            let (is_success, actors) = run(&app, &mut browser, name, text).await;
            assert!(actors.iter().all(|actor| *actor == Some(own)), "{text}: {actors:?}");
            if !is_success || NO_CHANGE.contains(name) {
                assert_eq!(actors, [], "{text}");
            } else if !actors.is_empty() {
                changed.insert(*name);
            } else {
                assert!(SOMETIMES_NO_CHANGE.contains(name), "{text}: no entry");
            }
        }
    }
    let fields = Graph::served().fields();
    let mutations = fields.iter().filter(|(parent, _)| parent == "Mutation").map(|(_, name)| name.as_str());
    assert_eq!(changed, mutations.filter(|name| !NO_CHANGE.contains(name)).collect());
}

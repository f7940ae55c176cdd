//! Inserts that a transaction sends together: what they write, when they fail, and the statements that it takes.

use entity::{audit_event, event, webhook_delivery};
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;
use verigraph::{
    audit::{Action, Entry, store::record},
    db::Transaction,
    event::{Kind, store::NewEvent},
};

use crate::{
    harness::{Db, NewUser, TestApp},
    lifecycle::{mutate, result_type},
    webhooks::{subscribe, with_receivers},
};

/// Records an entry about a new object, and returns its id.
async fn entry(app: &TestApp, transaction: &Transaction, project: Uuid) -> Uuid {
    let resource = app.clock.new_id();
    let entry = Entry { project, action: Action::VerificationLevelCreated, resource, user: None };
    record(transaction, &app.clock, entry).await.unwrap();
    resource
}

/// The objects of the entries, in the order of insertion.
async fn entries(app: &TestApp) -> Vec<Uuid> {
    let rows = audit_event::Entity::find().order_by_asc(audit_event::Column::Sequence);
    let rows = rows.all(app.store.read()).await.unwrap();
    let of_levels = rows.into_iter().filter(|row| row.action == Action::VerificationLevelCreated.name());
    of_levels.map(|row| row.resource_id).collect()
}

#[rstest]
#[tokio::test]
async fn rows_of_a_part_that_is_rolled_back_are_not_written(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let transaction = app.store.begin().await.unwrap();
    let first = entry(&app, &transaction, app.project).await;
    let dropped = transaction.begin_part().await.unwrap();
    entry(&app, &dropped, app.project).await;
    drop(dropped);
    let second = entry(&app, &transaction, app.project).await;
    let part = transaction.begin_part().await.unwrap();
    let third = entry(&app, &part, app.project).await;
    part.commit().await.unwrap();
    let rolled_back = transaction.begin_part().await.unwrap();
    entry(&app, &rolled_back, app.project).await;
    rolled_back.rollback().await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(entries(&app).await, [first, second, third]);
}

#[rstest]
#[tokio::test]
async fn rows_are_seen_by_the_next_statement_and_gone_after_a_rollback(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let before = audit_event::Entity::find().all(app.store.read()).await.unwrap().len();
    let transaction = app.store.begin().await.unwrap();
    entry(&app, &transaction, app.project).await;
    let within = audit_event::Entity::find().all(&transaction).await.unwrap().len();
    entry(&app, &transaction, app.project).await;
    transaction.rollback().await.unwrap();
    let after = audit_event::Entity::find().all(app.store.read()).await.unwrap().len();
    assert_eq!((within, after), (before + 1, before));
}

/// On PostgreSQL the failure is that of the commit.
#[tokio::test]
async fn a_transaction_whose_rows_cannot_be_inserted_writes_nothing() {
    let app = TestApp::start(Db::Postgres).await;
    let before = audit_event::Entity::find().all(app.store.read()).await.unwrap().len();
    let transaction = app.store.begin().await.unwrap();
    let user = app.clock.new_id();
    let happened = NewEvent {
        project: app.project,
        kind: Kind::UserCreated,
        resource: user,
        user: Some(user),
        detail: None,
        version: Some(1),
    };
    verigraph::event::store::record(&transaction, &app.clock, happened).await.unwrap();
    // There is no such project.
    entry(&app, &transaction, Uuid::nil()).await;
    let failure = transaction.commit().await.unwrap_err().to_string();
    assert!(failure.contains("audit_events_project_id"), "{failure}");
    assert_eq!(event::Entity::find().all(app.store.read()).await.unwrap(), []);
    assert_eq!(audit_event::Entity::find().all(app.store.read()).await.unwrap().len(), before);
}

#[rstest]
#[tokio::test]
async fn each_event_of_a_transaction_has_its_own_deliveries(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = with_receivers(TestApp::start(db).await);
    for _ in 0..2 {
        subscribe(&app, &app.token, "http://127.0.0.1:1/", "").await;
    }
    let transaction = app.store.begin().await.unwrap();
    for _ in 0..3 {
        let happened = NewEvent {
            project: app.project,
            kind: Kind::UserCreated,
            resource: app.clock.new_id(),
            user: None,
            detail: None,
            version: None,
        };
        verigraph::event::store::record(&transaction, &app.clock, happened).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let events = event::Entity::find().order_by_asc(event::Column::Sequence);
    let events = events.all(app.store.read()).await.unwrap();
    let deliveries = webhook_delivery::Entity::find().order_by_asc(webhook_delivery::Column::EventSequence);
    let deliveries = deliveries.all(app.store.read()).await.unwrap();
    let of_event = |event: &event::Model| [(event.id, event.sequence, event.resource_id); 2];
    let expected: Vec<_> = events.iter().flat_map(of_event).collect();
    let found: Vec<_> =
        deliveries.iter().map(|row| (row.event_id, row.event_sequence, row.resource_id)).collect();
    assert_eq!((events.len(), found), (3, expected));
}

/// Statements without those that begin and end the transaction.
#[rstest]
#[case(Db::Sqlite, [6, 7, 8, 7])]
#[case(Db::Postgres, [4, 3, 4, 5])]
#[tokio::test]
async fn a_mutation_takes_few_statements(#[case] db: Db, #[case] expected: [usize; 4]) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let levels = [app.level(None, "first", 0).await, app.level(None, "second", 1).await];
    let person = r#"firstName: "Anna", lastName: "Eriksson", verifiedEmails: ["anna@example.com"]"#;
    let started = format!(r#"userId: "{user}", process: Expert"#);
    let grant = |level: Uuid| format!(r#"userId: "{user}", levelId: "{level}", reason: "a test""#);
    // The first of a kind takes numbers and reads what is kept.
    mutate(&app, "createUser", person, "").await;
    mutate(&app, "grantVerificationLevel", &grant(levels[0]), "").await;
    let run = mutate(&app, "startIdentification", &started, &success("StartIdentification")).await;
    let changed = format!("identificationId: {}, levels: {{ expert: Pending }}", run["identification"]["id"]);
    let mut counts = [0; 4];
    for (index, (name, input)) in [
        ("createUser", person),
        ("startIdentification", &started),
        ("updateIdentification", &changed),
        ("grantVerificationLevel", &grant(levels[1])),
    ]
    .into_iter()
    .enumerate()
    {
        app.take_statements();
        assert!(result_type(&app, name, input).await.ends_with("SuccessPayload"), "{name}");
        counts[index] = app.take_statements().len();
    }
    assert_eq!(counts, expected);
}

fn success(mutation: &str) -> String {
    format!("... on {mutation}SuccessPayload {{ identification {{ id }} }}")
}

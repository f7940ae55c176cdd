//! Every change records an event in the same transaction: neither exists without the other.

use entity::{
    event,
    identification::{Process, Status},
    proofing_request::State,
    verification,
};
use rstest::rstest;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    db::Store,
    event::{Kind, store::NewEvent},
};

use crate::harness::{Db, NewIdentification, NewProofing, NewUser, TestApp};

/// Event types and their resources, in order.
async fn events(app: &TestApp) -> Vec<(String, Uuid)> {
    let rows = event::Entity::find().filter(event::Column::ProjectId.eq(app.project));
    let rows = rows.order_by_asc(event::Column::Sequence).all(app.store.read()).await.unwrap();
    rows.into_iter().map(|row| (row.kind, row.resource_id)).collect()
}

async fn run(app: &TestApp, mutation: &str) -> Value {
    app.run_as(&app.token, &format!("mutation {{ {mutation} {{ __typename }} }}"), json!({})).await
}

/// An identification that is about to become valid, and a level that is granted when it does.
struct Setting {
    user: Uuid,
    identification: Uuid,
    level: Uuid,
    begun: Uuid,
    pictured: Uuid,
}

impl Setting {
    async fn insert(app: &TestApp) -> Self {
        let user = app.user(NewUser::default()).await;
        let new = NewIdentification {
            process: Process::Expert,
            status: Status::Pending,
            ..NewIdentification::default()
        };
        let identification = app.identification(user, new).await;
        app.level(None, "Level 0", 0).await;
        let (automatic, level) = (app.level(None, "Level 1", 1).await, app.level(None, "Level 2", 2).await);
        let set =
            format!("setGrantPolicy(input: {{ identificationLevel: expert, levelId: \"{automatic}\" }})");
        run(app, &set).await;
        let proofing = async |state| app.proofing(NewProofing { state, ..NewProofing::default() }).await.id;
        let (begun, pictured) = (proofing(State::Init).await, proofing(State::Image).await);
        Self { user, identification, level, begun, pictured }
    }

    /// One change of each kind that records events.
    fn mutations(&self) -> [String; 4] {
        let Self { user, identification, level, pictured, .. } = self;
        [
            format!(
                "updateIdentification(input: {{ identificationId: \"{identification}\", levels: {{ expert: Valid }} }})"
            ),
            format!(
                "grantVerificationLevel(input: {{ userId: \"{user}\", levelId: \"{level}\", reason: \"why\" }})"
            ),
            "createProofingRequest(input: {})".to_owned(),
            format!(
                "completeProofingRequest(input: {{ requestId: \"{pictured}\", documentAuthenticationResult: PASSED }})"
            ),
        ]
    }

    async fn upload(&self, app: &TestApp) -> u16 {
        let uri = format!("/api/web/v1/idproofing/{}/image/0", self.begun);
        let request = axum::http::Request::put(uri)
            .header("authorization", format!("Bearer {}", app.token))
            .header("content-type", "application/octet-stream")
            .body(axum::body::Body::from(crate::proofing_rest::images::IMAGE))
            .unwrap();
        app.send(request).await.status.as_u16()
    }
}

/// Everything that the changes could have modified.
async fn rows(store: &Store) -> String {
    let identifications = entity::identification::Entity::find().all(store.read()).await.unwrap();
    let grants = verification::Entity::find().all(store.read()).await.unwrap();
    let proofings = entity::proofing_request::Entity::find().all(store.read()).await.unwrap();
    format!("{identifications:?} {grants:?} {proofings:?}")
}

async fn execute(app: &TestApp, sql: &str) {
    app.store.write().execute_unprepared(sql).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn every_change_records_its_events_in_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let setting = Setting::insert(&app).await;
    for mutation in setting.mutations() {
        let answer = run(&app, &mutation).await;
        assert!(answer["errors"].is_null() && answer.to_string().contains("SuccessPayload"), "{answer}");
    }
    assert_eq!(setting.upload(&app).await, 200);
    let grants = verification::Entity::find().order_by_asc(verification::Column::Step);
    let grants = grants.all(app.store.read()).await.unwrap();
    let created = events(&app).await[3].1;
    let expected = [
        ("Identification.Updated", setting.identification),
        ("Verification.Granted", grants[0].id),
        ("Verification.Granted", grants[1].id),
        ("ProofingRequest.Created", created),
        ("ProofingRequest.Updated", setting.pictured),
        ("ProofingRequest.Updated", setting.begun),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(kind, id)| (kind.to_owned(), id)).collect();
    assert_eq!(events(&app).await, expected);
    assert!(
        entity::proofing_request::Entity::find_by_id((created, app.project))
            .one(app.store.read())
            .await
            .unwrap()
            .is_some()
    );
    let users =
        event::Entity::find().order_by_asc(event::Column::Sequence).all(app.store.read()).await.unwrap();
    let users: Vec<_> = users.into_iter().map(|row| row.user_id).collect();
    assert_eq!(users, [Some(setting.user), Some(setting.user), Some(setting.user), None, None, None]);
}

#[rstest]
#[tokio::test]
async fn a_report_without_a_change_and_a_rejection_record_no_event(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let setting = Setting::insert(&app).await;
    let Setting { user, identification, level, begun, .. } = &setting;
    for mutation in [
        format!(
            "updateIdentification(input: {{ identificationId: \"{identification}\", levels: {{ expert: Pending }} }})"
        ),
        format!(
            "updateIdentification(input: {{ identificationId: \"{identification}\", levels: {{ qes: Valid }} }})"
        ),
        format!(
            "grantVerificationLevel(input: {{ userId: \"{level}\", levelId: \"{level}\", reason: \"why\" }})"
        ),
        format!(
            "grantVerificationLevel(input: {{ userId: \"{user}\", levelId: \"{user}\", reason: \"why\" }})"
        ),
        format!(
            "completeProofingRequest(input: {{ requestId: \"{begun}\", documentAuthenticationResult: PASSED }})"
        ),
    ] {
        let answer = run(&app, &mutation).await;
        assert!(answer["errors"].is_null(), "{answer}");
    }
    assert_eq!(events(&app).await, []);
}

#[rstest]
#[tokio::test]
async fn a_change_is_rolled_back_if_its_event_cannot_be_written(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let setting = Setting::insert(&app).await;
    let before = rows(&app.store).await;
    execute(&app, "ALTER TABLE events RENAME TO hidden").await;
    for mutation in setting.mutations() {
        let answer = run(&app, &mutation).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL", "{answer}");
    }
    assert_eq!(setting.upload(&app).await, 500);
    assert_eq!(rows(&app.store).await, before);
}

#[rstest]
#[tokio::test]
async fn an_event_is_rolled_back_if_its_change_cannot_be_written(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let setting = Setting::insert(&app).await;
    // Rows written after the first event: the idempotency key, and the automatic grant.
    execute(&app, "ALTER TABLE idempotency_keys RENAME TO hidden").await;
    execute(&app, "ALTER TABLE verifications RENAME TO hidden_too").await;
    let update = &setting.mutations()[0];
    assert_eq!(run(&app, update).await["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(events(&app).await, []);
    execute(&app, "ALTER TABLE hidden_too RENAME TO verifications").await;
    let grant = setting.mutations()[1].replace("reason:", "idempotencyKey: \"a\", reason:");
    assert_eq!(run(&app, &grant).await["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(events(&app).await, []);
}

#[rstest]
#[tokio::test]
async fn an_event_is_rolled_back_with_its_transaction(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let happened = |kind| NewEvent {
        project: app.project,
        kind,
        resource: Uuid::from_u128(1),
        user: None,
        detail: Some(json!({ "status": "pending" })),
        version: None,
    };
    let transaction = app.store.begin().await.unwrap();
    verigraph::event::store::record(&transaction, &app.clock, happened(Kind::UserCreated)).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(events(&app).await, []);
    let transaction = app.store.begin().await.unwrap();
    for kind in [Kind::VerificationSessionCreated, Kind::VerificationSessionUpdated] {
        verigraph::event::store::record(&transaction, &app.clock, happened(kind)).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let rows =
        event::Entity::find().order_by_asc(event::Column::Sequence).all(app.store.read()).await.unwrap();
    let kinds: Vec<_> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["VerificationSession.Created", "VerificationSession.Updated"]);
    assert!(rows[0].sequence < rows[1].sequence);
    assert_eq!(rows[0].detail, Some(json!({ "status": "pending" })));
    assert_eq!(rows[0].id.get_version_num(), 7);
}

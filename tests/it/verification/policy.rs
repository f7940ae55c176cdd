//! Automatic grants when a level of an identification becomes valid.

use entity::identification::{Process, Status};
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::{Permission, Permissions};

use super::{grant, mutate};
use crate::harness::{Db, NewGrant, NewIdentification, NewUser, TestApp};

const POLICIES: &str = "{ __typename ... on Rejection { message } ... on SetGrantPolicySuccessPayload {
    grantPolicies { identificationLevel verificationLevel { name } } } }";
const HISTORY: &str = "query ($id: String!) { user(id: $id) { currentVerificationLevel { name }
    verifications(orderBy: { direction: Asc }) { edges { node {
        number previousLevel { name } currentLevel { name } reason grantedBy { id } } } } } }";

async fn set(app: &TestApp, input: &str) -> Value {
    mutate(app, &format!("setGrantPolicy(input: {{ {input} }}) {POLICIES}")).await
}

async fn report(app: &TestApp, id: Uuid, levels: &str) -> Value {
    let input = format!("identificationId: \"{id}\", levels: {{ {levels} }}");
    let fields = "{ __typename ... on Rejection { message } }";
    mutate(app, &format!("updateIdentification(input: {{ {input} }}) {fields}")).await
}

async fn history(app: &TestApp, user: Uuid) -> Value {
    app.query_as(&app.token, HISTORY, json!({ "id": user })).await["user"].take()
}

async fn pending(app: &TestApp, user: Uuid, process: Process) -> Uuid {
    let new = NewIdentification { process, status: Status::Pending, ..NewIdentification::default() };
    app.identification(user, new).await
}

#[rstest]
#[tokio::test]
async fn a_valid_level_grants_what_the_policy_says_and_the_reason_names_the_identification(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    app.level(None, "Level 0", 0).await;
    let one = app.level(None, "Level 1", 1).await;
    let user = app.user(NewUser::default()).await;
    let policy = json!([{ "identificationLevel": "expert", "verificationLevel": { "name": "Level 1" } }]);
    let answer = set(&app, &format!("identificationLevel: expert, levelId: \"{one}\"")).await;
    assert_eq!(answer, json!({ "__typename": "SetGrantPolicySuccessPayload", "grantPolicies": policy }));
    let query = "{ grantPolicies { identificationLevel verificationLevel { name } } }";
    assert_eq!(app.query(query).await, json!({ "grantPolicies": policy }));

    let identification = pending(&app, user, Process::Expert).await;
    let done = json!({ "__typename": "UpdateIdentificationSuccessPayload" });
    assert_eq!(report(&app, identification, "expert: Valid").await, done);
    // A repeated report grants nothing twice.
    assert_eq!(report(&app, identification, "expert: Valid").await, done);
    assert_eq!(
        history(&app, user).await,
        json!({
            "currentVerificationLevel": { "name": "Level 1" },
            "verifications": { "edges": [{ "node": {
                "number": 1, "previousLevel": null, "currentLevel": { "name": "Level 1" },
                "reason": format!("Identification: {identification}"), "grantedBy": null,
            } }] },
        })
    );
}

#[rstest]
#[tokio::test]
async fn several_levels_at_once_are_granted_upwards_and_never_lower_a_user(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut rungs = Vec::new();
    for index in 0..4 {
        rungs.push(app.level(None, &format!("Level {index}"), index).await);
    }
    set(&app, &format!("identificationLevel: qes, levelId: \"{}\"", rungs[3])).await;
    set(&app, &format!("identificationLevel: expert, levelId: \"{}\"", rungs[1])).await;
    let [climber, owner] = [app.user(NewUser::default()).await, app.user(NewUser::default()).await];
    app.granted(owner, rungs[2], NewGrant::default()).await;
    for user in [climber, owner] {
        let identification = pending(&app, user, Process::Qes).await;
        report(&app, identification, "expert: Valid, qes: Valid").await;
    }
    let names = |history: Value| -> Vec<Value> {
        let rows = history["verifications"]["edges"].as_array().unwrap().clone();
        rows.iter().map(|row| row["node"]["currentLevel"]["name"].clone()).collect()
    };
    assert_eq!(names(history(&app, climber).await), ["Level 1", "Level 3"]);
    assert_eq!(names(history(&app, owner).await), ["Level 2", "Level 3"]);
}

#[rstest]
#[tokio::test]
async fn a_removed_policy_grants_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let level = app.level(None, "Level 0", 0).await;
    let user = app.user(NewUser::default()).await;
    set(&app, &format!("identificationLevel: expert, levelId: \"{level}\"")).await;
    let answer = set(&app, "identificationLevel: expert").await;
    assert_eq!(answer, json!({ "__typename": "SetGrantPolicySuccessPayload", "grantPolicies": [] }));
    report(&app, pending(&app, user, Process::Expert).await, "expert: Valid").await;
    assert_eq!(history(&app, user).await["verifications"]["edges"], json!([]));
}

#[rstest]
#[tokio::test]
async fn a_policy_needs_a_level_of_the_project_and_the_permission(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    let foreign = app.level(Some(other), "Level 0", 0).await;
    let unknown = json!({
        "__typename": "VerificationLevelNotFoundRejection",
        "message": "the verification level does not exist",
    });
    for level in [foreign.to_string(), Uuid::nil().to_string(), "no id".to_owned()] {
        let answer = set(&app, &format!("identificationLevel: expert, levelId: \"{level}\"")).await;
        assert_eq!(answer, unknown, "{level}");
    }
    let all_but_one = Permission::ALL.iter().copied().filter(|it| *it != Permission::VerificationsManage);
    let token = app.token_for(app.project, all_but_one.collect::<Permissions>(), None).await;
    let document =
        format!("mutation {{ it: setGrantPolicy(input: {{ identificationLevel: pvid }}) {POLICIES} }}");
    let forbidden = json!({
        "__typename": "ForbiddenRejection",
        "message": "the token lacks the permission for this",
    });
    assert_eq!(app.query_as(&token, &document, json!({})).await["it"], forbidden);
}

/// With concurrent reports and manual grants the history stays one chain, and each identification grants
/// once.
#[rstest]
#[tokio::test]
async fn concurrent_reports_and_grants_never_fork_a_history(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let rungs = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    set(&app, &format!("identificationLevel: expert, levelId: \"{}\"", rungs[1])).await;
    let user = app.user(NewUser::default()).await;
    let mut identifications = Vec::new();
    for _ in 0..8 {
        identifications.push(pending(&app, user, Process::Expert).await);
    }
    let reports = identifications.iter().map(|id| report(&app, *id, "expert: Valid"));
    let by_hand: Vec<_> = (0..8).map(|place| grant(user, rungs[place % 2], "reason: \"why\"")).collect();
    let by_hand = by_hand.iter().map(|grant| mutate(&app, grant));
    let (reports, _) = futures_util::future::join(join_all(reports), join_all(by_hand)).await;
    for answer in reports {
        assert_eq!(answer, json!({ "__typename": "UpdateIdentificationSuccessPayload" }));
    }
    let query = "query ($id: String!) { user(id: $id) { verifications(first: 100, orderBy: { field: number, direction: Asc }) {
            edges { node { previousLevel { name } currentLevel { name } } } } } }";
    let rows = app.query_as(&app.token, query, json!({ "id": user })).await;
    let rows = rows["user"]["verifications"]["edges"].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    for pair in rows.windows(2) {
        assert_eq!(pair[0]["node"]["currentLevel"], pair[1]["node"]["previousLevel"]);
        assert_ne!(pair[1]["node"]["currentLevel"], pair[1]["node"]["previousLevel"]);
    }
}

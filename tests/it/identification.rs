//! Reports about the levels of an identification.

use entity::identification::{Process, Status};
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::{Permission, Permissions};

use crate::harness::{Db, NewIdentification, NewUser, TestApp};

const PAYLOAD: &str = "{ __typename ... on Rejection { message } ... on UpdateIdentificationSuccessPayload {
    identification { status updatedAt levels { expert { ...level } qes { ...level } pvid { ...level } } } } }";
const LEVEL: &str = "fragment level on IdentificationLevelStatusInfo { __typename
    ... on InvalidIdentificationLevelStatusInfo { reasons }
    ... on ExpiredIdentificationLevelStatusInfo { expiredAt } }";

async fn report_as(app: &TestApp, token: &str, id: &str, rest: &str) -> Value {
    let input = format!("identificationId: \"{id}\", {rest}");
    let document = format!("mutation {{ it: updateIdentification(input: {{ {input} }}) {PAYLOAD} }} {LEVEL}");
    app.query_as(token, &document, json!({})).await["it"].take()
}

async fn report(app: &TestApp, id: Uuid, rest: &str) -> Value {
    report_as(app, &app.token, &id.to_string(), rest).await
}

async fn identification(app: &TestApp, process: Process, status: Status) -> Uuid {
    let user = app.user(NewUser::default()).await;
    let long_ago = Some(app.clock.now().0 - 1000);
    let new = NewIdentification { process, status, updated_at: long_ago, ..NewIdentification::default() };
    app.identification(user, new).await
}

fn level(status: &str) -> Value {
    json!({ "__typename": format!("{status}IdentificationLevelStatusInfo") })
}

fn done(status: &str, updated_at: &str, levels: [Value; 3]) -> Value {
    let [expert, qes, pvid] = levels;
    json!({
        "__typename": "UpdateIdentificationSuccessPayload",
        "identification": {
            "status": status, "updatedAt": updated_at,
            "levels": { "expert": expert, "qes": qes, "pvid": pvid },
        },
    })
}

const LONG_AGO: &str = "2026-01-15T11:59:59.000Z";
const JUST_NOW: &str = "2026-01-15T12:00:00.000Z";

#[rstest]
#[tokio::test]
async fn the_status_of_an_identification_follows_the_reports_of_its_levels(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let id = identification(&app, Process::Qes, Status::Started).await;
    let unsupported = level("NotSupported");
    let [started, pending, valid] = ["Started", "Pending", "Valid"].map(level);
    assert_eq!(
        report(&app, id, "levels: { expert: Started }").await,
        done("Started", LONG_AGO, [started.clone(), started.clone(), unsupported.clone()]),
        "what is already so changes nothing",
    );
    assert_eq!(
        report(&app, id, "levels: { expert: Pending }").await,
        done("Pending", JUST_NOW, [pending.clone(), started, unsupported.clone()]),
    );
    assert_eq!(
        report(&app, id, "levels: { expert: Valid, qes: Pending }").await,
        done("Pending", JUST_NOW, [valid.clone(), pending, unsupported.clone()]),
    );
    let mut invalid = level("Invalid");
    invalid["reasons"] = json!(["FraudDetected", "DamagedDocument"]);
    let rest = "levels: { qes: Invalid }, errorReasons: [FraudDetected, DamagedDocument]";
    let expected = done("Invalid", JUST_NOW, [valid, invalid.clone(), unsupported.clone()]);
    assert_eq!(report(&app, id, rest).await, expected);
    let mut expired = level("Expired");
    expired["expiredAt"] = json!(JUST_NOW);
    assert_eq!(
        report(&app, id, "levels: { expert: Expired }").await,
        done("Invalid", JUST_NOW, [expired, invalid, unsupported]),
    );
}

#[rstest]
#[tokio::test]
async fn an_impossible_report_is_rejected_and_changes_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = identification(&app, Process::Qes, Status::Pending).await;
    let refused =
        |name: &str, message: &str| json!({ "__typename": format!("{name}Rejection"), "message": message });
    let way = |message: &str| refused("IdentificationTransitionRefused", message);
    let levels = |message: &str| refused("InvalidIdentificationLevels", message);
    let reasons = refused(
        "InvalidIdentificationErrorReasons",
        "set at least one reason if a level becomes `Invalid`, and none otherwise",
    );
    for (rest, expected) in [
        ("levels: { expert: Started }", way("a level that is Pending cannot become Started")),
        ("levels: { expert: Valid, qes: Expired }", way("a level that is Pending cannot become Expired")),
        ("levels: { qes: NotSupported }", way("a level that is Pending cannot become NotSupported")),
        (
            "levels: { pvid: Valid }",
            levels("the process of this identification does not award the level `pvid`"),
        ),
        ("levels: {}", levels("set at least one level that the process of the identification awards")),
        ("levels: { expert: Invalid }", reasons.clone()),
        ("levels: { expert: Invalid }, errorReasons: []", reasons.clone()),
        ("levels: { expert: Valid }, errorReasons: [FraudDetected]", reasons),
    ] {
        assert_eq!(report(&app, id, rest).await, expected, "{rest}");
    }
    let pending = level("Pending");
    let unchanged = done("Pending", LONG_AGO, [pending.clone(), pending, level("NotSupported")]);
    assert_eq!(report(&app, id, "levels: { expert: Pending }").await, unchanged);
}

#[rstest]
#[tokio::test]
async fn a_caller_cannot_change_an_invisible_identification(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = identification(&app, Process::Expert, Status::Pending).await.to_string();
    let unknown = json!({
        "__typename": "IdentificationNotFoundRejection",
        "message": "the identification does not exist or is not visible to the token",
    });
    let other = app.new_project().await;
    let foreign = app.token_for(other, Permissions::all(), None).await;
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let valid = "levels: { expert: Valid }";
    for (token, id) in
        [(&foreign, &*id), (&limited, &*id), (&app.token, "no id"), (&app.token, &Uuid::nil().to_string())]
    {
        assert_eq!(report_as(&app, token, id, valid).await, unknown);
    }
    let reader = app.token_with(&[Permission::IdentificationsView]).await;
    let forbidden = json!({
        "__typename": "ForbiddenRejection",
        "message": "the token lacks the permission for this",
    });
    assert_eq!(report_as(&app, &reader, &id, valid).await, forbidden);
    let [valid_level, unsupported] = [level("Valid"), level("NotSupported")];
    let expected = done("Valid", JUST_NOW, [valid_level, unsupported.clone(), unsupported]);
    assert_eq!(report(&app, id.parse().unwrap(), valid).await, expected);
}

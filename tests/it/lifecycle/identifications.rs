//! Identifications from their start to their end.

use entity::identification::{Process, Status};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::timer::Timer;

use super::{fresh_token, id, mutate, result_type};
use crate::harness::{Db, NewIdentification, NewUser, TestApp};

const LEVELS: &str = "levels { expert { ...level } qes { ...level } pvid { ...level } }";
const LEVEL: &str = "fragment level on IdentificationLevelStatusInfo { __typename
    ... on ExpiredIdentificationLevelStatusInfo { expiredAt }
    ... on ValidIdentificationLevelStatusInfo { validUntil } }";

/// The identification with this id: its status, its version, and the status of each level.
async fn identification(app: &TestApp, id: &str) -> Value {
    let document = format!("{{ identification(id: \"{id}\") {{ status version {LEVELS} }} }} {LEVEL}");
    let mut found =
        app.query_as(&fresh_token(app).await, &document, json!({})).await["identification"].take();
    for level in ["expert", "qes", "pvid"] {
        let it = &found["levels"][level];
        let name = it["__typename"].as_str().unwrap().replace("IdentificationLevelStatusInfo", "");
        let at = it.get("expiredAt").or(it.get("validUntil")).and_then(Value::as_str);
        found["levels"][level] = json!(at.map_or(name.clone(), |at| format!("{name} {at}")));
    }
    found
}

async fn start(app: &TestApp, process: &str) -> String {
    let user = app.user(NewUser::default()).await;
    let input = format!("userId: \"{user}\", process: {process}");
    let fields = "... on StartIdentificationSuccessPayload { identification { id } }";
    id(&mutate(app, "startIdentification", &input, fields).await["identification"])
}

async fn report(app: &TestApp, id: &str, rest: &str) -> String {
    result_type(app, "updateIdentification", &format!("identificationId: \"{id}\", {rest}")).await
}

async fn end(app: &TestApp, name: &str, id: &str) -> Value {
    mutate(app, name, &format!("identificationId: \"{id}\", reason: \"because\""), "").await
}

fn advance_clock(app: &TestApp, seconds: i64) {
    app.clock.set(app.clock.now().plus_seconds(seconds));
}

#[rstest]
#[tokio::test]
async fn a_started_identification_expires_after_its_time_limit(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let timer = Timer::new(&app.app.services);
    for (process, patience) in [("PVID", 900), ("QES", 7_200), ("Expert", 86_400)] {
        let (idle, done) = (start(&app, process).await, start(&app, process).await);
        let is = identification(&app, &idle).await;
        assert_eq!((&is["status"], &is["version"]), (&json!("Started"), &json!(1)));
        report(&app, &done, "levels: { expert: Pending }").await;
        advance_clock(&app, patience - 1);
        assert_eq!(timer.run_due().await.unwrap(), 0, "{process}");
        advance_clock(&app, 1);
        // The other levels of a completed identification were not started.
        let expected = if process == "Expert" { 1 } else { 2 };
        assert_eq!(timer.run_due().await.unwrap(), expected, "{process}");
        let is = identification(&app, &idle).await;
        assert_eq!((&is["status"], &is["version"]), (&json!("Expired"), &json!(2)), "{process}");
        assert_eq!(timer.run_due().await.unwrap(), 0, "{process}");
        assert_eq!(
            report(&app, &idle, "levels: { expert: Pending }").await,
            "IdentificationTransitionRefusedRejection"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_level_expires_at_its_end_and_shows_when(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let timer = Timer::new(&app.app.services);
    let it = start(&app, "QES").await;
    report(&app, &it, "levels: { expert: Pending, qes: Pending }").await;
    let until = "validUntil: \"2026-01-16T00:00:00Z\"";
    report(&app, &it, &format!("levels: {{ expert: Valid }}, {until}")).await;
    report(&app, &it, "levels: { qes: Valid }").await;
    let is = identification(&app, &it).await;
    let valid = json!({ "expert": "Valid 2026-01-16T00:00:00.000Z", "qes": "Valid", "pvid": "NotSupported" });
    assert_eq!((&is["status"], &is["levels"]), (&json!("Valid"), &valid));
    // The timer runs late, as after an hour without a server.
    advance_clock(&app, 13 * 3600);
    assert_eq!(timer.run_due().await.unwrap(), 1);
    let is = identification(&app, &it).await;
    let lapsed =
        json!({ "expert": "Expired 2026-01-16T00:00:00.000Z", "qes": "Valid", "pvid": "NotSupported" });
    assert_eq!((&is["status"], &is["levels"]), (&json!("Expired"), &lapsed));
}

#[rstest]
#[tokio::test]
async fn a_policy_limits_a_level_by_days_or_by_the_document_expiry(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    for input in ["level: expert, days: 30, untilDocumentExpires: true", "level: qes, days: 10"] {
        assert_eq!(result_type(&app, "setLevelValidity", input).await, "SetLevelValiditySuccessPayload");
    }
    let policies = app.query("{ levelValidities { level days untilDocumentExpires } }").await;
    let expected = json!({ "levelValidities": [
        { "level": "expert", "days": 30, "untilDocumentExpires": true },
        { "level": "qes", "days": 10, "untilDocumentExpires": false },
    ] });
    assert_eq!(policies, expected);
    let user = app.user(NewUser::default()).await;
    let add = async |reference: &str, expires: &str| {
        let document = format!(
            "identityDocument: {{ documentType: Passport, fields: {{ dateOfExpiration: \"{expires}\" }} }}"
        );
        let input = format!(
            "userId: \"{user}\", process: QES, provider: \"Bank\", reference: \"{reference}\",
                levels: {{ expert: Valid, qes: Valid }}, {document}"
        );
        let fields = "... on AddExternalIdentificationSuccessPayload { identification { id identityDocumentType documents { __typename } } }";
        mutate(&app, "addExternalIdentification", &input, fields).await["identification"].take()
    };
    let soon = add("1", "2026-01-20").await;
    assert_eq!(soon["identityDocumentType"], "Passport");
    assert_eq!(soon["documents"], json!([{ "__typename": "PassportDocument" }]));
    let levels = json!({ "expert": "Valid 2026-01-21T00:00:00.000Z", "qes": "Valid 2026-01-25T12:00:00.000Z", "pvid": "NotSupported" });
    assert_eq!(identification(&app, &id(&soon)).await["levels"], levels);
    let late = add("2", "2036-01-20").await;
    let levels = json!({ "expert": "Valid 2026-02-14T12:00:00.000Z", "qes": "Valid 2026-01-25T12:00:00.000Z", "pvid": "NotSupported" });
    assert_eq!(identification(&app, &id(&late)).await["levels"], levels);
    assert_eq!(result_type(&app, "setLevelValidity", "level: qes").await, "SetLevelValiditySuccessPayload");
    let left = app.query("{ levelValidities { level } }").await;
    assert_eq!(left, json!({ "levelValidities": [{ "level": "expert" }] }));
    let bad = "mutation { setLevelValidity(input: { level: qes, days: 0 }) { __typename } }";
    assert_eq!(
        app.run_as(&app.token, bad, json!({})).await["errors"][0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );
}

#[rstest]
#[tokio::test]
async fn cancel_and_revoke_apply_to_allowed_states_and_otherwise_name_both_states(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let of = async |process, status| {
        let new = NewIdentification { process, status, ..NewIdentification::default() };
        app.identification(user, new).await.to_string()
    };
    for (name, status, after) in [
        ("cancelIdentification", Status::Started, Ok("Canceled")),
        ("cancelIdentification", Status::Pending, Ok("Canceled")),
        ("cancelIdentification", Status::Canceled, Ok("Canceled")),
        (
            "cancelIdentification",
            Status::Valid,
            Err("an identification that is Valid cannot become Canceled"),
        ),
        (
            "cancelIdentification",
            Status::Expired,
            Err("an identification that is Expired cannot become Canceled"),
        ),
        ("revokeIdentification", Status::Valid, Ok("Expired")),
        ("revokeIdentification", Status::Expired, Ok("Expired")),
        (
            "revokeIdentification",
            Status::Pending,
            Err("an identification that is Pending cannot become Expired"),
        ),
        (
            "revokeIdentification",
            Status::Invalid,
            Err("an identification that is Invalid cannot become Expired"),
        ),
    ] {
        let it = of(Process::Qes, status).await;
        let ended = end(&app, name, &it).await;
        match after {
            Ok(after) => {
                assert_eq!(identification(&app, &it).await["status"], after, "{name} {status:?}: {ended}");
            }
            Err(text) => assert_eq!(
                ended,
                json!({ "__typename": "IdentificationTransitionRefusedRejection", "message": text }),
            ),
        }
    }
    assert_eq!(end(&app, "revokeIdentification", "x").await["__typename"], "IdentificationNotFoundRejection");
}

#[rstest]
#[tokio::test]
async fn an_external_result_is_stored_once_and_validated_like_a_report(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let add = async |rest: &str| {
        let input = format!("userId: \"{user}\", process: QES, provider: \"Bank\", {rest}");
        mutate(&app, "addExternalIdentification", &input, "").await["__typename"].take()
    };
    let good = "levels: { expert: Valid, qes: Invalid }, errorReasons: [FraudDetected]";
    assert_eq!(add(&format!("reference: \"a\", {good}")).await, "AddExternalIdentificationSuccessPayload");
    assert_eq!(add(&format!("reference: \"a\", {good}")).await, "IdentificationAlreadyAddedRejection");
    assert_eq!(add(&format!("reference: \"b\", {good}")).await, "AddExternalIdentificationSuccessPayload");
    for (rest, expected) in [
        ("levels: { expert: Valid }", "InvalidIdentificationLevelsRejection"),
        ("levels: { expert: Valid, qes: Valid, pvid: Valid }", "InvalidIdentificationLevelsRejection"),
        ("levels: { expert: Valid, qes: NotSupported }", "InvalidIdentificationLevelsRejection"),
        ("levels: { expert: Valid, qes: Invalid }", "InvalidIdentificationErrorReasonsRejection"),
        (
            "levels: { expert: Valid, qes: Valid }, errorReasons: [FraudDetected]",
            "InvalidIdentificationErrorReasonsRejection",
        ),
    ] {
        assert_eq!(add(&format!("reference: \"c\", {rest}")).await, expected, "{rest}");
    }
    let empty = "identityDocument: { documentType: Passport, fields: { idNumber: \"\" } }";
    assert_eq!(add(&format!("reference: \"c\", {good}, {empty}")).await, "InvalidDocumentRejection");
    let all = app.query("{ identifications { totalCount } }").await;
    assert_eq!(all["identifications"]["totalCount"], 2);
}

#[rstest]
#[tokio::test]
async fn a_bulk_revocation_has_one_reason_and_a_dry_run_only_counts(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (one, other) = (app.user(NewUser::default()).await, app.user(NewUser::default()).await);
    for (user, process, status) in [
        (one, Process::Qes, Status::Valid),
        (one, Process::Expert, Status::Valid),
        (one, Process::Expert, Status::Pending),
        (other, Process::Qes, Status::Valid),
    ] {
        app.identification(user, NewIdentification { process, status, ..NewIdentification::default() }).await;
    }
    let counts = "... on ExpireLevelsSuccessPayload { matched expired remaining }";
    let expire = async |filter: &str, dry: bool| {
        let input = format!("filter: {{ {filter} }}, reason: \"a wave of fraud\", dryRun: {dry}");
        let mut ended = mutate(&app, "expireLevels", &input, counts).await;
        ended.as_object_mut().unwrap().remove("__typename");
        ended
    };
    let of_one = format!("levels: [qes], userIds: [\"{one}\"]");
    let counted = |matched: u64, expired: u64| json!({ "matched": matched, "expired": expired, "remaining": matched - expired });
    assert_eq!(expire("levels: [expert, qes]", true).await, counted(3, 0));
    assert_eq!(expire(&of_one, false).await, counted(1, 1));
    assert_eq!(expire(&of_one, false).await, counted(0, 0));
    assert_eq!(expire("levels: [expert], processes: [Expert]", false).await, counted(1, 1));
    assert_eq!(expire("levels: [qes], begunBefore: \"2026-01-15T12:00:00Z\"", false).await, counted(0, 0));
    let held = app.query("{ users { edges { node { identificationLevels { expert QES } } } } }").await;
    let levels: Vec<_> = held["users"]["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["node"]["identificationLevels"].clone())
        .collect();
    assert!(
        levels.contains(&json!({ "expert": true, "QES": false }))
            && levels.contains(&json!({ "expert": true, "QES": true })),
        "{levels:?}"
    );
    let none = "mutation { expireLevels(input: { filter: { levels: [] }, reason: \"x\" }) { __typename } }";
    assert_eq!(
        app.run_as(&app.token, none, json!({})).await["errors"][0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );
}

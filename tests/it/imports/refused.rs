//! Rejected records are reported with their line and the reason, and affect no other record.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::transfer::Source;

use super::{Run, counts};
use crate::harness::{Db, TestApp};

fn request() -> Value {
    json!({ "requestId": "c0ffee00-0000-4000-8000-000000000001", "requestTime": "2019-02-19T13:15:27Z",
        "state": "COMPLETE", "deviceCheckResult": "ALLOW", "faceMatchScore": 80 })
}

fn with(mut value: Value, pointer: &str, to: Value) -> Value {
    match value.pointer_mut(pointer) {
        Some(at) => *at = to,
        None => value[pointer.trim_start_matches('/')] = to,
    }
    value
}

fn identification(process: &str, levels: Value) -> Value {
    let mut item = json!({ "process": process, "updatedAt": "2023-11-29T09:15:25.978Z" });
    item["levels"] = levels;
    item
}

#[rstest]
#[tokio::test]
async fn each_kind_of_error_names_its_key(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut without = request();
    without.as_object_mut().unwrap().remove("deviceCheckResult");
    let run = Run::of(&app, Source::Idproofing);
    for (value, why) in [
        (without, "missing field `deviceCheckResult`"),
        (with(request(), "/state", "DEVICE".into()), "`state`: `DEVICE` is not one of INIT, IMAGE, COMPLETE"),
        (
            with(request(), "/requestTime", "yesterday".into()),
            "`requestTime`: `yesterday` is not a time: write it as 2023-11-29T09:15:25.978Z",
        ),
        (
            with(request(), "/requestTime", "2019-02-30T13:15:27Z".into()),
            "`requestTime`: `2019-02-30T13:15:27Z` is not a time: write it as 2023-11-29T09:15:25.978Z",
        ),
        (
            with(request(), "/faceMatchScore", 101.into()),
            "proofingRequest: `faceMatchScore`: 101 is not between 0 and 100",
        ),
        (
            with(request(), "/faceMatch", false.into()),
            "proofingRequest: `faceMatch`: must be true for a score of 80: faces match from 80",
        ),
        (
            with(request(), "/state", "IMAGE".into()),
            "proofingRequest: `faceMatchScore`: must be null unless the state is COMPLETE",
        ),
        (
            with(with(request(), "/state", "INIT".into()), "/documentAuthenticationResult", "NONE".into()),
            "proofingRequest: `documentAuthenticationResult`: must be null unless the state is COMPLETE",
        ),
        (
            with(request(), "/faceMatchScore", "80".into()),
            "`faceMatchScore`: invalid type: string \"80\", expected i32",
        ),
        (json!(7), "is not a JSON object: pass complete API responses or their items"),
    ] {
        assert_eq!(run.rejection(&value).await, why);
    }
    let run = Run { user: Some("u"), ..Run::of(&app, Source::Swan) };
    let valid = json!({ "status": "Valid" });
    for (value, why) in [
        (
            identification("Expert", json!({ "expert": valid, "qes": valid })),
            "identification: `levels.qes.status`: Valid, but the process Expert does not award the level",
        ),
        (
            identification("QES", json!({ "expert": valid })),
            "`levels.qes`: both its status and `status` are missing",
        ),
        (
            identification("Expert", json!({ "expert": { "status": "Invalid" } })),
            "identification: `levels.expert.reasons`: an Invalid level has at least one reason, and no other level has any",
        ),
        (
            identification(
                "Expert",
                json!({ "expert": { "status": "Valid", "reasons": ["FraudDetected"] } }),
            ),
            "identification: `levels.expert.reasons`: an Invalid level has at least one reason, and no other level has any",
        ),
        (
            identification("Expert", json!({ "expert": { "status": "Invalid", "reasons": ["Mood"] } })),
            "`levels.expert.reasons`: `Mood` is not a known reason",
        ),
        (
            identification(
                "Expert",
                json!({ "expert": { "status": "Valid", "__typename": "PendingIdentificationLevelStatusInfo" } }),
            ),
            "`levels.expert`: its `status` and its `__typename` contradict each other",
        ),
        (
            with(identification("Expert", json!({ "expert": valid })), "/status", "Pending".into()),
            "`status` is Pending, but its levels make it Valid",
        ),
        (identification("Video", json!({})), "`process`: `Video` is not one of Expert, QES, PVID"),
    ] {
        assert_eq!(run.rejection(&value).await, why);
    }
    let run = Run::of(&app, Source::Sessions);
    let session = json!({ "refId": "r", "status": "successful", "createdAt": "2024-09-23T22:55:25.894Z",
        "updatedAt": "2024-09-23T22:55:25.895Z", "sessionId": "s", "documents": [{ "stepId": "ID_DOCUMENT", "dateOfBirth": "01/01/1990" }] });
    for (value, why) in [
        (
            with(session.clone(), "/documents/0/dateOfBirth", "1990".into()),
            "`documents[0].dateOfBirth`: `1990` is not a date: write it as 31/12/2030 or 2030-12-31",
        ),
        (
            with(session.clone(), "/documents/0/stepId", "SELFIE".into()),
            "`documents[0].stepId`: `SELFIE` is not one of ID_DOCUMENT, DRIVING_LICENSE, CAR_REGISTRATION_DOCUMENT, ADDRESS_PROOF",
        ),
        (with(session.clone(), "/refId", "".into()), "`refId` is empty, too long, or contains a NUL"),
        (
            json!({ "documents": [] }),
            "`refId` is missing: for a response of /documents name the user with --user",
        ),
    ] {
        assert_eq!(run.rejection(&value).await, why);
    }
}

#[rstest]
#[tokio::test]
async fn an_invalid_line_is_reported_and_all_others_are_written(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run::of(&app, Source::Idproofing);
    let other = with(request(), "/requestId", "c0ffee00-0000-4000-8000-000000000002".into());
    let text = format!(
        "{}\n{{\"requestId\": 1\nno\n{}\n{}\n",
        request(),
        with(request(), "/state", 1.into()),
        other
    );
    let (summary, refused) = run.import(&text).await;
    assert_eq!((counts(&summary, "proofingRequest"), summary.refused), ((2, 0, 0), 3));
    let lines: Vec<u64> = refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [2, 3, 4]);
    let page = json!({ "results": [request(), {}, other] }).to_string();
    let (_, refused) = run.import(&page).await;
    assert_eq!((refused[0].line, refused[0].item), (1, Some(2)));
}

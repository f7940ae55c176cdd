//! The answers of the API documents are imported and then returned.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{result::Scope, transfer::Source};

use super::{Run, counts, is_unchanged};
use crate::{
    harness::{Db, TestApp},
    sessions::{self, key},
};

/// An example as JSON: see `sessions::documented`.
fn normalised(text: &str) -> Value {
    let text = text.replace("StepId.ID_DOCUMENT", "\"ID_DOCUMENT\"");
    let text = text.replace("StepId.DRIVER_LICENSE", "\"DRIVER_LICENSE\"");
    let text = text.replace("StepId.DRIVING_LICENSE", "\"DRIVING_LICENSE\"");
    serde_json::from_str(&text.replace("],\n}", "]\n}")).unwrap()
}

#[rstest]
#[tokio::test]
async fn imported_identifications_are_returned_as_documented(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run { user: Some("$YOUR_USER_ID"), ..Run::of(&app, Source::Swan) };
    let payload = include_str!("../seed/identifications.json");
    // Spelled as in the document, which differs from the published list.
    let summary = run.import_ok(&payload.replace("BadDocumentLighting", "BadDocumentLightning")).await;
    assert_eq!(counts(&summary, "identification"), (3, 0, 0));
    let query = include_str!("../seed/identifications.graphql");
    let answer = app.post(&app.token, &json!({ "query": query })).await;
    assert_eq!(answer.text, serde_json::from_str::<Value>(payload).unwrap().to_string());
    assert!(is_unchanged(&run.import_ok(payload).await));
}

#[rstest]
#[tokio::test]
async fn an_imported_history_is_returned_as_documented(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run::of(&app, Source::Verifications);
    let page = include_str!("../seed/verifications.json");
    // The demo has credentials 1 and 11; here the test's own has number 1.
    let summary = run.import_ok(page).await;
    assert_eq!(counts(&summary, "verification"), (2, 0, 0));
    assert_eq!(counts(&summary, "verificationLevel"), (2, 0, 0));
    let one = include_str!("../seed/verification.json");
    assert_eq!(counts(&run.import_ok(one).await, "verification"), (1, 0, 0));
    let path =
        "/api/v2/verifications?limit=10&offset=0&sort_order=desc&sort_by=createTime&filter[clientId]=222";
    let bearer = format!("Bearer {}", app.token);
    for (path, documented) in [(path, page), ("/v2/verifications/18", one)] {
        let answer = app.get(path, &[("authorization", bearer.as_str())]).await;
        assert_eq!(answer.json(), serde_json::from_str::<Value>(documented).unwrap());
    }
    assert!(is_unchanged(&run.import_ok(page).await));
    // The next number and the current level follow from the imported records.
    let data = app.query("{ users { edges { node { number currentVerificationLevel { name } } } } }").await;
    let edges = data["users"]["edges"].as_array().unwrap();
    let client = edges.iter().find(|edge| edge["node"]["number"] == 222).unwrap();
    assert_eq!(client["node"]["currentVerificationLevel"]["name"], "Level 1", "{data}");
}

#[rstest]
#[tokio::test]
async fn an_imported_session_is_returned_as_documented(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run::of(&app, Source::Sessions);
    let documented = normalised(include_str!("../seed/verified-user.txt"));
    let summary = run.import_ok(&documented.to_string()).await;
    assert_eq!((counts(&summary, "session"), counts(&summary, "document")), ((1, 0, 0), (2, 0, 0)));
    let key = key(&app).await;
    let user = "F1A1B12C-4F32-43A2-BE72-9DAB8D4C6E2B";
    let mut expected = documented.clone();
    expected["documents"][1]["stepId"] = "DRIVING_LICENSE".into();
    let answer = sessions::get(&app, &key, &format!("/v2/users/{user}")).await;
    assert_eq!(answer.text, expected.to_string());
    assert!(is_unchanged(&run.import_ok(&documented.to_string()).await));
    // The other path returns the fields of the first document.
    let documents = normalised(include_str!("../seed/verified-documents.txt"));
    let run = Run { user: Some(user), ..run };
    assert_eq!(counts(&run.import_ok(&documents.to_string()).await, "document"), (0, 1, 1));
    let answer = sessions::get(&app, &key, &format!("/v2/users/{user}")).await.json();
    assert_eq!(answer["documents"][0]["type"], "Passport");
    assert!(is_unchanged(&run.import_ok(&documents.to_string()).await));
}

#[rstest]
#[tokio::test]
async fn an_imported_result_has_the_data_that_it_released(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let run = Run::of(&app, Source::Results);
    let body = include_str!("../seed/verification-result.json");
    assert_eq!(counts(&run.import_ok(body).await, "result"), (1, 0, 0));
    assert!(is_unchanged(&run.import_ok(body).await));
    let query = "{ verificationResult(id: \"55a951eb-265c-4706-9ebf-99ae35c745ab\") {
            id traceId status scopes verifiedAt data { dateOfBirth } } }";
    let data = app.query(query).await;
    let result = &data["verificationResult"];
    assert_eq!(result["traceId"], "46cb353b-5b3b-4de9-9676-9b2d5d081027", "{data}");
    assert_eq!(result["verifiedAt"], "2024-11-01T17:20:25.983Z");
    assert_eq!(result["scopes"], json!([Scope::DateOfBirth.name()]));
    assert_eq!(result["data"]["dateOfBirth"], "1995-06-04");
}

#[rstest]
#[tokio::test]
async fn imported_proofing_requests_are_returned_as_documented(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let results = json!([
        { "requestId": "c0ffee00-0000-4000-8000-000000000001", "requestTime": "2019-02-19T13:15:27Z", "state": "COMPLETE",
          "deviceCheckResult": "ALLOW", "backImageClassified": null, "backImageUploadTime": null,
          "frontImageClassified": true, "frontImageUploadTime": "2019-02-19T13:16:27Z",
          "documentAuthenticationResult": "PASSED", "faceMatch": true, "faceMatchScore": 91 },
        { "requestId": "c0ffee00-0000-4000-8000-000000000002", "requestTime": "2019-02-18T13:15:27Z", "state": "INIT",
          "deviceCheckResult": "DENY", "backImageClassified": null, "backImageUploadTime": null,
          "frontImageClassified": null, "frontImageUploadTime": null,
          "documentAuthenticationResult": null, "faceMatch": null, "faceMatchScore": null },
    ]);
    let page =
        json!({ "paging": { "limit": 100, "nextCursor": null, "prevCursor": null }, "results": results });
    let run = Run::of(&app, Source::Idproofing);
    assert_eq!(counts(&run.import_ok(&page.to_string()).await, "proofingRequest"), (2, 0, 0));
    let answer = app.query("{ proofingRequests { totalCount } }").await;
    assert_eq!(answer["proofingRequests"]["totalCount"], 2, "the kept totals know of them");
    let ids = app.query("{ proofingRequests(orderBy: {field: requestTime, direction: Desc}) { edges { node { id faceMatch faceMatchScore } } } }").await;
    assert_eq!(ids["proofingRequests"]["edges"][0]["node"]["faceMatchScore"], 91, "{ids}");
    assert!(is_unchanged(&run.import_ok(&page.to_string()).await));
    // The request changes in the other system and is imported again.
    let mut later = results[1].clone();
    later["deviceCheckResult"] = "REVIEW".into();
    later["state"] = "IMAGE".into();
    assert_eq!(counts(&run.import_ok(&later.to_string()).await, "proofingRequest"), (0, 1, 0));
    let total = "{ proofingRequests(filters: {state: IMAGE}) { totalCount } }";
    assert_eq!(app.query(total).await["proofingRequests"]["totalCount"], 1);
    let why = run.rejection(&results[1]).await;
    assert!(why.contains("already in a later version"), "{why}");
}

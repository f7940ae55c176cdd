//! Sessions and documents over GraphQL.

use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Db, NewIdentification, NewSession, NewUser, TestApp};

const CREATE: &str = "mutation ($input: CreateVerificationSessionInput!) { done: createVerificationSession(input: $input) {
    __typename ... on Rejection { message } ... on CreateVerificationSessionSuccessPayload { sessionId verificationSession { id } } } }";
const SUBMIT: &str = "mutation ($input: SubmitSessionDocumentInput!) { done: submitSessionDocument(input: $input) {
    __typename ... on Rejection { message } ... on SubmitSessionDocumentSuccessPayload { documentId uploads { kind url } document {
        __typename ... on PassportDocument { id step firstName lastName idNumber dateOfExpiration mrzStatus mrzLines findings matchLevel }
        ... on UnclassifiedDocument { id mrzStatus findings } } } } }";
const COMPLETE: &str = "mutation ($input: CompleteVerificationSessionInput!) { done: completeVerificationSession(input: $input) {
    __typename ... on Rejection { message } ... on CompleteVerificationSessionSuccessPayload { verificationSession { status updatedAt } } } }";

/// The result of a mutation.
async fn run(app: &TestApp, mutation: &str, input: Value) -> Value {
    app.query_as(&app.token, mutation, json!({ "input": input })).await["done"].take()
}

async fn open(app: &TestApp) -> Uuid {
    let user = app.user(NewUser::default()).await;
    app.session(user, NewSession::default()).await.id
}

/// The example of ICAO 9303.
fn passport() -> Value {
    json!({
        "firstName": "Anna", "lastName": "Eriksson", "idNumber": "L898902C3", "sex": "F",
        "dateOfBirth": "1974-08-12", "dateOfExpiration": "2012-04-15",
        "mrzLines": ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"],
    })
}

#[rstest]
#[tokio::test]
async fn a_document_is_stored_with_its_findings(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let session = open(&app).await;
    let input = json!({
        "sessionId": session, "step": "ID_DOCUMENT", "documentType": "Passport", "matchLevel": 7,
        "fields": passport(), "images": ["FRONT", "PHOTO", "SELFIE"],
    });
    let done = run(&app, SUBMIT, input).await;
    let document = json!({
        "__typename": "PassportDocument", "id": done["documentId"], "step": "ID_DOCUMENT",
        "firstName": "Anna", "lastName": "Eriksson", "idNumber": "L898902C3", "dateOfExpiration": "2012-04-15",
        "mrzStatus": "Valid", "mrzLines": passport()["mrzLines"], "findings": ["Expired"], "matchLevel": 7,
    });
    assert_eq!(done["document"], document);
    let kinds: Vec<&Value> =
        done["uploads"].as_array().unwrap().iter().map(|upload| &upload["kind"]).collect();
    assert_eq!(kinds, ["FRONT", "PHOTO", "SELFIE"]);
    let query = "query ($id: ID!) { verificationSession(id: $id) { documents {
            __typename ... on PassportDocument { id step firstName lastName idNumber dateOfExpiration mrzStatus mrzLines findings matchLevel } } } }";
    let data = app.query_as(&app.token, query, json!({ "id": session })).await;
    assert_eq!(data["verificationSession"]["documents"], json!([document]));
}

/// The example of the API document is one.
#[rstest]
#[tokio::test]
async fn document_texts_are_limited_by_characters_and_normalized(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let session = open(&app).await;
    let submit = async |fields: Value| {
        let input = json!({ "sessionId": session, "step": "ID_DOCUMENT", "documentType": "Passport", "fields": fields });
        run(&app, SUBMIT, input).await
    };
    // Three bytes each, and two characters that the composed form combines into one.
    for (name, kept) in
        [("\u{e13}".repeat(1024), "\u{e13}".repeat(1024)), ("e\u{301}".repeat(1024), "\u{e9}".repeat(1024))]
    {
        let done = submit(json!({ "lastName": name, "firstName": "Mu\u{308}ller" })).await;
        assert_eq!(done["document"]["lastName"], kept, "{done}");
        assert_eq!(done["document"]["firstName"], "M\u{fc}ller");
    }
    for name in [String::new(), "\u{e13}".repeat(1025), "a\0b".to_owned()] {
        let refused = submit(json!({ "lastName": name })).await;
        assert_eq!(refused["message"], "the field `lastName` is empty, too long, or contains NUL");
    }
}

#[rstest]
#[tokio::test]
async fn a_malformed_mrz_is_stored_and_reported(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let session = open(&app).await;
    let lines = ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"];
    for (fields, status, findings) in [
        (json!({ "mrzLines": lines, "firstName": "JOHN", "lastName": "DOE" }), "Malformed", json!([])),
        (json!({}), "Absent", json!([])),
        (
            json!({ "mrzLines": [passport()["mrzLines"][0], "L898902C37UTO7408122F1204159ZE184226B<<<<<10"], "lastName": "Other" }),
            "InvalidChecksum",
            json!(["MrzNumberCheckDigit", "MrzCompositeCheckDigit", "Expired", "MrzLastNameMismatch"]),
        ),
    ] {
        // The documents of a session are in the order of their times.
        app.clock.set(app.clock.now().plus_seconds(1));
        let done =
            run(&app, SUBMIT, json!({ "sessionId": session, "step": "ID_DOCUMENT", "fields": fields })).await;
        let document = &done["document"];
        assert_eq!(document["__typename"], "UnclassifiedDocument", "{done}");
        assert_eq!((&document["mrzStatus"], &document["findings"]), (&json!(status), &findings));
    }
    let shown = app.query(&format!("{{ verificationSession(id: \"{session}\") {{ documents {{ ... on UnclassifiedDocument {{ mrzLines }} }} }} }}")).await;
    assert_eq!(shown["verificationSession"]["documents"][0]["mrzLines"], json!(lines), "letter by letter");
}

#[rstest]
#[tokio::test]
async fn a_session_follows_its_transitions_and_rejects_documents_once_closed(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let session = open(&app).await;
    let to =
        async |status: &str| run(&app, COMPLETE, json!({ "sessionId": session, "status": status })).await;
    let submit = async |step: &str| {
        run(&app, SUBMIT, json!({ "sessionId": session, "step": step })).await["__typename"].clone()
    };
    assert_eq!(to("InProgress").await["__typename"], "VerificationSessionTransitionRefusedRejection");
    app.clock.set(app.clock.now().plus_seconds(1));
    let pending = json!({
        "__typename": "CompleteVerificationSessionSuccessPayload",
        "verificationSession": { "status": "Pending", "updatedAt": "2026-01-15T12:00:01.000Z" },
    });
    assert_eq!(to("Pending").await, pending);
    assert_eq!(submit("ID_DOCUMENT").await, "SubmitSessionDocumentSuccessPayload");
    assert_eq!(to("Pending").await["__typename"], "VerificationSessionTransitionRefusedRejection");
    assert_eq!(to("Suspected").await["verificationSession"]["status"], "Suspected");
    for status in ["InProgress", "Pending", "Successful", "Suspected"] {
        assert_eq!(to(status).await["__typename"], "VerificationSessionClosedRejection");
    }
    assert_eq!(submit("ID_DOCUMENT").await, "VerificationSessionClosedRejection");
    let data = app
        .query(&format!("{{ verificationSession(id: \"{session}\") {{ documents {{ __typename }} }} }}"))
        .await;
    assert_eq!(data["verificationSession"]["documents"].as_array().unwrap().len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_document_of_a_wrong_step_is_rejected_and_not_stored(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let session = open(&app).await;
    let with = |more: Value| {
        let mut input = json!({ "sessionId": session, "step": "ID_DOCUMENT" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let long = "x".repeat(1025);
    for (input, expected) in [
        (with(json!({ "sessionId": "x" })), "VerificationSessionNotFoundRejection"),
        (
            with(json!({ "sessionId": "00000000-0000-7000-8000-000000000000" })),
            "VerificationSessionNotFoundRejection",
        ),
        // The harness's sessions have two steps.
        (with(json!({ "step": "ADDRESS_PROOF" })), "InvalidDocumentRejection"),
        (with(json!({ "documentType": "AddressProof" })), "InvalidDocumentRejection"),
        (with(json!({ "step": "DRIVING_LICENSE", "documentType": "Passport" })), "InvalidDocumentRejection"),
        (with(json!({ "documentType": "Passport", "images": ["BACK"] })), "InvalidDocumentRejection"),
        (with(json!({ "matchLevel": 101 })), "InvalidDocumentRejection"),
        (with(json!({ "matchLevel": -1 })), "InvalidDocumentRejection"),
        (with(json!({ "fields": { "firstName": "" } })), "InvalidDocumentRejection"),
        (with(json!({ "fields": { "lastName": "a\0" } })), "InvalidDocumentRejection"),
        (with(json!({ "fields": { "address": long } })), "InvalidDocumentRejection"),
        (with(json!({ "fields": { "mrzLines": ["\0"] } })), "InvalidDocumentRejection"),
        (with(json!({ "fields": { "mrzLines": vec!["a"; 11] } })), "InvalidDocumentRejection"),
        (with(json!({ "identificationId": "x" })), "IdentificationNotFoundRejection"),
    ] {
        assert_eq!(run(&app, SUBMIT, input.clone()).await["__typename"], expected, "{input}");
    }
    let unknown =
        app.run_as(&app.token, SUBMIT, json!({ "input": with(json!({ "step": "SHOE_SIZE" })) })).await;
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{unknown}");
    let data = app
        .query(&format!("{{ verificationSession(id: \"{session}\") {{ documents {{ __typename }} }} }}"))
        .await;
    assert_eq!(data["verificationSession"]["documents"], json!([]));
}

#[rstest]
#[tokio::test]
async fn a_document_can_belong_to_an_identification_of_the_same_user(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (user, stranger) = (app.user(NewUser::default()).await, app.user(NewUser::default()).await);
    let session = app.session(user, NewSession::default()).await.id;
    let mine = app.identification(user, NewIdentification::default()).await;
    let theirs = app.identification(stranger, NewIdentification::default()).await;
    let input = |identification: Uuid| json!({ "sessionId": session, "step": "DRIVING_LICENSE", "identificationId": identification });
    assert_eq!(run(&app, SUBMIT, input(theirs)).await["__typename"], "IdentificationNotFoundRejection");
    let id = run(&app, SUBMIT, input(mine)).await["documentId"].clone();
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Identification { documents { ... on DriversLicenseDocument { id step } } } } }";
    let data = app.query_as(&app.token, query, json!({ "ids": [mine, theirs] })).await;
    let license = json!({ "id": id, "step": "DRIVING_LICENSE" });
    assert_eq!(data["nodes"], json!([{ "documents": [license] }, { "documents": [] }]));
}

#[rstest]
#[tokio::test]
async fn a_repeated_request_with_a_key_returns_the_first_result(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let new = json!({ "refId": "one", "forceCreation": true, "idempotencyKey": "a" });
    let first = run(&app, CREATE, new.clone()).await;
    assert_eq!(run(&app, CREATE, new).await, first);
    for other in [
        json!({ "refId": "two", "forceCreation": true, "idempotencyKey": "a" }),
        json!({ "refId": "one", "idempotencyKey": "a" }),
    ] {
        assert_eq!(run(&app, CREATE, other).await["__typename"], "IdempotencyKeyReusedRejection");
    }
    let session = &first["sessionId"];
    let document =
        json!({ "sessionId": session, "step": "ID_DOCUMENT", "fields": passport(), "idempotencyKey": "b" });
    let first = run(&app, SUBMIT, document.clone()).await;
    assert_eq!(run(&app, SUBMIT, document.clone()).await["documentId"], first["documentId"]);
    let mut other = document;
    other["fields"]["firstName"] = "Eva".into();
    assert_eq!(run(&app, SUBMIT, other).await["__typename"], "IdempotencyKeyReusedRejection");
    let data = app.query("{ users { totalCount } verificationSessions { totalCount edges { node { documents { __typename } } } } }").await;
    assert_eq!(data["users"]["totalCount"], 1, "who was refused has made nobody");
    assert_eq!(data["verificationSessions"]["totalCount"], 1);
    assert_eq!(data["verificationSessions"]["edges"][0]["node"]["documents"].as_array().unwrap().len(), 1);
}

#[rstest]
#[tokio::test]
async fn an_invalid_session_is_an_error_that_names_the_argument(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let long = "x".repeat(3 * 1024);
    for (input, name) in [
        (json!({ "refId": "" }), "refId"),
        (json!({ "refId": long }), "refId"),
        (json!({ "refId": "\0" }), "refId"),
        (json!({ "refId": "a", "flowId": "x".repeat(256) }), "flowId"),
        (json!({ "refId": "a", "metadata": [""] }), "metadata"),
        (json!({ "refId": "a", "steps": [] }), "steps"),
        (json!({ "refId": "a", "user": { "firstName": "\0" } }), "user.firstName"),
        (json!({ "refId": "a", "idempotencyKey": "\0" }), "idempotencyKey"),
    ] {
        let answer = app.run_as(&app.token, CREATE, json!({ "input": input })).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        assert!(error["message"].as_str().unwrap().contains(&format!("`{name}`")), "{answer}");
    }
    assert_eq!(app.query("{ users { totalCount } }").await["users"]["totalCount"], 0);
}

/// For any number of sessions, documents and images.
#[rstest]
#[tokio::test]
async fn the_number_of_statements_depends_on_the_depth_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let query = "{ verificationSessions { edges { node { refId metadata documents {
            ... on UnclassifiedDocument { id images { url } } } } } } }";
    let mut counts = Vec::new();
    for _ in 0..2 {
        for _ in 0..3 {
            let session = open(&app).await;
            run(&app, SUBMIT, json!({ "sessionId": session, "step": "ID_DOCUMENT" })).await;
        }
        app.take_statements();
        app.query(query).await;
        counts.push(app.take_statements().len());
    }
    assert_eq!(counts, [4, 4]);
}

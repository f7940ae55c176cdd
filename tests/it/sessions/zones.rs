//! Machine-readable zones of documents of many countries.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use crate::harness::{Db, NewSession, NewUser, TestApp};

const SUBMIT: &str =
    "mutation ($input: SubmitSessionDocumentInput!) { done: submitSessionDocument(input: $input) {
    ... on Rejection { message } ... on SubmitSessionDocumentSuccessPayload { document {
        ... on IdCardDocument { mrzStatus findings } } } } }";

/// Status and findings of a document with these fields. The clock of a test is in January 2026.
async fn submitted(app: &TestApp, fields: Value) -> (Value, Value) {
    let user = app.user(NewUser::default()).await;
    let session = app.session(user, NewSession::default()).await.id;
    let input =
        json!({ "sessionId": session, "step": "ID_DOCUMENT", "documentType": "IdCard", "fields": fields });
    let mut answer = app.query_as(&app.token, SUBMIT, json!({ "input": input })).await;
    let document = &mut answer["done"]["document"];
    (document["mrzStatus"].take(), document["findings"].take())
}

#[rstest]
#[tokio::test]
async fn every_mrz_format_is_read_and_compared(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (lines, fields, status, findings) in [
        (
            &["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"][..],
            json!({ "firstName": "Anna Maria", "lastName": "Eriksson", "dateOfBirth": "1974-08-12" }),
            "Valid",
            json!(["Expired"]),
        ),
        (
            &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"],
            json!({ "lastName": "Erikson" }),
            "Valid",
            json!(["Expired", "MrzLastNameMismatch"]),
        ),
        (
            &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
            json!({ "sex": "male" }),
            "Valid",
            json!(["Expired", "MrzSexMismatch"]),
        ),
        (
            &["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"],
            json!({ "firstName": "Corinne", "lastName": "Berthier", "idNumber": "880692310285", "dateOfBirth": "1965-12-06", "sex": "F" }),
            "Valid",
            json!([]),
        ),
        (
            &[
                "IDMDAB123456781<<<<<<<<<<<<<<<",
                "4001016M<<<<<<0MDA<<<<<<<<<<<8",
                "POPA<<ION<<<<<<<<<<<<<<<<<<<<<",
            ],
            json!({ "lastName": "Popă", "firstName": "Ion" }),
            "Valid",
            json!([]),
        ),
        // Each field is checked separately: the state is no letter, a digit is wrong, and the name is still
        // compared.
        (
            &["I<UT0ERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408123F3104159<<<<<<<6"],
            json!({ "lastName": "Smith" }),
            "Malformed",
            json!([
                "MrzIssuingStateInvalid",
                "MrzBirthDateCheckDigit",
                "MrzExpirationCheckDigit",
                "MrzCompositeCheckDigit",
                "MrzLastNameMismatch"
            ]),
        ),
    ] {
        let mut fields = fields;
        fields["mrzLines"] = json!(lines);
        assert_eq!(submitted(&app, fields).await, (json!(status), findings), "{lines:?}");
    }
}

#[rstest]
#[tokio::test]
async fn birth_and_issue_dates_after_the_project_clock_are_findings(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let fields = json!({ "dateOfBirth": "2533-05-05", "dateOfIssue": "2026-01-16", "lastName": "Somchai" });
    let expected = json!(["BornInFuture", "IssuedInFuture", "BornAfterIssue"]);
    assert_eq!(submitted(&app, fields).await, (json!("Absent"), expected));
    let mut app = app;
    app.clock.set(app.clock.now().plus_seconds(24 * 60 * 60));
    app.token = app.token_of(app.credential, Permissions::all(), 3600).await;
    let issued_today = json!({ "dateOfIssue": "2026-01-16" });
    assert_eq!(submitted(&app, issued_today).await, (json!("Absent"), json!([])));
}

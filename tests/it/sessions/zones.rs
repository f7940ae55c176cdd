//! Machine-readable zones of documents of many countries.

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use crate::harness::{Db, NewSession, NewUser, TestApp};

const SUBMIT: &str =
    "mutation ($input: SubmitSessionDocumentInput!) { done: submitSessionDocument(input: $input) {
    ... on Rejection { message } ... on SubmitSessionDocumentSuccessPayload { document {
        ... on IdCardDocument { SELECT } } } } }";

/// A document with these fields, with what `select` asks for. The clock of a test is in January 2026.
async fn document(app: &TestApp, fields: Value, select: &str) -> Value {
    let user = app.user(NewUser::default()).await;
    let session = app.session(user, NewSession::default()).await.id;
    let input =
        json!({ "sessionId": session, "step": "ID_DOCUMENT", "documentType": "IdCard", "fields": fields });
    let submit = SUBMIT.replace("SELECT", select);
    app.query_as(&app.token, &submit, json!({ "input": input })).await["done"]["document"].take()
}

/// Status and findings of a document with these fields.
async fn submitted(app: &TestApp, fields: Value) -> (Value, Value) {
    let mut document = document(app, fields, "mrzStatus findings").await;
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

const ZONE: &str = "mrzStatus mrzFields { name line from to read digitRead digitDue finding } \
                    mrzProblem { lineLengths expectedLines expectedLength }";

#[rstest]
#[tokio::test]
async fn the_fields_of_a_zone_have_their_place_the_digit_read_and_the_digit_due(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let lines = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408123F1204159<<<<<<<6"];
    let fields = json!({ "mrzLines": lines, "sex": "male" });
    let field = |name: &str,
                 (from, to): (i32, i32),
                 read: &str,
                 digits: Option<(&str, &str)>,
                 finding: Value| {
        json!({ "name": name, "line": 1, "from": from, "to": to, "read": read,
            "digitRead": digits.map(|(read, _)| read), "digitDue": digits.map(|(_, due)| due), "finding": finding })
    };
    let expected = json!({ "mrzStatus": "InvalidChecksum", "mrzProblem": null, "mrzFields": [
        field("NUMBER", (0, 9), "D23145890", Some(("7", "7")), Value::Null),
        field("NATIONALITY", (10, 13), "UTO", None, Value::Null),
        field("BIRTH_DATE", (13, 19), "740812", Some(("3", "2")), json!("MrzBirthDateCheckDigit")),
        field("SEX", (20, 21), "F", None, json!("MrzSexMismatch")),
        field("EXPIRATION_DATE", (21, 27), "120415", Some(("9", "9")), Value::Null),
        field("OPTIONAL_DATA", (28, 35), "<<<<<<<", None, Value::Null),
        field("COMPOSITE", (35, 36), "6", Some(("6", "9")), json!("MrzCompositeCheckDigit")),
    ] });
    assert_eq!(document(&app, fields, ZONE).await, expected);
}

#[rstest]
#[tokio::test]
async fn a_zone_without_a_format_says_what_is_wrong_with_its_form(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let lines = ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"];
    let problem = json!({ "lineLengths": [40, 39], "expectedLines": 2, "expectedLength": 44 });
    let expected = json!({ "mrzStatus": "Malformed", "mrzFields": null, "mrzProblem": problem });
    assert_eq!(document(&app, json!({ "mrzLines": lines }), ZONE).await, expected);
    // Lines in one text are counted one by one.
    let text = format!("{}\n{}", lines[0], lines[1]);
    assert_eq!(document(&app, json!({ "mrzLines": [text] }), ZONE).await, expected);
    let none = json!({ "mrzStatus": "Absent", "mrzFields": null, "mrzProblem": null });
    assert_eq!(document(&app, json!({ "lastName": "Doe" }), ZONE).await, none);
}

//! Personal values, sent through every API, appear neither in the log at its most verbose level nor in
//! webhooks. `encryption` checks the stored data.

use std::{
    cell::RefCell,
    io::{self, Write},
    sync::Once,
};

use axum::{
    body::Body,
    http::{Method, Request},
};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::result::Scope;

use crate::{
    harness::{Db, NewProofing, TestApp, picture},
    proofing_rest::images::put,
    results::{details, token},
    sessions::{get, key, send, start_session},
    webhooks::{Receiver, deliver_all, subscribe, with_receivers, worker},
};

thread_local! {
    /// The log of this thread, once recording has started: each test has its own thread.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Records the log of its thread.
struct ToThread;

impl Write for ToThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.as_mut().map(|log| log.extend(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Starts to record the log of this thread. The subscriber is global: a thread-local one misses call sites
/// that another thread reached first.
fn listen() {
    static SUBSCRIBED: Once = Once::new();
    SUBSCRIBED.call_once(|| {
        tracing_subscriber::fmt()
            .with_env_filter(
                "verigraph=trace,tower_http=trace,axum=trace,async_graphql=trace,object_store=trace",
            )
            .with_writer(|| ToThread)
            .with_ansi(false)
            .init();
    });
    LOG.set(Some(Vec::new()));
}

/// The personal values below, in lower case, in every form in which they are sent or returned.
const CANARIES: [&str; 8] = [
    "canary",
    // Date of birth: as given, as printed by sessions and machine-readable zones, and as in results.
    "1971-03-14",
    "14/03/1971",
    "710314",
    "37756800000",
    "790009988",
    "203.0.113.77",
    "zzcanary",
];

fn assert_silent(text: &str, of: &str) {
    let small = text.to_lowercase();
    for canary in CANARIES {
        if let Some(at) = small.find(canary) {
            let line = small[..at].rfind('\n').map_or(0, |line| line + 1);
            panic!("{canary} is in {of}: {}", &text[line..(at + 80).min(text.len())]);
        }
    }
}

const SUBMIT: &str = "mutation ($input: SubmitSessionDocumentInput!) { done: submitSessionDocument(input: $input) {
    __typename ... on SubmitSessionDocumentSuccessPayload { document { ... on PassportDocument { lastName mrzLines } } uploads { url } } } }";

/// A person in the format of the sessions API.
fn person() -> Value {
    json!({ "firstName": "Canaryfirst", "lastName": "Canarylast", "birthDate": "1971-03-14" })
}

fn with(mut person: Value, phone: &str, email: &str) -> Value {
    person[phone] = "+41790009988".into();
    person[email] = "canary@example.org".into();
    person
}

fn passport(session: &Value) -> Value {
    let fields = json!({
        "firstName": "Canaryfirst", "lastName": "Canarylast", "dateOfBirth": "1971-03-14", "address": "Canary street 1",
        "placeOfBirth": "Canary city", "idNumber": "ZZCANARY1",
        "mrzLines": ["P<UTOCANARYLAST<<CANARYFIRST<<<<<<<<<<<<<<<<", "ZZCANARY12UTO7103148F1204159<<<<<<<<<<<<<<04"],
    });
    json!({ "sessionId": session, "step": "ID_DOCUMENT", "documentType": "Passport", "images": ["FRONT"], "fields": fields })
}

/// Calls every API that accepts or returns personal data.
async fn all_ways(app: &TestApp) {
    let run =
        async |query: &str, input: Value| app.run_as(&app.token, query, json!({ "input": input })).await;
    // Sessions, over GraphQL and REST.
    let create = "mutation ($input: CreateVerificationSessionInput!) { done: createVerificationSession(input: $input) {
        __typename ... on CreateVerificationSessionSuccessPayload { sessionId } } }";
    let user = with(person(), "mobilePhoneNumber", "email");
    let new = json!({ "refId": "graph", "user": user, "metadata": ["203.0.113.77"], "idempotencyKey": "a" });
    let session = run(create, new.clone()).await["data"]["done"]["sessionId"].clone();
    assert!(session.is_string());
    let key = key(app).await;
    let user = with(person(), "phoneNumber", "email");
    start_session(app, &key, &json!({ "refId": "rest", "user": user, "metadata": ["203.0.113.77"] })).await;
    // Documents, and an image with metadata.
    let document = run(SUBMIT, passport(&session)).await;
    assert_eq!(document["data"]["done"]["document"]["lastName"], "Canarylast", "{document}");
    let address = document["data"]["done"]["uploads"][0]["url"].as_str().unwrap();
    let image = [picture(), b"canary".to_vec()].concat();
    let upload = Request::put(address).body(Body::from(image.clone())).unwrap();
    assert_eq!(app.send(upload).await.status, 200);
    for path in ["/v2/users/graph", "/v2/users/graph/documents"] {
        assert!(get(app, &key, path).await.text.contains("Canarylast"), "{path}");
    }
    // A proofing request and its image.
    let request = app.proofing(NewProofing::default()).await.id.to_string();
    assert_eq!(put(app, &app.token, &request, "0", &image).await.status, 200);
    // A result that releases everything.
    let found =
        "{ users(filters: { verifiedEmails: \"canary@example.org\", mobilePhoneNumbers: \"+41790009988\" }) {
        edges { node { id fullName birthDate } } } }";
    let found = app.query(found).await["users"]["edges"].take();
    assert_eq!(found[0]["node"]["fullName"], "Canaryfirst Canarylast");
    let keys = app.integration(app.project, Scope::ALL).await;
    let id = found[0]["node"]["id"].as_str().unwrap().parse().unwrap();
    let result = app.verified(id, keys.integration, Some("VERIFIED")).await;
    assert!(details(app, &token(app, &keys).await, result).await.text.contains("37756800000"));
    // Rejections at every stage: invalid value, unknown field, invalid document, no body, unknown path,
    // duplicate.
    run(create, json!({ "refId": "graph", "user": { "birthDate": "canary" } })).await;
    run(create, json!({ "refId": "graph", "user": { "canary": "Canarylast" } })).await;
    run(create, json!({ "refId": "canary\0", "user": { "firstName": "canary\0" } })).await;
    let mut again = new;
    again["user"]["lastName"] = "Canaryother".into();
    assert_eq!(run(create, again).await["data"]["done"]["__typename"], "IdempotencyKeyReusedRejection");
    for query in [
        "{ user(id: \"canary\") { canary } }",
        "{ canary",
        "{ users(filters: { verifiedEmails: \"canary\" }, first: 0) { edges { cursor } } }",
    ] {
        app.run_as(&app.token, query, json!({ "canary": "canary" })).await;
    }
    for body in [
        "{\"refId\":\"x\",\"user\":\"Canarylast\"}",
        "{\"refId\":\"x\",\"user\":{\"birthDate\":\"Canary\"}}",
        "canary",
    ] {
        send(app, Method::POST, "/v2/sessions", &key, body).await;
    }
    for path in ["/canary", "/v2/users/canary%20last", "/graphql?query=%7Bcanary%7D", "/images/canary.canary"]
    {
        get(app, &key, path).await;
    }
    put(app, &app.token, &request, "0", b"GIF89a canary").await;
    put(app, &app.token, "canary", "canary", b"canary").await;
}

#[rstest]
#[tokio::test]
async fn personal_data_is_neither_logged_nor_sent_to_receivers(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    listen();
    let mut app = with_receivers(app);
    let receiver = Receiver::start().await;
    for kind in ["EVENT", "SESSION", "RESULT"] {
        subscribe(&app, &app.token, &receiver.url, &format!("bodyKind: {kind}")).await;
    }
    all_ways(&app).await;
    let worker = worker(&app);
    deliver_all(&worker).await;
    let received = receiver.take();
    let count = |name: &str| received.iter().filter(|it| it.body.contains(name)).count();
    assert!(
        count("eventType") > 3 && count("\"refId\":\"graph\"") > 0 && count("verification.succeeded") > 0
    );
    for it in &received {
        assert_silent(&format!("{} {:?}", it.body, it.headers), "a delivery");
    }

    // Internal errors, which are logged in more detail: a missing table, and a panicking handler.
    let session = app.query("{ verificationSessions(first: 1) { edges { node { id } } } }").await;
    let session = session["verificationSessions"]["edges"][0]["node"]["id"].clone();
    let cascade =
        if app.store.dialect() == verigraph::db::dialect::Dialect::Postgres { " CASCADE" } else { "" };
    let gone = format!("DROP TABLE document_images{cascade}");
    sea_orm::ConnectionTrait::execute_unprepared(app.store.write(), &gone).await.unwrap();
    let gone = format!("DROP TABLE documents{cascade}");
    sea_orm::ConnectionTrait::execute_unprepared(app.store.write(), &gone).await.unwrap();
    let failed = app.run_as(&app.token, SUBMIT, json!({ "input": passport(&session) })).await;
    assert_eq!(failed["errors"][0]["extensions"]["code"], "INTERNAL", "{failed}");
    app.restart_broken();
    app.run_as(&app.token, SUBMIT, json!({ "input": passport(&session) })).await;

    let log = String::from_utf8(LOG.take().unwrap()).unwrap();
    for said in ["/v2/sessions", "/graphql", "the request failed", "request handler panicked"] {
        assert!(log.contains(said), "{said} is not in the log:\n{log}");
    }
    assert_silent(&log, "the log");
}

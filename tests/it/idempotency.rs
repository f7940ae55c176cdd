//! An idempotency key belongs to the credential that used it: another credential that sends the same key and
//! input never receives the first one's answer.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use rstest::rstest;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use verigraph::{
    auth::{Permissions, credential::IssuedCredential},
    result::Scope,
};

use crate::{
    authorization::{
        graph::{Graph, base},
        lifecycle::to_sandbox,
    },
    encryption::dump,
    harness::{Answer, Db, NewSession, NewUser, TestApp, described::DOCUMENT},
    lifecycle::mutate_as,
    webhooks::{Receiver, settings},
};

const KEY: &str = "the-same-key";

/// Every mutation with an idempotency key, an input that succeeds the first time, and the ids and secrets in
/// its result.
async fn keyed(app: &TestApp, endpoint: &str) -> Vec<(&'static str, String, &'static str)> {
    let user = app.user(NewUser::default()).await;
    let session = app.session(user, NewSession::default()).await.id;
    let integration = app.integration(app.project, &[Scope::Name]).await.integration;
    let level = app.level(None, "Level 0", 0).await;
    let credential = app.credential(app.project, Permissions::all(), None).await.credential;
    let external = "levels: { expert: Valid }, provider: \"p\", reference: \"r\"";
    vec![
        ("createUser", "firstName: \"Ada\"".to_owned(), "... on CreateUserSuccessPayload { user { id } }"),
        (
            "createCredential",
            "label: \"a\", permissions: [\"USERS:VIEW\"]".to_owned(),
            "... on CreateCredentialSuccessPayload { credential { id } clientId clientSecret apiKey }",
        ),
        (
            "rotateCredential",
            format!("credentialId: \"{credential}\", clientSecret: true, apiKey: true"),
            "... on RotateCredentialSuccessPayload { clientSecret apiKey }",
        ),
        (
            "addWebhookSubscription",
            format!("label: \"a\", endpoint: \"{endpoint}\", eventTypes: [\"*\"]"),
            "... on WebhookSubscriptionSuccessPayload { secret webhookSubscription { id } }",
        ),
        (
            "startIdentification",
            format!("userId: \"{user}\", process: Expert"),
            "... on StartIdentificationSuccessPayload { identification { id } }",
        ),
        (
            "addExternalIdentification",
            format!("userId: \"{user}\", process: Expert, {external}"),
            "... on AddExternalIdentificationSuccessPayload { identification { id } }",
        ),
        (
            "createProofingRequest",
            format!("userId: \"{user}\""),
            "... on CreateProofingRequestSuccessPayload { requestId }",
        ),
        (
            "createVerificationLevel",
            "name: \"new\"".to_owned(),
            "... on CreateVerificationLevelSuccessPayload { verificationLevel { id } }",
        ),
        (
            "grantVerificationLevel",
            format!("userId: \"{user}\", levelId: \"{level}\", reason: \"why\""),
            "... on GrantVerificationLevelSuccessPayload { verification { id } }",
        ),
        (
            "requestVerification",
            format!("userId: \"{user}\", integrationId: \"{integration}\", correlationId: \"c\""),
            "... on RequestVerificationSuccessPayload { verificationResult { id traceId } }",
        ),
        (
            "createVerificationSession",
            "refId: \"ada\", forceCreation: true".to_owned(),
            "... on CreateVerificationSessionSuccessPayload { sessionId }",
        ),
        (
            "submitSessionDocument",
            format!("sessionId: \"{session}\", step: ID_DOCUMENT, images: [FRONT]"),
            "... on SubmitSessionDocumentSuccessPayload { documentId uploads { url } }",
        ),
        (
            "createSandboxUser",
            "firstName: \"Ada\"".to_owned(),
            "... on CreateSandboxUserSuccessPayload { sandboxUser { id } }",
        ),
        (
            "createSandboxIdentification",
            format!("userId: \"{user}\", process: QES, levels: {{}}"),
            "... on CreateSandboxIdentificationSuccessPayload { sandboxIdentification { id } }",
        ),
        (
            "runScenario",
            "scenario: \"forced\"".to_owned(),
            "... on RunScenarioSuccessPayload { userId objects { id } }",
        ),
    ]
}

/// The mutations of the schema whose input has an idempotency key.
fn served() -> BTreeSet<String> {
    let graph = Graph::served();
    let takes_key =
        |name: &str| graph.inputs[name].iter().any(|field| field.name.node.as_str() == "idempotencyKey");
    let fields = graph.parents["Mutation"].iter();
    fields
        .filter(|field| field.arguments.iter().any(|argument| takes_key(base(&argument.node.ty.node))))
        .map(|field| field.name.node.to_string())
        .collect()
}

/// Every text in an answer except type names and messages.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => {
            let values =
                fields.iter().filter(|(name, _)| !["__typename", "message"].contains(&name.as_str()));
            values.for_each(|(_, value)| texts(value, found));
        }
        _ => {}
    }
}

fn texts_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    texts(value, &mut found);
    found
}

/// The paths that declare the header in `openapi.json`.
fn described() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (path, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            if parameters.into_iter().any(|it| it["name"] == "Idempotency-Key") {
                found.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    found
}

async fn send(app: &TestApp, path: &str, pair: &IssuedCredential, body: &str) -> Answer {
    let request =
        Request::builder().method(Method::POST).uri(path).header("idempotency-key", path.replace('/', "_"));
    let request = if path == "/v2/sessions" {
        request.header("x-api-key", pair.api_key.as_deref().unwrap())
    } else {
        let token = app.token_of(pair.credential, Permissions::all(), 3600).await;
        request.header("authorization", format!("Bearer {token}"))
    };
    let request = request.header("content-type", "application/json");
    app.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

#[rstest]
#[tokio::test]
async fn a_key_never_replays_to_another_credential(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    to_sandbox(&app, app.project).await;
    app.restart_with(settings());
    let receiver = Receiver::start().await;
    let all = keyed(&app, &receiver.url).await;
    assert_eq!(all.iter().map(|(name, ..)| (*name).to_owned()).collect::<BTreeSet<_>>(), served());
    let one = app.token_for(app.project, Permissions::all(), None).await;
    let other = app.token_for(app.project, Permissions::all(), None).await;
    for (name, input, fields) in all {
        let input = format!("{input}, idempotencyKey: \"{KEY}-{name}\"");
        let first = mutate_as(&app, &one, name, &input, fields).await;
        assert!(first["__typename"].as_str().unwrap().ends_with("SuccessPayload"), "{name}: {first}");
        let given = texts_of(&first);
        assert!(!given.is_empty(), "{name}: {first}");
        let second = mutate_as(&app, &other, name, &input, fields).await;
        assert!(given.is_disjoint(&texts_of(&second)), "{name}: {first} {second}");
        assert_ne!(second["__typename"], "IdempotencyKeyReusedRejection", "{name}");
        // The first credential receives the same answer again, except for upload URLs, which differ each
        // time.
        let mut again = mutate_as(&app, &one, name, &input, fields).await;
        if name == "submitSessionDocument" {
            again["uploads"] = first["uploads"].clone();
        }
        assert_eq!(again, first, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn an_idempotency_header_never_replays_to_another_credential(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let paths =
        [("/api/web/v1/idproofing/init", "{}"), ("/v2/sessions", "{\"refId\":\"a\",\"forceCreation\":true}")];
    let expected = paths.iter().map(|(path, _)| ("POST".to_owned(), (*path).to_owned()));
    assert_eq!(described(), expected.collect());
    let [one, other] = [
        app.credential(app.project, Permissions::all(), None).await,
        app.credential(app.project, Permissions::all(), None).await,
    ];
    for (path, body) in paths {
        let first = send(&app, path, &one, body).await;
        assert_eq!(first.status, 200, "{}", first.text);
        let second = send(&app, path, &other, body).await;
        assert_eq!(second.status, 200, "{}", second.text);
        for name in ["sessionId", "requestId", "token"] {
            let (first, second) = (&first.json()[name], &second.json()[name]);
            assert!(first.is_null() || first != second, "{path}: {first}");
        }
        let again = send(&app, path, &one, body).await.json();
        for name in ["sessionId", "requestId"] {
            assert_eq!(again[name], first.json()[name], "{path}");
        }
        // The key is used up for this credential only.
        let body = body.replace('}', " }");
        assert_eq!(send(&app, path, &one, &body).await.status, 409, "{path}");
    }
}

/// Callers put names into keys, and short inputs could be guessed from an unkeyed hash.
#[rstest]
#[tokio::test]
async fn neither_a_key_nor_an_unkeyed_digest_of_its_input_is_stored(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let input = "name: \"gold\", idempotencyKey: \"ada-lovelace\"";
    mutate_as(&app, &app.token, "createVerificationLevel", input, "").await;
    let dump = dump(&app).await;
    assert!(dump.contains("gold") && !dump.contains("ada-lovelace"), "{dump}");
    let rows = entity::idempotency_key::Entity::find().all(app.store.write()).await.unwrap();
    assert_eq!(rows.len(), 1);
    let plain = [json!(["createVerificationLevel", ["gold", ""]]), json!(["gold", null])];
    for row in rows {
        for input in &plain {
            let digest = ring::digest::digest(&ring::digest::SHA256, input.to_string().as_bytes());
            assert_ne!(row.digest, digest.as_ref(), "{}", BASE64_STANDARD.encode(&row.digest));
        }
    }
}

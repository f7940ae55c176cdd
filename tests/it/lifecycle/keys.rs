//! Idempotency keys: the same answer again, including rejections, and one object for concurrent requests.

use axum::{body::Body, http::Request};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::EntityTrait;
use serde_json::json;
use verigraph::{auth::Permissions, crypto::AssociatedData};

use super::{mutate, result_type};
use crate::harness::{Db, NewUser, TestApp};

#[rstest]
#[tokio::test]
async fn a_rejection_is_replayed_even_if_it_would_now_succeed(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("taken"), ..NewUser::default() }).await;
    let input = "refId: \"taken\", idempotencyKey: \"a\"";
    let refused = mutate(&app, "createUser", input, "").await;
    assert_eq!(refused["__typename"], "RefIdTakenRejection");
    let free = format!("userId: \"{user}\", refId: \"other\"");
    assert_eq!(result_type(&app, "updateUser", &free).await, "UpdateUserSuccessPayload");
    assert_eq!(mutate(&app, "createUser", input, "").await, refused);
    // Another input with the key is rejected for another reason, and without the key it succeeds.
    assert_eq!(
        result_type(&app, "createUser", "refId: \"b\", idempotencyKey: \"a\"").await,
        "IdempotencyKeyReusedRejection"
    );
    assert_eq!(result_type(&app, "createUser", "refId: \"taken\"").await, "CreateUserSuccessPayload");
    // After a day the key has expired.
    app.clock.set(app.clock.now().plus_seconds(24 * 3600));
    assert_eq!(
        result_type(&app, "createUser", "refId: \"c\", idempotencyKey: \"a\"").await,
        "CreateUserSuccessPayload"
    );
}

#[rstest]
#[tokio::test]
async fn concurrent_requests_with_one_key_create_one_object_and_return_the_same_answer(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    for (name, input, fields) in [
        ("createUser", "firstName: \"Ada\"".to_owned(), "... on CreateUserSuccessPayload { user { id } }"),
        (
            "startIdentification",
            format!("userId: \"{user}\", process: Expert"),
            "... on StartIdentificationSuccessPayload { identification { id } }",
        ),
        (
            "createCredential",
            "label: \"a\", permissions: []".to_owned(),
            "... on CreateCredentialSuccessPayload { clientId clientSecret }",
        ),
        ("createUser", "firstName: \"\"".to_owned(), ""),
    ] {
        let input = format!("{input}, idempotencyKey: \"{}\"", app.clock.new_id());
        let answers = join_all((0..6).map(|_| mutate(&app, name, &input, fields))).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{name}: {answers:#?}");
    }
    assert_eq!(
        app.query("{ users { totalCount } identifications { totalCount } }").await,
        json!({
            "users": { "totalCount": 2 }, "identifications": { "totalCount": 1 },
        })
    );
}

#[rstest]
#[tokio::test]
async fn every_create_mutation_replays_its_rejections(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let external = format!(
        "userId: \"{nobody}\", process: Expert, provider: \"p\", reference: \"r\", levels: {{ expert: Valid }}"
    );
    for (name, input) in [
        ("startIdentification", format!("userId: \"{nobody}\", process: Expert")),
        ("addExternalIdentification", external),
        ("createProofingRequest", format!("userId: \"{nobody}\"")),
        ("requestVerification", format!("userId: \"{nobody}\", integrationId: \"{nobody}\"")),
        ("submitSessionDocument", format!("sessionId: \"{nobody}\", step: ID_DOCUMENT")),
    ] {
        let input = format!("{input}, idempotencyKey: \"{name}\"");
        let first = mutate(&app, name, &input, "").await;
        assert!(first["__typename"].as_str().unwrap().ends_with("NotFoundRejection"), "{name}: {first}");
        assert_eq!(mutate(&app, name, &input, "").await, first, "{name}");
    }
    let kept = entity::idempotency_key::Entity::find().all(app.store.read()).await.unwrap();
    assert_eq!(kept.iter().filter(|row| row.refusal.is_some()).count(), 5);
}

/// A rejection may repeat the caller's input, which may be a name. The key that decrypts it is not in the
/// database.
#[rstest]
#[tokio::test]
async fn a_stored_rejection_is_not_readable_in_the_database(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (name, key) = ("ADA10FE1-ACE0-7000-8000-00000000000A", "ada-lovelace");
    let input = format!("userId: \"{name}\", process: Expert, idempotencyKey: \"{key}\"");
    let refused = mutate(&app, "startIdentification", &input, "... on UserNotFoundRejection { id }").await;
    assert_eq!(refused["id"], name);
    let rows = entity::idempotency_key::Entity::find().all(app.store.read()).await.unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let refusal = row.refusal.as_ref().unwrap().as_str().unwrap();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(refusal).unwrap();
    for text in [name, "UserNotFoundRejection", "the user does not exist"] {
        assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{text} can be read");
    }
    assert_eq!(
        mutate(&app, "startIdentification", &input, "... on UserNotFoundRejection { id }").await,
        refused
    );
    // Another key or credential cannot decrypt it.
    let opened = |credential, key: &str| {
        let place = AssociatedData {
            scope: app.project,
            table: "idempotency_keys",
            column: "refusal",
            row: credential,
        };
        app.root.idempotency_seal(credential, key).open(place, &bytes).is_ok()
    };
    assert!(opened(app.credential, key));
    assert!(!opened(app.credential, "another") && !opened(uuid::Uuid::nil(), key));
}

#[rstest]
#[tokio::test]
async fn the_idempotency_header_works_on_rest_paths_that_create(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let credential = app.credential(app.project, Permissions::all(), None).await;
    let api_key = credential.api_key.clone().unwrap();
    let bearer = format!("Bearer {}", app.token);
    let send = async |path: &str, body: &str, key: &str| {
        // Each API accepts its own kind of credential and no other.
        let (name, value) =
            if path == "/v2/sessions" { ("x-api-key", &api_key) } else { ("authorization", &bearer) };
        let request = Request::post(path)
            .header("content-type", "application/json")
            .header(name, value)
            .header("idempotency-key", key);
        app.send(request.body(Body::from(body.to_owned())).unwrap()).await
    };
    let id = |path: &str| if path == "/v2/sessions" { "sessionId" } else { "requestId" };
    for (path, body, other) in [
        ("/api/web/v1/idproofing/init", "{}", "{\"deviceCheckResult\":\"DENY\"}"),
        ("/v2/sessions", "{\"refId\":\"a\",\"forceCreation\":true}", "{\"refId\":\"b\"}"),
    ] {
        // A key belongs to the credential, on every path.
        let keys = ["one", "two", "three"].map(|key| format!("{key}-{}", id(path)));
        let [one, two, three] = keys.each_ref().map(String::as_str);
        let first = send(path, body, one).await;
        assert_eq!(first.status, 200, "{path}: {}", first.text);
        let first = first.json()[id(path)].clone();
        // In quotes, as in the draft of the header.
        assert_eq!(send(path, body, &format!("\"{one}\"")).await.json()[id(path)], first, "{path}");
        assert_ne!(send(path, body, two).await.json()[id(path)], first, "{path}");
        assert_eq!(send(path, other, one).await.status, 409, "{path}");
        assert_eq!(send(path, body, "not a key!").await.status, 400, "{path}");
        let at_once = join_all((0..4).map(|_| send(path, body, three))).await;
        assert!(at_once.iter().all(|it| it.json()[id(path)] == at_once[0].json()[id(path)]), "{path}");
    }
    // A rejection is replayed too, though it would now succeed.
    let body = "{\"refId\":\"late\"}";
    let refused = send("/api/web/v1/idproofing/init", body, "four").await;
    assert_eq!(refused.status, 404);
    app.user(NewUser { ref_id: Some("late"), ..NewUser::default() }).await;
    let again = send("/api/web/v1/idproofing/init", body, "four").await;
    assert_eq!((again.status, again.json()), (refused.status, refused.json()));
    assert_eq!(send("/api/web/v1/idproofing/init", body, "five").await.status, 200);
}

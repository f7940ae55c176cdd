//! `POST /v2/sessions` and `GET /v2/users/{refId}`: users are found or created, sessions continued, and
//! invalid requests rejected.

use axum::http::Method;
use entity::{user, verification_session};
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

use super::{get, key, refused, send, start_session};
use crate::harness::{Db, NewSession, NewUser, TestApp};

async fn users(app: &TestApp) -> u64 {
    user::Entity::find().count(app.store.write()).await.unwrap()
}

async fn sessions(app: &TestApp) -> u64 {
    verification_session::Entity::find().count(app.store.write()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn starting_a_session_creates_its_user_with_the_given_data(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let body = json!({
        "refId": "new/one ü", "flowId": "flow", "metadata": ["203.0.113.9"],
        "user": { "firstName": "Eva", "lastName": "Neu", "birthDate": "1990-01-31", "phoneNumber": "+41791112233", "email": "eva@example.com" },
    });
    let begun = start_session(&app, &key, &body).await;
    assert_eq!(begun.as_object().unwrap().keys().collect::<Vec<_>>(), ["token", "sessionId"]);
    let query =
        "{ user(id: \"new/one ü\") { number firstName lastName birthDate mobilePhoneNumber verifiedEmails
            verificationSessions { totalCount edges { node { id refId status flowId steps metadata } } } } }";
    let session = json!({
        "id": begun["sessionId"], "refId": "new/one ü", "status": "InProgress", "flowId": "flow",
        "steps": ["ID_DOCUMENT", "DRIVING_LICENSE", "CAR_REGISTRATION_DOCUMENT", "ADDRESS_PROOF"],
        "metadata": ["203.0.113.9"],
    });
    assert_eq!(
        app.query(query).await,
        json!({ "user": {
        "number": 1, "firstName": "Eva", "lastName": "Neu", "birthDate": "1990-01-31",
        "mobilePhoneNumber": "+41791112233", "verifiedEmails": ["eva@example.com"],
        "verificationSessions": { "totalCount": 1, "edges": [{ "node": session }] },
    } })
    );
    let shown = get(&app, &key, "/v2/users/new%2Fone%20%C3%BC").await.json();
    let id = app.query("{ user(id: \"new/one ü\") { id } }").await["user"]["id"].clone();
    let at = "2026-01-15T12:00:00.000Z";
    assert_eq!(
        shown,
        json!({
            "_id": id, "refId": "new/one ü", "status": "in_progress", "createdAt": at, "updatedAt": at,
            "flowId": "flow", "sessionId": begun["sessionId"], "sessions": [begun["sessionId"]],
            "documents": [], "metadata": ["203.0.113.9"],
        })
    );
}

#[rstest]
#[tokio::test]
async fn an_open_session_is_continued_unless_a_new_one_is_requested(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let session = async |body: Value| start_session(&app, &key, &body).await["sessionId"].clone();
    let first = session(json!({ "refId": "one", "flowId": "a" })).await;
    assert_eq!(session(json!({ "refId": "one" })).await, first);
    assert_eq!(session(json!({ "refId": "one", "flowId": "a" })).await, first);
    app.clock.set(app.clock.now().plus_seconds(1));
    let other_flow = session(json!({ "refId": "one", "flowId": "b" })).await;
    assert_ne!(other_flow, first);
    app.clock.set(app.clock.now().plus_seconds(1));
    let forced = session(json!({ "refId": "one", "flowId": "b", "forceCreation": true })).await;
    assert_ne!(forced, other_flow);
    let shown = get(&app, &key, "/v2/users/one").await.json();
    assert_eq!(shown["sessions"], json!([forced, other_flow, first]), "the latest first");
    assert_eq!(shown["sessionId"], forced);
    // A completed session is not continued.
    let end = format!(
        "mutation {{ completeVerificationSession(input: {{ sessionId: {forced}, status: Successful }}) {{ __typename }} }}"
    );
    app.query(&end).await;
    assert_eq!(get(&app, &key, "/v2/users/one").await.json()["status"], "successful");
    assert_eq!(session(json!({ "refId": "one", "flowId": "b" })).await, other_flow);
    assert_eq!((users(&app).await, sessions(&app).await), (1, 3));
}

/// An existing user is not modified.
#[rstest]
#[tokio::test]
async fn a_user_is_found_by_its_exact_ref_id(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let id = app.user(NewUser { ref_id: Some("One"), ..NewUser::default() }).await;
    start_session(&app, &key, &json!({ "refId": "One", "user": { "firstName": "Other" } })).await;
    assert_eq!(users(&app).await, 1);
    let data = app.query(&format!("{{ user(id: \"{id}\") {{ firstName }} }}")).await;
    assert_eq!(data["user"]["firstName"], "Ada");
    for other in ["one", "One ", "%4Fne%20", "", &id.to_string()] {
        let answer = get(&app, &key, &format!("/v2/users/{}", other.replace(' ', "%20"))).await;
        assert_eq!(answer.status, 404, "{other}");
    }
    assert_eq!(get(&app, &key, "/v2/users/%4Fne").await.status, 200);
    // The longest accepted value, and unusual characters.
    for odd in ["x".repeat(1024), "'; DROP TABLE users; --".to_owned(), "\u{1f600}/?#%".to_owned()] {
        start_session(&app, &key, &json!({ "refId": odd })).await;
    }
    assert_eq!(users(&app).await, 4);
}

#[rstest]
#[tokio::test]
async fn concurrent_starts_create_one_user_and_one_session(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let body = json!({ "refId": "raced", "user": { "firstName": "Eva" } });
    let begun = join_all((0..8).map(|_| start_session(&app, &key, &body))).await;
    assert!(begun.iter().all(|one| one["sessionId"] == begun[0]["sessionId"]), "{begun:?}");
    assert_eq!((users(&app).await, sessions(&app).await), (1, 1));
    // Numbers are unique, also among users that were created otherwise.
    let names: Vec<Value> = (0..6).map(|name| json!({ "refId": format!("user {name}") })).collect();
    join_all(names.iter().map(|body| start_session(&app, &key, body))).await;
    let data = app
        .query("{ users(orderBy: { field: number, direction: Asc }) { edges { node { number } } } }")
        .await;
    let numbers: Vec<i64> = data["users"]["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["node"]["number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers.len(), 7);
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
}

#[rstest]
#[tokio::test]
async fn an_invalid_request_is_rejected_and_writes_nothing(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let long = "x".repeat(3 * 1024);
    for body in [
        String::new(),
        "[]".to_owned(),
        "{}".to_owned(),
        "{".to_owned(),
        "[\"one\"]".to_owned(),
        json!({ "refId": "" }).to_string(),
        json!({ "refId": long }).to_string(),
        json!({ "refId": "a\0b" }).to_string(),
        json!({ "refId": 7 }).to_string(),
        json!({ "refId": "one", "flowId": "" }).to_string(),
        json!({ "refId": "one", "flowId": long }).to_string(),
        json!({ "refId": "one", "metadata": vec!["a"; 21] }).to_string(),
        json!({ "refId": "one", "metadata": ["\0"] }).to_string(),
        json!({ "refId": "one", "user": { "firstName": long } }).to_string(),
        json!({ "refId": "one", "user": { "birthDate": "31/01/1990" } }).to_string(),
        json!({ "refId": "one", "user": { "email": "\0" } }).to_string(),
    ] {
        let answer = send(&app, Method::POST, "/v2/sessions", &key, body.clone()).await;
        assert_eq!(refused(&answer).0, 400, "{body}");
    }
    assert_eq!((users(&app).await, sessions(&app).await), (0, 0));
    for path in [
        format!("/v2/users/{long}"),
        "/v2/users/a%00b".to_owned(),
        format!("/sessions/{long}"),
        format!("/v2/users/{long}/documents"),
    ] {
        assert_eq!(refused(&get(&app, &key, &path).await).0, 400, "{path}");
    }
    for path in ["/v2/users/nobody", "/v2/users/nobody/documents", "/v2/sessions/nobody", "/sessions/nobody"]
    {
        assert_eq!(
            refused(&get(&app, &key, path).await),
            (404, "there is no verified user with this refId".to_owned())
        );
    }
    // A user without a session is not verified yet.
    app.user(NewUser { ref_id: Some("known"), ..NewUser::default() }).await;
    assert_eq!(get(&app, &key, "/v2/users/known").await.status, 404);
}

#[rstest]
#[tokio::test]
async fn sessions_are_isolated_by_project_and_tags(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let vip = app.user(NewUser { ref_id: Some("vip"), tags: &["vip"], ..NewUser::default() }).await;
    let plain = app.user(NewUser { ref_id: Some("plain"), ..NewUser::default() }).await;
    let second = NewSession { created_at: 1_768_478_400_001, ..NewSession::default() };
    let mine = [app.session(vip, NewSession::default()).await.id, app.session(plain, second).await.id];
    let other = app.new_project().await;
    let stranger = app.credential(other, Permissions::all(), None).await.api_key.unwrap();
    let limited = app.credential(app.project, Permissions::all(), Some(&["vip"])).await;
    let key = limited.api_key.unwrap();
    for path in ["/v2/users", "/v2/sessions", "/sessions"] {
        assert_eq!(get(&app, &stranger, &format!("{path}/vip")).await.status, 404);
        assert_eq!(get(&app, &key, &format!("{path}/vip")).await.status, 200);
        assert_eq!(get(&app, &key, &format!("{path}/plain")).await.status, 404);
    }
    // A tag-limited caller cannot create a user outside of its tags, and does not learn whether one exists.
    for name in ["plain", "unheard-of"] {
        let answer =
            send(&app, Method::POST, "/v2/sessions", &key, json!({ "refId": name }).to_string()).await;
        assert_eq!(refused(&answer), (404, "there is no such user".to_owned()));
    }
    assert_eq!(start_session(&app, &key, &json!({ "refId": "vip" })).await["sessionId"], json!(mine[0]));
    // The same `refId` is a different user in another project.
    let theirs = start_session(&app, &stranger, &json!({ "refId": "vip" })).await["sessionId"].clone();
    assert_ne!(theirs, json!(mine[0]));
    // The same over GraphQL.
    let token = app.token_of(limited.credential, Permissions::all(), 3600).await;
    let foreign = app.token_for(other, Permissions::all(), None).await;
    for (token, seen) in [(&token, vec![mine[0]]), (&app.token, mine.to_vec())] {
        let query = "{ verificationSessions(orderBy: { field: createdAt, direction: Asc }) { totalCount edges { node { id } } } }";
        let data = app.query_as(token, query, json!({})).await;
        let edges: Vec<Value> = seen.iter().map(|id| json!({ "node": { "id": id } })).collect();
        assert_eq!(data["verificationSessions"], json!({ "totalCount": seen.len(), "edges": edges }));
    }
    for token in [&token, &foreign] {
        let query =
            format!("{{ verificationSession(id: \"{0}\") {{ id }} node(id: \"{0}\") {{ id }} }}", mine[1]);
        let data = app.query_as(token, &query, json!({})).await;
        assert_eq!(data, json!({ "verificationSession": null, "node": null }));
        for mutation in [
            "completeVerificationSession(input: { sessionId: ID, status: Pending })",
            "submitSessionDocument(input: { sessionId: ID, step: ID_DOCUMENT })",
        ] {
            let mutation = mutation.replace("ID,", &format!("\"{}\",", mine[1]));
            let data = app
                .query_as(token, &format!("mutation {{ done: {mutation} {{ __typename }} }}"), json!({}))
                .await;
            assert_eq!(data["done"]["__typename"], "VerificationSessionNotFoundRejection");
        }
    }
    let filters = "{ verificationSessions(filters: { refIds: [\"vip\", \"plain\"], statuses: [InProgress] }) { totalCount } }";
    assert_eq!(app.query_as(&token, filters, json!({})).await["verificationSessions"]["totalCount"], 1);
    assert_eq!(app.query_as(&foreign, filters, json!({})).await["verificationSessions"]["totalCount"], 1);
}

/// The contents of documents and the metadata need a permission of their own.
#[rstest]
#[tokio::test]
async fn documents_are_returned_only_with_their_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    app.session(user, NewSession::default()).await;
    let of = async |permissions: &[Permission]| {
        let permissions = permissions.iter().copied().collect();
        app.credential(app.project, permissions, None).await.api_key.unwrap()
    };
    let without = of(&[Permission::SessionsView]).await;
    let keys = |answer: Value| answer.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let all = [
        "_id",
        "refId",
        "status",
        "createdAt",
        "updatedAt",
        "flowId",
        "sessionId",
        "sessions",
        "documents",
        "metadata",
    ];
    assert_eq!(keys(get(&app, &without, "/v2/users/one").await.json()), all[..8]);
    let with = of(&[Permission::SessionsView, Permission::DocumentsView]).await;
    assert_eq!(keys(get(&app, &with, "/v2/users/one").await.json()), all);
    let refusal = refused(&get(&app, &without, "/v2/users/one/documents").await);
    assert_eq!(refusal, (403, "this requires the permission DOCUMENTS:VIEW".to_owned()));
    let only = of(&[Permission::DocumentsView]).await;
    let refusal = refused(&get(&app, &only, "/v2/users/one/documents").await);
    assert_eq!(refusal, (403, "this requires the permission SESSIONS:VIEW".to_owned()));
}

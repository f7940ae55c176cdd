//! Verification results: unchanged after the outcome, limited by scopes, read with tokens of their own.

mod graph;
mod integrations;

use entity::{user, verification_result};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;
use verigraph::{
    auth::Permissions,
    document::day,
    project::store as projects,
    result::{Scope, integration::Keys},
    user::{Personal, personal::key_of},
};

use crate::harness::{Answer, Db, NewUser, TestApp};

/// Requests a token as documented.
async fn authorize(app: &TestApp, api_key: Option<&str>, body: &str) -> Answer {
    let mut request = axum::http::Request::post("/v1/integration/authorize/server");
    if let Some(key) = api_key {
        request = request.header("x-api-key", key);
    }
    app.send(request.body(body.to_owned().into()).unwrap()).await
}

pub async fn token(app: &TestApp, keys: &Keys) -> String {
    let body = json!({ "integrationId": keys.integration, "secret": keys.secret }).to_string();
    let answer = authorize(app, Some(&keys.api_key), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["token"].as_str().unwrap().to_owned()
}

pub async fn details(app: &TestApp, token: &str, id: impl std::fmt::Display) -> Answer {
    app.get(&format!("/v1/verification/details/{id}"), &[("x-auth-token", token)]).await
}

/// Status and message of an error in the format of the API.
fn refused(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    let (status, path) = (answer.status.as_u16(), body["path"].as_str().unwrap());
    assert_eq!(body["status"], status);
    assert_eq!(body["timestamp"], 1_768_478_400_000_i64);
    assert!(path.starts_with("/v1/") && body["error"].is_string(), "{body}");
    (status, body["message"].as_str().unwrap().to_owned())
}

async fn rename(app: &TestApp, id: Uuid, first_name: &str) {
    let vault = &app.app.vault;
    let row = user::Entity::find_by_id((id, app.project)).one(app.store.write()).await.unwrap().unwrap();
    let mut personal = Personal::of(vault, &row).await.unwrap();
    personal.first_name = Some(first_name.to_owned());
    let key = key_of(vault, &row).await.unwrap().unwrap();
    let personal = personal.validate(day(app.clock.now())).unwrap();
    let sealed = personal.seal(&key, row.project_id, id).unwrap();
    let change = user::Entity::update_many().col_expr(user::Column::Personal, Expr::value(sealed));
    change.filter(user::Column::Id.eq(id)).exec(app.store.write()).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_result_contains_exactly_what_its_scopes_release(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    for (scopes, always, data) in [
        (vec![], false, json!({})),
        (vec![], true, json!({ "identityId": user })),
        (vec![Scope::IdentityId], false, json!({ "identityId": user })),
        (vec![Scope::DateOfBirth], false, json!({ "dateOfBirth": 642_902_400_000_i64 })),
        (vec![Scope::Phone], false, json!({ "phone": "+41791234567" })),
        (
            vec![Scope::Name],
            false,
            json!({
                "name": { "fullName": "Ada Muster", "firstName": "Ada", "lastName": "Muster" },
            }),
        ),
        (
            Scope::ALL.to_vec(),
            true,
            json!({
                "identityId": user,
                "name": { "fullName": "Ada Muster", "firstName": "Ada", "lastName": "Muster" },
                "dateOfBirth": 642_902_400_000_i64,
                "phone": "+41791234567",
            }),
        ),
    ] {
        projects::always_identity_id(&app.store, app.project, always).await.unwrap();
        // Callers are cached for a moment together with their projects; a new caller is not cached.
        app.token = app.token_for(app.project, Permissions::all(), None).await;
        let keys = app.integration(app.project, &scopes).await;
        let token = token(&app, &keys).await;
        let id = app.verified(user, keys.integration, Some("VERIFIED")).await;
        let row = verification_result::Entity::find_by_id((id, app.project))
            .one(app.store.write())
            .await
            .unwrap()
            .unwrap();
        let names: Vec<_> = scopes.iter().map(|scope| scope.name()).collect();
        let expected = json!({
            "id": id, "projectId": app.project, "traceId": row.trace_id, "verifiedAt": 1_768_478_400_000_i64,
            "status": "VERIFIED", "scopes": names, "data": data,
        });
        // By its id and by its trace id, any number of times.
        for wanted in [id, row.trace_id, id] {
            let answer = details(&app, &token, wanted).await;
            assert_eq!((answer.status.as_u16(), answer.text), (200, expected.to_string()));
        }
    }
}

#[rstest]
#[tokio::test]
async fn released_data_does_not_change_after_the_outcome(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let keys = app.integration(app.project, &[Scope::Name]).await;
    let token = token(&app, &keys).await;
    let id = app.verified(user, keys.integration, Some("VERIFIED")).await;
    let before = details(&app, &token, id).await.text;
    rename(&app, user, "Eve").await;
    let more = entity::credential::Strings(vec!["NAME".to_owned(), "PHONE".to_owned()]);
    let integrations = entity::integration::Entity::update_many();
    let more = integrations.col_expr(entity::integration::Column::Scopes, Expr::value(more));
    more.exec(app.store.write()).await.unwrap();
    assert_eq!(details(&app, &token, id).await.text, before);
    let later = app.verified(user, keys.integration, Some("VERIFIED")).await;
    let later = details(&app, &token, later).await.json();
    assert_eq!(later["scopes"], json!(["NAME", "PHONE"]));
    assert_eq!(later["data"]["name"]["firstName"], "Eve");
}

#[rstest]
#[tokio::test]
async fn an_integration_finds_only_its_own_verified_results(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let other_project = app.new_project().await;
    let keys = app.integration(app.project, Scope::ALL).await;
    let [rival, stranger] =
        [app.integration(app.project, Scope::ALL).await, app.integration(other_project, Scope::ALL).await];
    let token_of = token(&app, &keys).await;
    let nothing = (404, "there is no such verified verification".to_owned());
    for outcome in [None, Some("FAILED")] {
        let id = app.verified(user, keys.integration, outcome).await;
        assert_eq!(refused(&details(&app, &token_of, id).await), nothing, "{outcome:?}");
    }
    assert_eq!(refused(&details(&app, &token_of, Uuid::nil()).await), nothing);
    let id = app.verified(user, keys.integration, Some("VERIFIED")).await;
    for keys in [rival, stranger] {
        let token = token(&app, &keys).await;
        assert_eq!(refused(&details(&app, &token, id).await), nothing);
    }
    assert_eq!(details(&app, &token_of, id).await.status, 200);
    // The result of an erased user is not found.
    let gone = user::Entity::update_many().col_expr(user::Column::WrappedKey, Expr::value(None::<Vec<u8>>));
    gone.exec(app.store.write()).await.unwrap();
    assert_eq!(refused(&details(&app, &token_of, id).await), nothing);
}

#[rstest]
#[tokio::test]
async fn wrong_credentials_and_tokens_are_rejected_in_the_format_of_the_api(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let keys = app.integration(app.project, Scope::ALL).await;
    let rival = app.integration(app.project, Scope::ALL).await;
    let body = |id: &str, secret: &str| json!({ "integrationId": id, "secret": secret }).to_string();
    let id = keys.integration.to_string();
    let key = Some(keys.api_key.as_str());
    let good = body(&id, &keys.secret);
    let unknown_key = (403, "the API key is missing or unknown: send it as `x-api-key`");
    let wrong_secret = (401, "this is not the secret of this integration");
    let bad = (400, "the body must be JSON with the strings `integrationId` and `secret`");
    for (key, body, expected) in [
        (None, good.clone(), unknown_key),
        (Some("nonsense"), good.clone(), unknown_key),
        (Some(""), good.clone(), unknown_key),
        (Some(rival.api_key.as_str()), good.clone(), wrong_secret),
        (key, body(&id, "supersecret"), wrong_secret),
        (key, body(&id, &rival.secret), wrong_secret),
        (key, body(&rival.integration.to_string(), &rival.secret), wrong_secret),
        (key, body("no id", &keys.secret), wrong_secret),
        (key, String::new(), bad),
        (key, "{}".to_owned(), bad),
        (key, json!({ "integrationId": id, "secret": 7 }).to_string(), bad),
        (key, "[1, 2".to_owned(), bad),
    ] {
        let (status, message) = expected;
        assert_eq!(refused(&authorize(&app, key, &body).await), (status, message.to_owned()), "{body}");
    }

    let token = token(&app, &keys).await;
    let malformed = (400, "the id of a verification must be a UUID".to_owned());
    assert_eq!(refused(&details(&app, &token, "55a951eb").await), malformed);
    let path = format!("/v1/verification/details/{}", Uuid::nil());
    let bearer = format!("Bearer {token}");
    let missing = (401, "a token is required: send it as `x-auth-token`".to_owned());
    for headers in [&[][..], &[("authorization", bearer.as_str())]] {
        assert_eq!(refused(&app.get(&path, headers).await), missing);
    }
    let forged = (401, "this is not an access token of this server".to_owned());
    for token in [app.token.as_str(), "nonsense", &bearer] {
        assert_eq!(refused(&details(&app, token, Uuid::nil()).await), forged);
    }
    // The token gives no access to GraphQL either.
    let answer = app.post(&token, &json!({ "query": "{ viewer { permissions } }" })).await;
    assert_eq!(answer.status, 401);
}

#[rstest]
#[tokio::test]
async fn a_server_token_expires_after_15_minutes_or_with_its_integration(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let keys = app.integration(app.project, Scope::ALL).await;
    let user = app.user(NewUser::default()).await;
    let id = app.verified(user, keys.integration, Some("VERIFIED")).await;
    let token = token(&app, &keys).await;
    let now = app.clock.now();
    app.clock.set(now.plus_seconds(15 * 60 - 1));
    assert_eq!(details(&app, &token, id).await.status, 200);
    app.clock.set(now.plus_seconds(15 * 60 + 5));
    let late = details(&app, &token, id).await;
    assert_eq!(late.status, 401);
    let message = "this token has expired: get a new one from /v1/integration/authorize/server";
    assert_eq!(late.json()["message"], message);
    app.clock.set(now);
    let client = keys.integration.to_string();
    assert!(verigraph::auth::credential::revoke(&app.store, &app.clock, &client).await.unwrap());
    let body = json!({ "integrationId": keys.integration, "secret": keys.secret }).to_string();
    assert_eq!(authorize(&app, Some(&keys.api_key), &body).await.status, 401);
}

#[rstest]
#[tokio::test]
async fn events_of_a_verification_contain_its_outcome_and_no_personal_data(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let keys = app.integration(app.project, Scope::ALL).await;
    let [good, bad] = [
        app.verified(user, keys.integration, Some("VERIFIED")).await,
        app.verified(user, keys.integration, Some("FAILED")).await,
    ];
    let mut expected = Vec::new();
    for (id, end) in [(good, "VerificationResult.Succeeded"), (bad, "VerificationResult.Failed")] {
        let row = verification_result::Entity::find_by_id((id, app.project))
            .one(app.store.write())
            .await
            .unwrap()
            .unwrap();
        let detail = json!({ "verificationId": id, "traceId": row.trace_id, "correlationId": "mine" });
        expected.push(("VerificationResult.Started".to_owned(), id, Some(detail.clone())));
        expected.push((end.to_owned(), id, Some(detail)));
    }
    let events = entity::event::Entity::find().order_by_asc(entity::event::Column::Sequence);
    let events = events.all(app.store.write()).await.unwrap();
    let recorded: Vec<_> =
        events.into_iter().map(|event| (event.kind, event.resource_id, event.detail)).collect();
    assert_eq!(recorded, expected);
}

//! Credentials that callers create for others.

use axum::{body::Body, http::Request};
use entity::credential;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{Permission, Permissions},
    result::Scope,
};

use super::{mutate, mutate_as};
use crate::harness::{Db, TestApp};

const MADE: &str = "... on CreateCredentialSuccessPayload { clientId clientSecret apiKey
    credential { id label permissions tagLimits revokedAt } }";

async fn token_of(app: &TestApp, made: &Value) -> Option<String> {
    let text = |name: &str| made[name].as_str().unwrap();
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        text("clientId"),
        text("clientSecret")
    );
    let request = Request::post("/oauth2/token").header("content-type", "application/x-www-form-urlencoded");
    let answer = app.send(request.body(Body::from(form)).unwrap()).await;
    answer.json()["access_token"].as_str().map(str::to_owned)
}

#[rstest]
#[tokio::test]
async fn a_credential_grants_its_permissions_until_it_is_revoked(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let made = mutate(&app, "createCredential", "label: \"desk\", permissions: [\"USERS:VIEW\"]", MADE).await;
    let shown = &made["credential"];
    assert_eq!(
        (&shown["label"], &shown["permissions"], &shown["tagLimits"]),
        (&json!("desk"), &json!(["USERS:VIEW"]), &Value::Null)
    );
    let token = token_of(&app, &made).await.unwrap();
    assert_eq!(
        app.query_as(&token, "{ viewer { permissions } }", json!({})).await["viewer"]["permissions"],
        json!(["USERS:VIEW"])
    );
    let revoke = format!("credentialId: \"{}\"", shown["id"].as_str().unwrap());
    let fields = "... on RevokeCredentialSuccessPayload { credential { revokedAt } }";
    for _ in 0..2 {
        let revoked = mutate(&app, "revokeCredential", &revoke, fields).await;
        assert_eq!(revoked["credential"]["revokedAt"], "2026-01-15T12:00:00.000Z");
    }
    assert_eq!(token_of(&app, &made).await, None);
    let list = app.query("{ credentials(first: 1) { totalCount edges { node { label revokedAt } } } }").await;
    assert!(list["credentials"]["edges"][0]["node"]["label"].is_string());
    assert!(list["credentials"]["totalCount"].as_i64().unwrap() >= 2);
    assert_eq!(
        mutate(&app, "revokeCredential", "credentialId: \"x\"", "").await["__typename"],
        "CredentialNotFoundRejection"
    );
}

#[rstest]
#[tokio::test]
async fn a_caller_cannot_grant_permissions_it_lacks_or_revoke_a_credential_with_more(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let few = [Permission::CredentialsManage, Permission::UsersView];
    let token = app.token_with(&few).await;
    let make = async |input: &str| mutate_as(&app, &token, "createCredential", input, MADE).await;
    assert_eq!(
        make("label: \"a\", permissions: [\"USERS:VIEW\"]").await["__typename"],
        "CreateCredentialSuccessPayload"
    );
    let more = make("label: \"a\", permissions: [\"USERS:PERSONAL\"]").await;
    assert_eq!(
        more,
        json!({ "__typename": "CredentialExceedsRejection", "message": "the caller's credential lacks `USERS:PERSONAL`" })
    );
    for (input, expected) in [
        ("label: \"a\", permissions: [\"USERS:FLY\"]", "InvalidCredentialRejection"),
        ("label: \"a\", permissions: [], tagLimits: []", "InvalidCredentialRejection"),
        (
            "label: \"a\", permissions: [\"CREDENTIALS:MANAGE\"], tagLimits: [\"vip\"]",
            "InvalidCredentialRejection",
        ),
    ] {
        assert_eq!(make(input).await["__typename"], expected, "{input}");
    }
    let limited = make("label: \"b\", permissions: [\"USERS:VIEW\"], tagLimits: [\"vip\"]").await;
    assert_eq!(limited["credential"]["tagLimits"], json!(["vip"]));
    let mighty = app.credential(app.project, Permissions::all(), None).await.credential;
    let revoke = format!("credentialId: \"{mighty}\"");
    assert_eq!(
        mutate_as(&app, &token, "revokeCredential", &revoke, "").await["__typename"],
        "CredentialExceedsRejection"
    );
}

#[rstest]
#[tokio::test]
async fn a_retry_with_its_key_returns_the_same_secrets(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let input = "label: \"desk\", permissions: [\"USERS:VIEW\"], idempotencyKey: \"k\"";
    let first = mutate(&app, "createCredential", input, MADE).await;
    assert!(token_of(&app, &first).await.is_some());
    assert_eq!(mutate(&app, "createCredential", input, MADE).await, first);
    let other = "label: \"desk\", permissions: [], idempotencyKey: \"k\"";
    assert_eq!(
        mutate(&app, "createCredential", other, MADE).await["__typename"],
        "IdempotencyKeyReusedRejection"
    );
    let stranger = mutate(&app, "createCredential", &input.replace("\"k\"", "\"l\""), MADE).await;
    assert_ne!(stranger["clientSecret"], first["clientSecret"]);
}

const ROTATED: &str =
    "... on RotateCredentialSuccessPayload { clientSecret apiKey credential { clientId label } }";

async fn is_key_accepted(app: &TestApp, key: &Value) -> bool {
    app.get("/v2/users/unknown", &[("x-api-key", key.as_str().unwrap())]).await.status != 401
}

/// Whether the client secret and the API key are accepted.
async fn accepted(app: &TestApp, client_id: &Value, secret: &Value, key: &Value) -> [bool; 2] {
    let pair = json!({ "clientId": client_id, "clientSecret": secret });
    [token_of(app, &pair).await.is_some(), is_key_accepted(app, key).await]
}

#[rstest]
#[tokio::test]
async fn new_secrets_replace_the_current_ones_after_the_given_hours(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let made =
        mutate(&app, "createCredential", "label: \"desk\", permissions: [\"SESSIONS:VIEW\"]", MADE).await;
    let (id, client) = (made["credential"]["id"].as_str().unwrap(), &made["clientId"]);
    let rotate = async |app: &TestApp, what: &str| {
        mutate(app, "rotateCredential", &format!("credentialId: \"{id}\", {what}"), ROTATED).await
    };
    let (old, key) = (&made["clientSecret"], &made["apiKey"]);
    assert_eq!(accepted(&app, client, old, key).await, [true, true]);

    let first = rotate(&app, "clientSecret: true, keepHours: 2").await;
    assert_eq!(first["credential"], json!({ "clientId": client, "label": "desk" }));
    assert_eq!(first["apiKey"], Value::Null);
    assert_eq!(accepted(&app, client, &first["clientSecret"], key).await, [true, true]);
    assert_eq!(accepted(&app, client, old, key).await, [true, true], "for two hours");
    app.clock.set(app.clock.now().plus_seconds(2 * 60 * 60));
    assert_eq!(accepted(&app, client, old, key).await, [false, true]);

    let both = rotate(&app, "clientSecret: true, apiKey: true, keepHours: 0").await;
    // Servers remember keys for two seconds.
    app.restart();
    assert_eq!(accepted(&app, client, &both["clientSecret"], &both["apiKey"]).await, [true, true]);
    assert_eq!(accepted(&app, client, &first["clientSecret"], key).await, [false, false]);

    mutate(&app, "revokeCredential", &format!("credentialId: \"{id}\""), "").await;
    assert_eq!(rotate(&app, "apiKey: true").await["__typename"], "CredentialNotFoundRejection");
}

/// A repeated rotation would otherwise end the secret that a program still uses.
#[rstest]
#[tokio::test]
async fn a_repeated_rotation_leaves_the_secret_in_use_valid(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let made =
        mutate(&app, "createCredential", "label: \"desk\", permissions: [\"SESSIONS:VIEW\"]", MADE).await;
    let id = made["credential"]["id"].as_str().unwrap();
    let rotate = async |what: &str| {
        let input = format!("credentialId: \"{id}\", idempotencyKey: \"k\", {what}");
        mutate(&app, "rotateCredential", &input, ROTATED).await
    };
    let first = rotate("clientSecret: true, apiKey: true").await;
    assert_eq!(rotate("clientSecret: true, apiKey: true").await, first);
    for values in [&made, &first] {
        let (secret, key) = (&values["clientSecret"], &values["apiKey"]);
        assert_eq!(accepted(&app, &made["clientId"], secret, key).await, [true, true]);
    }
    assert_eq!(rotate("apiKey: true").await["__typename"], "IdempotencyKeyReusedRejection");
}

#[rstest]
#[tokio::test]
async fn a_caller_gets_no_secrets_of_a_credential_that_may_do_more(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let few = app.token_with(&[Permission::CredentialsManage, Permission::UsersView]).await;
    let mighty = app.credential(app.project, Permissions::all(), None).await.credential;
    let elsewhere = app.credential(app.new_project().await, Permissions::all(), None).await.credential;
    let integration = app.integration(app.project, &[Scope::Name]).await.integration;
    let relying = credential::Entity::find().filter(credential::Column::IntegrationId.eq(integration));
    let relying = relying.one(app.store.read()).await.unwrap().unwrap().id;
    let ask = async |token: &str, id: Uuid, what: &str| {
        let input = format!("credentialId: \"{id}\", {what}");
        mutate_as(&app, token, "rotateCredential", &input, "").await["__typename"].clone()
    };
    for what in ["clientSecret: true", "apiKey: true"] {
        assert_eq!(ask(&few, mighty, what).await, "CredentialExceedsRejection");
        assert_eq!(ask(&app.token, elsewhere, what).await, "CredentialNotFoundRejection");
    }
    assert_eq!(ask(&app.token, relying, "clientSecret: true").await, "RotateCredentialSuccessPayload");
    assert_eq!(ask(&app.token, relying, "apiKey: true").await, "InvalidCredentialRejection");
    for (what, message) in [
        ("keepHours: 1", "invalid argument `clientSecret`: set `clientSecret`, `apiKey` or both"),
        ("apiKey: true, keepHours: 721", "invalid argument `keepHours`: must be between 0 and 720"),
    ] {
        let query = format!(
            "mutation {{ rotateCredential(input: {{ credentialId: \"{mighty}\", {what} }}) {{ __typename }} }}"
        );
        let answer = app.run_as(&app.token, &query, json!({})).await;
        assert_eq!(answer["errors"][0]["message"], message);
    }
}

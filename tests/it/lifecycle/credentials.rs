//! Credentials that callers create for others.

use axum::{body::Body, http::Request};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions};

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

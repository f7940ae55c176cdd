//! An integration's credential authenticates at its own endpoint only, and is created with the integration.

use axum::{body::Body, http::Request};
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use verigraph::{
    auth::{
        Permissions,
        credential::{self, IssuedCredential, NewCredential},
    },
    result::{
        Scope,
        integration::{self, Keys, NewIntegration},
    },
};

use super::{FORM, ask, assert_refused, basic, form};
use crate::harness::{Db, TestApp};

/// An integration has an API key, which this endpoint does not read.
#[rstest]
#[tokio::test]
async fn an_integration_gets_no_oauth_token(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let keys = app.integration(app.project, &[Scope::Name]).await;
    let id = keys.integration.to_string();
    let pair = [("client_id", id.as_str()), ("client_secret", &keys.secret)];
    let body = form(&[&[("grant_type", "client_credentials")][..], &pair].concat());
    let mismatch = "client id and secret do not match";
    assert_refused(&ask(&app, &[("content-type", FORM)], &body).await, "invalid_client", mismatch);
    let header = basic(&id, &keys.secret);
    let headers = [("content-type", FORM), ("authorization", header.as_str())];
    let grant = "grant_type=client_credentials";
    assert_refused(&ask(&app, &headers, grant).await, "invalid_client", mismatch);
    let body = json!({ "applicationId": id, "sharedSecret": keys.secret }).to_string();
    let request = Request::post("/api/web/v1/adminapi/authenticate").body(Body::from(body)).unwrap();
    assert_eq!(app.send(request).await.status, 401);
    let rotated = credential::rotate_key(&app.store, &app.root, &app.clock, &id, 60).await.unwrap();
    assert_eq!(rotated, None, "its credential never gets an API key");
    // Its secret is rotated like any other, and works with its API key.
    let rotated = credential::rotate(&app.store, &app.root, &app.clock, &id, 60).await.unwrap().unwrap();
    let body = json!({ "integrationId": id, "secret": rotated.client_secret }).to_string();
    let request = Request::post("/v1/integration/authorize/server").header("x-api-key", &keys.api_key);
    assert_eq!(app.send(request.body(Body::from(body)).unwrap()).await.status, 200);
}

/// A failure half-way leaves no rows.
#[rstest]
#[tokio::test]
async fn creating_an_integration_is_atomic(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let keys = app.integration(app.project, &[Scope::Name]).await;
    let count = async || {
        let integrations = entity::integration::Entity::find().count(app.store.read()).await.unwrap();
        (integrations, entity::credential::Entity::find().count(app.store.read()).await.unwrap())
    };
    let before = count().await;
    let id = app.clock.new_id();
    // A credential that already has the integration's client id makes the second insert fail.
    let new = NewCredential {
        project: app.project,
        label: "taken".to_owned(),
        permissions: Permissions::all(),
        tag_limits: None,
        number: None,
        created_by: None,
    };
    let pair = IssuedCredential {
        credential: app.clock.new_id(),
        client_id: id.to_string(),
        client_secret: "vgs_x".to_owned(),
        api_key: None,
    };
    credential::create_as(&app.store, &app.root, &app.clock, new, pair).await.unwrap();
    let new = NewIntegration { project: app.project, label: "x".to_owned(), scopes: vec![Scope::Name] };
    let keys = Keys { integration: id, api_key: "vgk_other".to_owned(), ..keys };
    let failed = integration::create_as(&app.store, &app.root, &app.clock, new, keys).await;
    assert!(failed.is_err());
    assert_eq!(count().await, (before.0, before.1 + 1));
}

//! API keys and device tokens of the sessions API.

use rstest::rstest;
use serde_json::json;
use verigraph::auth::{Permissions, credential};

use super::{get, key, refused, start_session};
use crate::harness::{Db, NewSession, NewUser, TestApp};

#[rstest]
#[tokio::test]
async fn an_api_key_is_valid_until_its_rotation_or_revocation(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    app.session(user, NewSession::default()).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let (first, id) = (pair.api_key.clone().unwrap(), &pair.client_id);
    // 43 letters of base64 hold 256 bits.
    assert_eq!((first.len(), &first[..4]), (4 + 43, "vgk_"));
    let mut app = app;
    let start = app.clock.now();
    let second = credential::rotate_key(&app.store, &app.root, &app.clock, id, 60).await.unwrap().unwrap();
    let opens = async |app: &TestApp, key: &str| get(app, key, "/v2/users/one").await.status.as_u16();
    assert_eq!((opens(&app, &first).await, opens(&app, &second).await), (200, 200));
    app.clock.set(start.plus_seconds(60));
    app.restart();
    assert_eq!((opens(&app, &first).await, opens(&app, &second).await), (401, 200));
    // The client id and secret are unchanged and do not authenticate here; a key is not a secret.
    let now = app.clock.now();
    let secret = &pair.client_secret;
    assert!(credential::authenticate(&app.store, &app.root, now, id, secret).await.unwrap().is_some());
    assert!(credential::authenticate(&app.store, &app.root, now, id, &second).await.unwrap().is_none());
    for bad in [secret.as_str(), id, "", "YOUR_API_KEY", "a\u{e9}"] {
        assert_eq!(refused(&get(&app, bad, "/v2/users/one").await).0, 401, "{bad}");
    }
    assert!(credential::revoke(&app.store, &app.clock, id).await.unwrap());
    app.restart();
    assert_eq!(opens(&app, &second).await, 401);
    assert!(credential::rotate_key(&app.store, &app.root, &app.clock, id, 60).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn either_an_api_key_or_a_token_authenticates(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("one"), ..NewUser::default() }).await;
    app.session(user, NewSession::default()).await;
    let (key, bearer) = (key(&app).await, format!("Bearer {}", app.token));
    let status = async |headers: &[(&str, &str)]| app.get("/v2/users/one", headers).await.status.as_u16();
    assert_eq!(status(&[("x-api-key", &key)]).await, 200);
    assert_eq!(status(&[("authorization", &bearer)]).await, 200);
    assert_eq!(status(&[("x-api-key", &key), ("authorization", &bearer)]).await, 401);
    assert_eq!(status(&[("x-api-key", &key), ("x-api-key", &key)]).await, 401);
    assert_eq!(status(&[]).await, 401);
    // A key authenticates at this API only.
    for headers in [("x-api-key", key.as_str()), ("authorization", &format!("Bearer {key}"))] {
        assert_eq!(app.get("/api/v2/verifications", &[headers]).await.status, 401);
        assert_eq!(app.get("/graphql?query=%7B__typename%7D", &[headers]).await.status, 401);
    }
}

#[rstest]
#[tokio::test]
async fn a_device_token_gives_access_to_nothing_else(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let begun = start_session(&app, &key, &json!({ "refId": "one" })).await;
    let token = begun["token"].as_str().unwrap();
    let session = app.app.signer.verify_for_session(token, app.clock.now()).await.unwrap();
    assert_eq!(json!(session), begun["sessionId"]);
    let bearer = format!("Bearer {token}");
    for path in [
        "/graphql?query=%7B__typename%7D",
        "/api/v2/verifications",
        "/v2/users/one",
        "/v2/users/one/documents",
        "/api/web/v1/idproofing/x",
    ] {
        assert_eq!(app.get(path, &[("authorization", &bearer)]).await.status, 401, "{path}");
        assert_ne!(app.get(path, &[("x-api-key", token)]).await.status, 200, "{path}");
    }
    // No other token gives access to a session, and this one expires after half an hour.
    assert!(app.app.signer.verify_for_session(&app.token, app.clock.now()).await.is_err());
    let late = app.clock.now().plus_seconds(30 * 60 + 5);
    assert!(app.app.signer.verify_for_session(token, late).await.is_err());
}

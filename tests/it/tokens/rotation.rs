//! Rotation of the key that signs access tokens.

use jsonwebtoken::decode_header;
use rstest::rstest;
use serde_json::json;
use uuid::Uuid;
use verigraph::auth::{self, Audience, Permissions};

use super::{NOT_OURS, assert_refused, forgery::Forgery, is_accepted, send};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn a_rotated_key_no_longer_signs_but_its_tokens_remain_valid(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let key = |token: &str| Uuid::try_parse(&decode_header(token).unwrap().kid.unwrap()).unwrap();
    let credential = app.credential(app.project, Permissions::all(), None).await.credential;
    let day = 24 * 60 * 60;
    let mut forgery = Forgery::of(&app).await;
    let old = app.token_of(credential, Permissions::all(), day).await;
    assert!(is_accepted(&app, &old).await);

    // Another server on the same database rotates and issues; this one has the old key in memory.
    let rotated = app.clock.now();
    let new_key = auth::rotate_signing_key(&app.store, &app.clock).await.unwrap();
    let other = auth::Signer::new(app.store.clone(), app.root.clone());
    let issued = auth::VerifiedToken {
        subject: auth::TokenSubject::Credential(credential),
        scope: Permissions::all(),
    };
    let new = other.issue(issued, Audience::Graph, &app.clock, day).await.unwrap();
    assert_eq!(key(&new), new_key);
    assert_ne!(key(&old), new_key);
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert!(is_accepted(&app, &new).await, "a key that is not in memory is looked for");
    assert!(is_accepted(&app, &old).await);
    assert_eq!(key(&app.token_of(credential, Permissions::all(), 60).await), new_key);

    app.restart();
    assert!(is_accepted(&app, &old).await, "after a restart");
    app.clock.set(rotated.plus_seconds(day));
    assert!(is_accepted(&app, &old).await, "to its last moment");

    // The key is retired and expired: a token signed with it is rejected, whatever its claims, and although it was
    // accepted a moment before.
    forgery.claims["exp"] = json!(rotated.seconds() + 10 * day);
    assert!(is_accepted(&app, &forgery.token()).await, "while its key is valid");
    app.clock.set(rotated.plus_seconds(day + 30));
    assert_refused(&send(&app, &forgery.token()).await, NOT_OURS, "a retired key");
    app.restart();
    assert_refused(&send(&app, &forgery.token()).await, NOT_OURS, "a retired key, after a restart");
    app.clock.set(rotated.plus_seconds(day + 31));
    auth::rotate_signing_key(&app.store, &app.clock).await.unwrap();
    app.restart();
    assert_refused(&send(&app, &forgery.token()).await, NOT_OURS, "a key that was deleted");
}

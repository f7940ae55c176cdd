//! Concurrent grants and repeated grants.

use std::collections::{BTreeMap, BTreeSet};

use entity::verification;
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::auth::Permissions;

use super::{create, grant, mutate};
use crate::harness::{Db, NewUser, TestApp};

/// More users than there are database connections.
const USERS: usize = 8;
const GRANTS: usize = 16;

async fn history(app: &TestApp) -> Vec<verification::Model> {
    let rows = verification::Entity::find().order_by_asc(verification::Column::Step);
    rows.all(app.store.write()).await.unwrap()
}

/// The history of a user is one chain for any number of concurrent grants, and numbers have no duplicates and
/// no gaps.
#[rstest]
#[tokio::test]
async fn concurrent_grants_never_fork_a_history(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let mut mutations = Vec::new();
    let mut users = Vec::new();
    for _ in 0..USERS {
        users.push(app.user(NewUser::default()).await);
    }
    for place in 0..GRANTS {
        mutations.extend(users.iter().map(|user| grant(user, levels[place % 2], "reason: \"why\"")));
    }
    // Several callers, because the requests in flight of each are limited.
    let mut callers = Vec::new();
    for _ in 0..GRANTS {
        callers.push(app.token_for(app.project, Permissions::all(), None).await);
    }
    let grants = mutations.iter().enumerate().map(|(place, mutation)| {
        let document = format!("mutation {{ ended: {mutation} }}");
        let (app, token) = (&app, &callers[place % GRANTS]);
        async move { app.query_as(token, &document, json!({})).await["ended"].take() }
    });
    let ended = join_all(grants).await;
    let mut granted = 0;
    for ended in ended {
        match ended["__typename"].as_str() {
            Some("GrantVerificationLevelSuccessPayload") => granted += 1,
            Some("AlreadyAtVerificationLevelRejection") => {}
            _ => panic!("{ended}"),
        }
    }
    let rows = history(&app).await;
    assert_eq!(rows.len(), granted);
    let numbers: BTreeSet<i64> = rows.iter().map(|row| row.number).collect();
    // Different, but not without gaps: they come from blocks.
    assert_eq!(numbers.len(), granted);
    let mut last: BTreeMap<Uuid, (i32, Uuid)> = BTreeMap::new();
    for row in rows {
        let before = last.insert(row.user_id, (row.step, row.current_level_id));
        assert_eq!(row.step, before.map_or(0, |(step, _)| step) + 1);
        assert_eq!(row.previous_level_id, before.map(|(_, level)| level));
        assert_ne!(row.previous_level_id, Some(row.current_level_id));
    }
    assert_eq!(last.len(), USERS);
}

#[rstest]
#[tokio::test]
async fn concurrently_created_levels_are_all_different(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mutations: Vec<String> =
        (0..12).map(|place| create(&format!("name: \"level {}\"", place % 6))).collect();
    let ended = join_all(mutations.iter().map(|mutation| mutate(&app, mutation))).await;
    let made: BTreeSet<i64> =
        ended.iter().filter_map(|ended| ended["verificationLevel"]["index"].as_i64()).collect();
    assert_eq!(made, (0..6).collect());
    let taken = ended.iter().filter(|ended| ended["__typename"] == "VerificationLevelNameTakenRejection");
    assert_eq!(taken.count(), 6);
}

#[rstest]
#[tokio::test]
async fn the_same_key_and_input_return_the_same_grant_for_a_day(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let keyed = "reason: \"why\", idempotencyKey: \"the-key_1\"";
    let first = mutate(&app, &grant(user, levels[0], keyed)).await;
    assert_eq!(first["__typename"], "GrantVerificationLevelSuccessPayload");
    let between = mutate(&app, &grant(user, levels[1], "reason: \"between\"")).await;
    assert_eq!(between["verification"]["number"], 2);
    app.clock.set(app.clock.now().plus_seconds(24 * 3600 - 1));
    // With the same credential: a key belongs to the credential that used it.
    let token = app.token_of(app.credential, Permissions::all(), 3600).await;
    let again = async |mutation: &str| {
        let data = app.query_as(&token, &format!("mutation {{ ended: {mutation} }}"), json!({})).await;
        data["ended"].clone()
    };
    // Another spelling of the id denotes the same id.
    let shouted = user.simple().to_string().to_uppercase();
    assert_eq!(again(&grant(shouted, levels[0], keyed)).await, first);
    let reused = "IdempotencyKeyReusedRejection";
    for other in [
        grant(user, levels[1], keyed),
        grant(user, levels[0], "reason: \"another\", idempotencyKey: \"the-key_1\""),
        create("name: \"new\", idempotencyKey: \"the-key_1\""),
    ] {
        assert_eq!(again(&other).await["__typename"], reused, "{other}");
    }
    assert_eq!(history(&app).await.len(), 2);
    app.clock.set(app.clock.now().plus_seconds(1));
    let fresh = again(&grant(user, levels[0], keyed)).await;
    assert_eq!(fresh["verification"]["number"], 3);
    assert_eq!(again(&grant(user, levels[0], keyed)).await, fresh);
}

/// A key is bound to its input whatever the outcome was: another input needs another key.
#[rstest]
#[tokio::test]
async fn a_key_replays_a_rejection(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let level = app.level(None, "Level 0", 0).await;
    let keyed = "reason: \"why\", idempotencyKey: \"k\"";
    let refused = mutate(&app, &grant(user, Uuid::nil(), keyed)).await;
    assert_eq!(refused["__typename"], "VerificationLevelNotFoundRejection");
    assert_eq!(mutate(&app, &grant(user, Uuid::nil(), keyed)).await, refused);
    let other = mutate(&app, &grant(user, level, keyed)).await;
    assert_eq!(other["__typename"], "IdempotencyKeyReusedRejection");
    let granted = mutate(&app, &grant(user, level, "reason: \"why\", idempotencyKey: \"l\"")).await;
    assert_eq!(granted["__typename"], "GrantVerificationLevelSuccessPayload");
}

#[rstest]
#[tokio::test]
async fn a_key_belongs_to_one_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    let token = app.token_for(other, Permissions::all(), None).await;
    let mutation = create("name: \"new\", idempotencyKey: \"k\"");
    mutate(&app, &mutation).await;
    let data = app
        .query_as(
            &token,
            &format!("mutation {{ ended: {} }}", create("name: \"x\", idempotencyKey: \"k\"")),
            json!({}),
        )
        .await;
    assert_eq!(data["ended"]["verificationLevel"]["name"], "x");
}

#[rstest]
#[tokio::test]
async fn concurrent_requests_with_one_key_create_one_row(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let level = app.level(None, "Level 0", 0).await;
    for round in 0..4 {
        let users = [app.user(NewUser::default()).await, app.user(NewUser::default()).await];
        let key = format!("reason: \"why\", idempotencyKey: \"key-{round}\"");
        // For one user: the same row. For another user with the same key: rejected, and nothing is written.
        let mutations: Vec<String> = (0..12).map(|place| grant(users[place % 2], level, &key)).collect();
        let ended = join_all(mutations.iter().map(|mutation| mutate(&app, mutation))).await;
        let rows: BTreeSet<String> = ended
            .iter()
            .filter_map(|ended| ended["verification"]["id"].as_str().map(str::to_owned))
            .collect();
        let reused = ended.iter().filter(|ended| ended["__typename"] == "IdempotencyKeyReusedRejection");
        assert_eq!((rows.len(), reused.count()), (1, 6), "{}", Value::from(ended.clone()));
        assert_eq!(history(&app).await.len(), round + 1);
    }
    // A key of one mutation, used concurrently for another.
    let user = app.user(NewUser::default()).await;
    let mutations = [
        grant(user, level, "reason: \"why\", idempotencyKey: \"both\""),
        create("name: \"new\", idempotencyKey: \"both\""),
    ];
    let ended = join_all(mutations.iter().map(|mutation| mutate(&app, mutation))).await;
    let reused = ended.iter().filter(|ended| ended["__typename"] == "IdempotencyKeyReusedRejection");
    assert_eq!(reused.count(), 1, "{}", Value::from(ended.clone()));
}

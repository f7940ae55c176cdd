//! The events of a user: each only for callers that may read its type.

use entity::event;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{Permission, Permissions},
    event::Kind,
};

use crate::{
    harness::{Db, NewUser, TestApp},
    subscriptions::{record_event, record_event_in},
};

const EVENTS: &str = "query ($user: String!, $first: Int, $after: String) { user(id: $user) {
    events(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { eventType resourceId } } } } }";

fn subscribed() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| kind.can_be_subscribed())
}

async fn events(app: &TestApp, token: &str, variables: Value) -> Value {
    app.query_as(token, EVENTS, variables).await["user"]["events"].take()
}

fn types(events: &Value) -> Vec<String> {
    let edges = events["edges"].as_array().unwrap();
    edges.iter().map(|edge| edge["node"]["eventType"].as_str().unwrap().to_owned()).collect()
}

/// A user with one event of every type, the time of each a millisecond after that of the one before.
async fn user_with_all(app: &TestApp) -> Uuid {
    let user = app.user(NewUser::default()).await;
    for (place, kind) in subscribed().enumerate() {
        let resource = Uuid::from_u128(place as u128);
        record_event(app, kind, resource, Some(user)).await;
        let at = 1_767_225_600_000 + i64::try_from(place).unwrap();
        let update = event::Entity::update_many().col_expr(event::Column::CreatedAt, Expr::value(at));
        let update = update.filter(event::Column::ProjectId.eq(app.project));
        update.filter(event::Column::ResourceId.eq(resource)).exec(app.store.write()).await.unwrap();
    }
    user
}

#[rstest]
#[tokio::test]
async fn a_caller_reads_the_events_of_the_types_that_it_may_read(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = user_with_all(&app).await;
    let needs = |permission: &&Permission| subscribed().any(|kind| kind.needs() == Some(**permission));
    let needed: Vec<_> = Permission::ALL.iter().filter(needs).collect();
    assert_eq!(needed.len(), 6);
    for permission in needed.into_iter().copied() {
        let token = app.token_with(&[Permission::UsersView, permission]).await;
        let may =
            |kind: &Kind| kind.needs() == Some(permission) || kind.needs() == Some(Permission::UsersView);
        let mut expected: Vec<_> = subscribed().filter(may).map(|kind| kind.name().to_owned()).collect();
        expected.reverse();
        let found = events(&app, &token, json!({ "user": user })).await;
        assert_eq!((types(&found), &found["totalCount"]), (expected.clone(), &expected.len().into()));
    }
}

#[rstest]
#[tokio::test]
async fn the_events_of_a_user_need_the_permission_to_view_users(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = user_with_all(&app).await;
    app.identification(user, crate::harness::NewIdentification::default()).await;
    let token = app.token_with(&[Permission::IdentificationsView]).await;
    let query = "{ identifications { edges { node { user { events { totalCount } } } } } }";
    let answer = app.run_as(&token, query, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
}

#[rstest]
#[tokio::test]
async fn pages_have_each_event_of_the_user_once_newest_first(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = user_with_all(&app).await;
    let stranger = app.user(NewUser::default()).await;
    record_event(&app, Kind::UserUpdated, stranger, Some(stranger)).await;
    record_event(&app, Kind::UserUpdated, user, None).await;
    // An event of another project never names the user, and would not be returned if it did.
    let other = app.new_project().await;
    record_event_in(&app, other, Kind::UserUpdated, user, Some(user)).await;
    let mut expected: Vec<_> = subscribed().map(|kind| kind.name().to_owned()).collect();
    expected.reverse();
    for size in [1, 4, 50] {
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = events(&app, &app.token, json!({ "user": user, "first": size, "after": after })).await;
            found.extend(types(&page));
            after = page["pageInfo"]["endCursor"].clone();
            assert_eq!(page["totalCount"], expected.len());
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(found, expected, "pages of {size}");
    }
    let refused = app.run_as(&app.token, EVENTS, json!({ "user": user, "after": "no cursor" })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_CURSOR");
}

#[rstest]
#[tokio::test]
async fn a_caller_with_tag_limits_reads_events_of_its_users(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let [seen, hidden] = [
        app.user(NewUser { tags: &["vip"], ..NewUser::default() }).await,
        app.user(NewUser { tags: &["other"], ..NewUser::default() }).await,
    ];
    for user in [seen, hidden] {
        record_event(&app, Kind::UserUpdated, user, Some(user)).await;
    }
    assert_eq!(types(&events(&app, &token, json!({ "user": seen })).await), ["User.Updated"]);
    let hidden = app.query_as(&token, EVENTS, json!({ "user": hidden })).await;
    assert_eq!(hidden, json!({ "user": null }));
}

#[rstest]
#[tokio::test]
async fn an_erased_user_keeps_its_events(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    record_event(&app, Kind::UserUpdated, user, Some(user)).await;
    app.query(&format!("mutation {{ eraseUser(input: {{ userId: \"{user}\" }}) {{ __typename }} }}")).await;
    let found = events(&app, &app.token, json!({ "user": user })).await;
    assert_eq!(types(&found), ["User.Erased", "User.Updated"]);
}

#[rstest]
#[tokio::test]
async fn the_events_of_any_number_of_users_are_two_statements(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for _ in 0..8 {
        let user = app.user(NewUser::default()).await;
        for _ in 0..3 {
            record_event(&app, Kind::UserUpdated, user, Some(user)).await;
        }
    }
    for users in [1, 8] {
        // The caller is cached from here on.
        app.query("{ viewer { permissions } }").await;
        app.take_statements();
        let query = "query ($users: Int) { users(first: $users) { edges { node {
            events(first: 2) { edges { node { eventId } } } } } } }";
        let data = app.query_as(&app.token, query, json!({ "users": users })).await;
        let edges = data["users"]["edges"].as_array().unwrap();
        assert_eq!(edges.len(), users);
        assert!(edges.iter().all(|edge| edge["node"]["events"]["edges"].as_array().unwrap().len() == 2));
        assert_eq!(app.take_statements().len(), 2);
    }
}

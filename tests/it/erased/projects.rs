//! Two projects may have a user with the same id, because an import keeps the ids of its source: erasing one leaves
//! the other.

use rstest::rstest;
use serde_json::json;
use uuid::Uuid;
use verigraph::{
    auth::Permissions,
    transfer::{Source, export::People},
    user::UserKey,
};

use super::erase;
use crate::{
    harness::{Db, NewIdentification, NewUser, TestApp},
    imports::{Run, written},
};

/// The first name, and the number of identifications, that a project's token reads.
async fn shown(app: &TestApp, user: Uuid) -> (serde_json::Value, serde_json::Value) {
    let query = format!("{{ user(id: \"{user}\") {{ firstName identifications {{ totalCount }} }} }}");
    let mut data = app.query(&query).await["user"].take();
    (data["firstName"].take(), data["identifications"]["totalCount"].take())
}

#[rstest]
#[tokio::test]
async fn erasing_a_user_leaves_the_user_of_another_project_with_the_same_id(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    app.identification(user, NewIdentification::default()).await;
    let text = written(&app, app.project, People::Real(None)).await;
    let (first, credential, token) = (app.project, app.credential, app.token.clone());
    app.project = app.new_project().await;
    Run::of(&app, Source::Verigraph).import_ok(&text).await;
    let second = app.project;
    app.credential = app.credential(second, Permissions::all(), None).await.credential;
    app.token = app.token_of(app.credential, Permissions::all(), 3600).await;
    assert_eq!(shown(&app, user).await, (json!("Ada"), json!(1)));

    erase(&app, user).await;
    assert_eq!(shown(&app, user).await, (json!(null), json!(1)));
    (app.credential, app.token) = (credential, token);
    assert_eq!(shown(&app, user).await, (json!("Ada"), json!(1)));
    erase(&app, user).await;
    assert_eq!(shown(&app, user).await, (json!(null), json!(1)));
    let start = UserKey { project: Uuid::nil(), id: Uuid::nil() };
    let entries = app.app.services.ledger.entries(start, 10).await.unwrap();
    let mut projects: Vec<Uuid> = entries.iter().map(|entry| entry.project_id).collect();
    projects.sort_unstable();
    let mut expected = vec![first, second];
    expected.sort_unstable();
    assert_eq!(projects, expected);
    assert!(entries.iter().all(|entry| entry.user_id == user));
}

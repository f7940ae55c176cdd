//! Restoring a database backup from before an erasure does not restore the erased user.

use entity::user;
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    db::Store,
    user::{
        UserKey,
        ledger::{Ledger, entry},
        store::{erase::Eraser, replay::replay},
    },
};

use super::erase;
use crate::{
    encryption::{contains, files},
    harness::{Db, NewUser, POOLS, TestApp, database},
    lifecycle::mutate,
};

async fn execute(app: &TestApp, sql: &str) {
    app.store.write().execute_unprepared(sql).await.unwrap();
}

/// Key before every user.
const FIRST: UserKey = UserKey { project: Uuid::nil(), id: Uuid::nil() };

/// Saves the users as they are now, as a database backup does.
async fn back_up(app: &TestApp) {
    execute(app, "CREATE TABLE kept AS SELECT * FROM users").await;
}

/// Restores the saved users.
async fn restore(app: &TestApp) {
    let columns = ["status", "ref_id", "wrapped_key", "personal", "updated_at", "version", "hold_reason"];
    let set =
        columns.map(|column| format!("{column} = (SELECT k.{column} FROM kept k WHERE k.id = users.id)"));
    execute(app, &format!("UPDATE users SET {} WHERE id IN (SELECT id FROM kept)", set.join(", "))).await;
}

async fn shown(app: &TestApp, user: Uuid) -> Value {
    app.query(&format!("{{ user(id: \"{user}\") {{ status refId firstName }} }}")).await["user"].take()
}

async fn receipt(app: &TestApp, user: Uuid) -> Value {
    let fields = "... on EraseUserSuccessPayload { receipt }";
    mutate(app, "eraseUser", &format!("userId: \"{user}\""), fields).await["receipt"].take()
}

#[rstest]
#[tokio::test]
async fn an_erased_user_stays_erased_when_an_older_backup_is_restored(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let user = app.user(NewUser { ref_id: Some("ada"), ..NewUser::default() }).await;
    let other = app.user(NewUser::default()).await;
    back_up(&app).await;
    let first = receipt(&app, user).await;
    assert!(first.is_string());
    // The backup has a legal hold, which was released before the erasure.
    execute(&app, "UPDATE kept SET hold_reason = 'law' WHERE ref_id = 'ada'").await;
    restore(&app).await;
    app.restart();
    assert_eq!(shown(&app, user).await["firstName"], "Ada");
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(replay(Eraser::from(&*app.app.services), &app.clock).await.unwrap(), 1);
    assert_eq!(shown(&app, user).await, json!({ "status": "Erased", "refId": null, "firstName": null }));
    assert_eq!(shown(&app, other).await["firstName"], "Ada");
    let row = user::Entity::find_by_id((user, app.project)).one(app.store.write()).await.unwrap().unwrap();
    assert_eq!((row.wrapped_key, row.personal), (None, None));
    assert_eq!(receipt(&app, user).await, first);
    assert_eq!(replay(Eraser::from(&*app.app.services), &app.clock).await.unwrap(), 0);
}

/// As if the server had stopped after the commit of the erasure and before its entry in the ledger.
#[rstest]
#[tokio::test]
async fn an_erasure_missing_in_the_ledger_is_recorded_at_the_next_start(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    back_up(&app).await;
    erase(&app, user).await;
    let empty = Ledger::at(&format!("sqlite://{}", app.directory().join("new.db").display()));
    let tools = Eraser { ledger: &empty, ..Eraser::from(&*app.app.services) };
    assert_eq!(empty.entries(FIRST, 10).await.unwrap(), []);
    assert_eq!(replay(tools, &app.clock).await.unwrap(), 0);
    let entries = empty.entries(FIRST, 10).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.user_id).collect::<Vec<_>>(), [user]);
    restore(&app).await;
    assert_eq!(replay(tools, &app.clock).await.unwrap(), 1);
    assert_eq!(shown(&app, user).await["status"], "Erased");
}

#[rstest]
#[tokio::test]
async fn a_ledger_on_postgres_serves_several_processes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let url = database().await;
    let [one, other] = [Ledger::at(&url), Ledger::at(&url)];
    let user = app.user(NewUser::default()).await;
    back_up(&app).await;
    erase(&app, user).await;
    assert_eq!(
        replay(Eraser { ledger: &one, ..Eraser::from(&*app.app.services) }, &app.clock).await.unwrap(),
        0
    );
    restore(&app).await;
    assert_eq!(
        replay(Eraser { ledger: &other, ..Eraser::from(&*app.app.services) }, &app.clock).await.unwrap(),
        1
    );
    assert_eq!(shown(&app, user).await["status"], "Erased");
}

/// Without a ledger there is no receipt: the client repeats the request and gets it later.
#[rstest]
#[tokio::test]
async fn a_receipt_is_issued_only_after_the_ledger_has_the_erasure(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let mut app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let config = verigraph::config::Config {
        erasure_ledger_url: Some("sqlite:///dev/null/erasures.db".to_owned().try_into().unwrap()),
        ..verigraph::config::Config::default()
    };
    app.restart_with(config);
    let query = format!("mutation {{ eraseUser(input: {{ userId: \"{user}\" }}) {{ __typename }} }}");
    let failed = app.run_as(&app.token, &query, json!({})).await;
    assert_eq!(failed["errors"][0]["extensions"]["code"], "INTERNAL", "{failed}");
    app.restart_with(verigraph::config::Config::default());
    assert!(receipt(&app, user).await.is_string());
    assert_eq!(app.app.services.ledger.entries(FIRST, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn no_sqlite_file_contains_the_key_of_an_erased_user() {
    let app = TestApp::start(Db::Sqlite).await;
    let user = app.user(NewUser::default()).await;
    let row = user::Entity::find_by_id((user, app.project)).one(app.store.write()).await.unwrap().unwrap();
    let (key, personal) = (row.wrapped_key.unwrap(), row.personal.unwrap());
    let before = files(app.directory());
    assert!(contains(&before, &key) && contains(&before, &personal));
    erase(&app, user).await;
    let after = files(app.directory());
    assert!(!contains(&after, &key) && !contains(&after, &personal));
}

/// The table as builds before the first release made it.
#[rstest]
#[tokio::test]
async fn a_ledger_of_an_earlier_build_is_kept(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let url = match db {
        Db::Sqlite => format!("sqlite://{}", app.directory().join("old.db").display()),
        Db::Postgres => database().await,
    };
    let old = "CREATE TABLE erased_users (user_id UUID_TYPE PRIMARY KEY, project_id UUID_TYPE NOT NULL, \
               erased_at BIGINT NOT NULL)";
    let store = Store::open(&url, POOLS).await.unwrap();
    let kind = if db == Db::Sqlite { "BLOB" } else { "uuid" };
    store.write().execute_unprepared(&old.replace("UUID_TYPE", kind)).await.unwrap();
    store.close().await;
    let (ledger, user) = (Ledger::at(&url), app.clock.new_id());
    for _ in 0..2 {
        ledger.record(vec![entry(app.project, user, app.clock.now())]).await.unwrap();
    }
    assert_eq!(ledger.entries(FIRST, 10).await.unwrap(), [entry(app.project, user, app.clock.now())]);
    ledger.close().await;
}

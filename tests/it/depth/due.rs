//! The workers look for what is due all the time: this reads little, however much is due later.

use entity::{Timestamp, project};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, Statement};
use uuid::Uuid;
use verigraph::{identification::store::due, webhook::schedule};

use crate::{
    harness::{Db, NewUser, TestApp},
    webhooks::{subscribe, with_receivers},
};

const ROWS: u32 = 20_000;
/// 2030: after the time of the test.
const LATER: &str = "1893456000000 + i";

impl TestApp {
    /// Inserts this many rows. `$1` is the project, `$2` a user or a subscription.
    async fn insert_series(&self, of: Uuid, columns: &str, values: &str) {
        let id = match self.db {
            Db::Sqlite => "randomblob(16)",
            Db::Postgres => "gen_random_uuid()",
        };
        let sql = format!(
            "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {ROWS}) \
             INSERT INTO {columns} SELECT {} FROM series",
            values.replace("new_id", id),
        );
        let values = [self.project.into(), of.into()];
        let statement = Statement::from_sql_and_values(self.store.dialect().backend(), sql, values);
        self.store.write().execute_raw(statement).await.unwrap();
    }

    async fn set_clock_ahead(&self, ahead: i64) {
        let row =
            project::ActiveModel { id: Set(self.project), clock_ahead: Set(ahead), ..Default::default() };
        row.update(self.store.write()).await.unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn the_changes_that_are_due_are_found_by_seeks(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.new_project().await;
    let user = app.user(NewUser::default()).await;
    app.insert_series(
        user,
        "identifications (id, project_id, user_id, process, status, expert_status, qes_status, pvid_status, \
         created_at, updated_at, due_at)",
        &format!("new_id, $1, $2, 'Expert', 'Valid', 'Valid', 'Valid', 'Valid', i, i, {LATER}"),
    )
    .await;
    app.store.analyze().await.unwrap();
    let first = 1_893_456_000_000;
    let ahead = first - app.clock.now().0;
    for (now, ahead, found, looks) in
        [(app.clock.now().0, 0, 0, 2), (first + 10, 0, 10, 2), (app.clock.now().0 + 10, ahead, 10, 3)]
    {
        app.set_clock_ahead(ahead).await;
        app.take_statements();
        assert_eq!(due::all(&app.store, Timestamp(now), 100).await.unwrap().len(), found);
        let statements = app.take_bound_statements();
        assert_eq!(statements.len(), looks, "{statements:#?}");
        for statement in statements {
            let read = app.explain(statement).await;
            read.assert_bounded(20.0, "due changes");
            read.assert_no_scans(&["identifications"], "due changes");
        }
    }
    assert_eq!(due::all(&app.store, Timestamp(1_893_456_000_500), 100).await.unwrap().len(), 100);
}

#[rstest]
#[tokio::test]
async fn the_deliveries_that_are_due_are_found_by_seeks(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = with_receivers(TestApp::start(db).await);
    let subscription = subscribe(&app, &app.token, "http://127.0.0.1:1/", "").await.id;
    app.insert_series(
        subscription,
        "webhook_deliveries (id, project_id, subscription_id, event_id, event_sequence, event_type, resource_id, \
         status, attempts, next_attempt_at, created_at)",
        &format!("new_id, $1, $2, new_id, i, 'User.Created', new_id, 'Pending', 1, {LATER}, i"),
    )
    .await;
    app.store.analyze().await.unwrap();
    app.take_statements();
    assert_eq!(schedule::due(&app.store, app.clock.now()).await.unwrap().len(), 0);
    let read = app.read().await;
    read.assert_bounded(20.0, "due deliveries");
    read.assert_no_scans(&["webhook_deliveries"], "due deliveries");
    assert_eq!(schedule::due(&app.store, Timestamp(1_893_456_000_010)).await.unwrap().len(), 1);
}

//! The events of a user: a page reads its own rows, at any depth, and for callers that may read few types.

use entity::event;
use keyset::{Direction, End, Ordering, PageWindow};
use rstest::rstest;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use serde_json::json;
use uuid::Uuid;
use verigraph::{
    event::{
        Kind,
        graphql::{
            UserEvents,
            list::{ByTime, EventTypes},
        },
    },
    graphql::list::ListSource,
};

use crate::harness::{Db, NewUser, TestApp};

const ROWS: u32 = 20_000;
const OWNERS: u32 = 20;
const PAGE: u32 = 50;

/// Events of a few users, in no order: every second is `User.Updated`, the others `Identification.Updated`.
async fn fill(app: &TestApp) -> Uuid {
    let mut first = None;
    for _ in 0..OWNERS {
        let user = app.user(NewUser::default()).await;
        first.get_or_insert(user);
    }
    let id = match app.db {
        Db::Sqlite => "randomblob(16)",
        Db::Postgres => "gen_random_uuid()",
    };
    let sql = format!(
        "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {ROWS}), \
         owners AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM users) \
         INSERT INTO events (id, project_id, kind, resource_id, user_id, created_at) \
         SELECT {id}, $1, CASE WHEN i / {OWNERS} % 2 = 0 THEN 'User.Updated' ELSE 'Identification.Updated' END, \
         owners.id, owners.id, 1767225600000 + i * 7919 % 20011 / 2 \
         FROM series JOIN owners ON owners.place = i % {OWNERS}"
    );
    let statement = Statement::from_sql_and_values(app.store.dialect().backend(), sql, [app.project.into()]);
    app.store.write().execute_raw(statement).await.unwrap();
    app.store.analyze().await.unwrap();
    first.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_page_of_events_is_read_by_an_index_at_any_depth(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = fill(&app).await;
    let caller = app.caller(&app.token).await;
    let order = Ordering::new("User.events", app.project, UserEvents::keys(ByTime, Direction::Desc));
    let all = || Kind::ALL.to_vec();
    for types in [all(), vec![Kind::UserUpdated]] {
        let rows = UserEvents::filtered(&app.store, &caller, &EventTypes(types.clone()))
            .filter(event::Column::UserId.eq(user));
        let deep =
            rows.clone().order_by_desc(event::Column::CreatedAt).order_by_desc(event::Column::Sequence);
        let deep = deep.offset(300).limit(1).one(app.store.read()).await.unwrap().unwrap();
        for place in [None, Some(order.position(&deep))] {
            for end in [End::Front, End::Back] {
                app.take_statements();
                let window = PageWindow::from(PAGE, end, place.clone());
                let page = app.store.page(&rows, &order, &window).await.unwrap();
                let (read, what) = (app.read().await, format!("{types:?} from the {end:?}, {place:?}"));
                assert_eq!(page.rows.len(), PAGE as usize, "{what}");
                // Half of the events are of the other type.
                read.assert_seeks("events", f64::from(3 * PAGE), &what);
                assert!(read.plan.contains("events_by_user"), "{what}\n{}", read.plan);
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_events_of_many_users_are_read_by_an_index(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    app.take_statements();
    let query =
        "query { users(first: 10) { edges { node { events(first: 5) { edges { node { eventId } } } } } } }";
    app.query_as(&app.token, query, json!({})).await;
    let statements = app.take_bound_statements();
    let statement = statements.into_iter().find(|statement| statement.sql.contains("\"events\"")).unwrap();
    let read = app.explain(statement).await;
    read.assert_bounded(f64::from(10 * 2 * 6 + 100), "events of ten users");
    read.assert_no_scans(&["events"], "events of ten users");
    assert!(read.plan.contains("events_by_user"), "{}", read.plan);
}

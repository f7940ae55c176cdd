//! Audit entries: every filter, and look-ups by id.

use entity::{
    Timestamp,
    audit_event::{ActiveModel, Column, Entity, Model},
};
use keyset::{Cell, CellKind, Direction, End, Key, Ordering, PageWindow};
use rstest::rstest;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait, QueryOrder,
};
use uuid::Uuid;
use verigraph::{
    audit::{
        filter::AuditFilter,
        store::{by_ids, filtered},
    },
    clock::new_id_at,
    db::TimeRange,
};

use crate::harness::{Db, TestApp};

const ROWS: i64 = 20_000;
const PAGE: u32 = 50;

/// The ids of users, objects and credentials.
fn id(kind: u128, number: i64) -> Uuid {
    Uuid::from_u128((kind << 64) + u128::from(number.unsigned_abs()))
}

/// Entries of many users, credentials and objects, in no order: most of them with a frequent action, few
/// with a rare one, and each hundredth about the project.
async fn fill(app: &TestApp) {
    let row = |number: i64| {
        let at = Timestamp(1_767_225_600_000 + number * 7_919 % 20_011 / 2);
        ActiveModel {
            sequence: NotSet,
            id: Set(new_id_at(at)),
            project_id: Set(app.project),
            action: Set(if number % 500 == 0 { "GrantPolicy.Set" } else { "User.Updated" }.to_owned()),
            resource_id: Set(if number % 100 == 0 { app.project } else { id(1, number % 600) }),
            user_id: Set((number % 7 != 0).then(|| id(2, number % 400))),
            credential_id: Set((number % 5 != 0).then(|| id(3, number % 100))),
            membership_id: Set(None),
            request_id: Set(None),
            created_at: Set(at),
        }
    };
    for start in (0..ROWS).step_by(1_000) {
        let rows = (start..start + 1_000).map(row);
        Entity::insert_many(rows).exec_without_returning(app.store.write()).await.unwrap();
    }
    app.store.analyze().await.unwrap();
}

fn order(app: &TestApp) -> Ordering<Model> {
    let key = Key::of::<Entity>;
    let keys = vec![
        key(Column::CreatedAt, Direction::Desc, CellKind::Integer, |row| Cell::Integer(row.created_at.0)),
        key(Column::Sequence, Direction::Desc, CellKind::Integer, |row| Cell::Integer(row.sequence)),
    ];
    Ordering::new("auditEvents", app.project, keys)
}

#[rstest]
#[tokio::test]
async fn every_filter_of_the_audit_log_uses_an_index(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let caller = app.caller(&app.token).await;
    let none = AuditFilter::default;
    let middle = Entity::find().order_by_asc(Column::CreatedAt).all(app.store.read()).await.unwrap();
    let middle = &middle[middle.len() / 2];
    let order = order(&app);
    for filters in [
        none(),
        AuditFilter { user_id: Some(id(2, 3)), ..none() },
        AuditFilter { resource_id: Some(id(1, 3)), ..none() },
        AuditFilter { resource_id: Some(app.project), ..none() },
        AuditFilter { credential_id: Some(id(3, 1)), ..none() },
        AuditFilter { actions: Some(vec!["User.Updated".to_owned()]), ..none() },
    ] {
        let rows = filtered(&app.store, &caller, &filters);
        for place in [None, Some(order.position(middle))] {
            for end in [End::Front, End::Back] {
                app.take_statements();
                let window = PageWindow::from(PAGE, end, place.clone());
                app.store.page(&rows, &order, &window).await.unwrap();
                let what = format!("{filters:?} from the {end:?}, {place:?}");
                // The entries of one object, fewer than 50 here, may be read and sorted.
                app.read().await.assert_seeks("audit_events", f64::from(2 * PAGE), &what);
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_rare_action_is_found_by_an_index(#[values(Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let caller = app.caller(&app.token).await;
    let after = Some(Timestamp(1_767_225_600_000));
    let created_at = Some(TimeRange { greater_than: after, ..TimeRange::default() });
    for created_at in [None, created_at] {
        let actions = Some(vec!["GrantPolicy.Set".to_owned()]);
        let filters = AuditFilter { actions, created_at, ..AuditFilter::default() };
        app.take_statements();
        let rows = filtered(&app.store, &caller, &filters);
        app.store.page(&rows, &order(&app), &PageWindow::new(PAGE, End::Front)).await.unwrap();
        app.read().await.assert_seeks("audit_events", f64::from(PAGE), &format!("{filters:?}"));
    }
}

#[rstest]
#[tokio::test]
async fn an_entry_is_found_by_its_id_without_reading_others(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let caller = app.caller(&app.token).await;
    let entry = Entity::find().one(app.store.read()).await.unwrap().unwrap();
    app.take_statements();
    assert_eq!(by_ids(&app.store, &caller, &[entry.id, id(9, 9)]).await.unwrap(), [entry]);
    app.read().await.assert_seeks("audit_events", 10.0, "by id");
}

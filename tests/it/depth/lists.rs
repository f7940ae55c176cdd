//! Users, identifications and grants: every order of the lists of a project.

use std::fmt::Debug;

use entity::{Timestamp, identification, user};
use keyset::{Direction, End, Ordering, PageWindow};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, QueryTrait, Statement, StatementBuilder};
use uuid::Uuid;
use verigraph::{
    auth::Caller,
    db::{ChildPages, Parents, TimeRange},
    graphql::list::ListSource,
    identification::{
        filter::IdentificationFilter, graphql::Identifications, store::IdentificationSort as RunSort,
    },
    user::{filter::UserFilter, graphql::Users, store::UserSort},
    verification::{
        filter::VerificationFilter, graphql::Verifications, store::VerificationSort as GrantSort,
    },
};

use crate::harness::{Db, NewUser, TestApp};

const ROWS: u32 = 20_000;
const PAGE: u32 = 50;
const OWNERS: u32 = 20;

/// Fills each table with this many rows of a few users, in no order.
async fn fill(app: &TestApp) {
    for _ in 0..OWNERS {
        app.user(NewUser::default()).await;
    }
    let level = app.level(None, "Level 0", 0).await;
    let id = match app.db {
        Db::Sqlite => "randomblob(16)",
        Db::Postgres => "gen_random_uuid()",
    };
    let series = format!(
        "WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {ROWS}), \
         owners AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM users)"
    );
    // Times with ties, shuffled.
    let time = "1767225600000 + i * 7919 % 20011 / 2";
    let owned = format!("FROM series JOIN owners ON owners.place = i % {OWNERS}");
    let status = "'Valid'";
    let key = app.app.vault.project(app.project).await.unwrap().current();
    for sql in [
        format!(
            "INSERT INTO identifications (id, project_id, user_id, process, status, expert_status, qes_status, \
             pvid_status, created_at, updated_at) {series} SELECT {id}, $1, owners.id, 'Expert', {status}, {status}, \
             {status}, {status}, {time}, {time} + 1 {owned}"
        ),
        format!(
            "INSERT INTO verifications (id, project_id, user_id, number, step, current_level_id, reason, created_at) \
             {series} SELECT {id}, $1, owners.id, i, i, $2, 'why', {time} {owned}"
        ),
        format!(
            "INSERT INTO users (id, project_id, number, status, project_key_id, created_at, updated_at) {series} \
             SELECT {id}, $1, 1000000 + i, 'Active', $2, {time}, {time} + 1 FROM series"
        ),
    ] {
        let values: Vec<_> = [app.project, if sql.contains("INTO users") { key } else { level }]
            .into_iter()
            .take(1 + usize::from(sql.contains("$2")))
            .map(Into::into)
            .collect();
        let sql = Statement::from_sql_and_values(app.store.dialect().backend(), sql, values);
        app.store.write().execute_raw(sql).await.unwrap();
    }
    app.store.analyze().await.unwrap();
    app.take_statements();
}

/// Every page of a list in every order, from either end, at its start and deep inside, reads only its own
/// rows.
async fn assert_seeks<L: ListSource>(app: &TestApp, caller: &Caller, filters: &L::Filters, sort: L::Sort)
where
    L::Row: Debug + sea_orm::FromQueryResult,
{
    let table = L::Entity::default();
    let table = sea_orm::EntityName::table_name(&table).to_owned();
    for direction in [Direction::Asc, Direction::Desc] {
        let order = Ordering::new(L::NAME, app.project, L::keys(sort, direction));
        let rows = L::filtered(&app.store, caller, filters);
        let mut deep = rows.clone().into_query();
        order.sort_order().sort(&mut deep, false);
        let deep = deep.limit(1).offset(500).take();
        let row = app.store.read().query_one(&deep).await.unwrap().unwrap();
        let row = <L::Row as sea_orm::FromQueryResult>::from_query_result(&row, "").unwrap();
        for place in [None, Some(order.position(&row))] {
            for end in [End::Front, End::Back] {
                let window = PageWindow::from(PAGE, end, place.clone());
                app.take_statements();
                app.store.page(&rows, &order, &window).await.unwrap();
                let what = format!("{} by {sort:?} {direction:?} from the {end:?}, {place:?}", L::NAME);
                let read = app.read().await;
                read.assert_seeks(&table, f64::from(2 * PAGE), &what);
                // All columns of the order except the last, which has no ties.
                assert!(!read.plan.contains("B-TREE FOR ORDER BY"), "{what}\n{}", read.plan);
            }
        }
    }
}

async fn in_periods(app: &TestApp, caller: &Caller) {
    let period =
        || Some(TimeRange { greater_than: Some(Timestamp(1_767_225_601_000)), ..TimeRange::default() });
    for (sort, filter) in [
        (UserSort::CreatedAt, UserFilter { created_at: period(), ..UserFilter::default() }),
        (UserSort::UpdatedAt, UserFilter { updated_at: period(), ..UserFilter::default() }),
    ] {
        assert_seeks::<Users>(app, caller, &filter, sort).await;
    }
    for (sort, filter) in [
        (
            RunSort::CreatedAt,
            IdentificationFilter { created_at: period(), ..IdentificationFilter::default() },
        ),
        (
            RunSort::UpdatedAt,
            IdentificationFilter { updated_at: period(), ..IdentificationFilter::default() },
        ),
    ] {
        assert_seeks::<Identifications>(app, caller, &filter, sort).await;
    }
}

/// The pages of several users read their own rows, however long the lists are.
async fn assert_pages_of_users<L: ListSource>(app: &TestApp, caller: &Caller, users: &[Uuid], sort: L::Sort) {
    for direction in [Direction::Asc, Direction::Desc] {
        for end in [End::Front, End::Back] {
            let order = Ordering::new(L::NAME, app.project, L::keys(sort, direction));
            let window = PageWindow::new(PAGE, end);
            let children = ChildPages::new::<L::Entity>(L::user(), &order, &window, false);
            let rows = L::filtered(&app.store, caller, &L::Filters::default());
            let select = children.select(app.store.dialect(), rows, &Parents::Ids(users.to_vec()));
            let select = StatementBuilder::build(&select, &app.store.dialect().backend());
            app.take_statements();
            let pages = app.store.pages_by::<L::Row>(select, &children).await.unwrap();
            let what = format!("{} of users by {sort:?} {direction:?} from the {end:?}", L::NAME);
            assert_eq!(pages.len(), users.len(), "{what}");
            assert!(
                pages
                    .values()
                    .all(|page| page.rows.len() == PAGE as usize && (page.has_next || page.has_previous)),
                "{what}"
            );
            let read = app.read().await;
            read.assert_bounded(f64::from((PAGE + 2) * OWNERS), &what);
            // SQLite sorts the rows of all pages together, and no list.
            let sorts = read.plan.matches("B-TREE FOR ORDER BY").count();
            assert!(sorts <= usize::from(app.db == Db::Sqlite), "{what}\n{}", read.plan);
            assert!(!read.plan.contains("SCAN (subquery"), "{what}\n{}", read.plan);
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_pages_of_many_users_read_no_whole_list(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let caller = app.caller(&app.token).await;
    let owners =
        identification::Entity::find().select_only().column(identification::Column::UserId).distinct();
    let owners: Vec<Uuid> = owners.into_tuple().all(app.store.read()).await.unwrap();
    assert_eq!(owners.len(), OWNERS as usize);
    for sort in [RunSort::CreatedAt, RunSort::UpdatedAt] {
        assert_pages_of_users::<Identifications>(&app, &caller, &owners, sort).await;
    }
    for sort in [GrantSort::CreatedAt, GrantSort::Number] {
        assert_pages_of_users::<Verifications>(&app, &caller, &owners, sort).await;
    }
}

#[rstest]
#[tokio::test]
async fn every_order_of_users_identifications_and_grants_uses_an_index(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let caller = app.caller(&app.token).await;
    for sort in [UserSort::CreatedAt, UserSort::UpdatedAt, UserSort::Number] {
        assert_seeks::<Users>(&app, &caller, &UserFilter::default(), sort).await;
    }
    // A period of most of the rows, in the order of its time. SQLite sorts the rest of the period for a deep page.
    if db == Db::Postgres {
        in_periods(&app, &caller).await;
    }
    for sort in [RunSort::CreatedAt, RunSort::UpdatedAt] {
        assert_seeks::<Identifications>(&app, &caller, &IdentificationFilter::default(), sort).await;
    }
    let owner = user::Entity::find().one(app.store.read()).await.unwrap().unwrap();
    let of_client = VerificationFilter { client_number: Some(owner.number), ..VerificationFilter::default() };
    for filters in [VerificationFilter::default(), of_client] {
        for sort in [GrantSort::CreatedAt, GrantSort::Number] {
            assert_seeks::<Verifications>(&app, &caller, &filters, sort).await;
        }
    }
}

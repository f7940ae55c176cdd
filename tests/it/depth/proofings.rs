//! A million proofing requests: every order, alone and with every search of one value.

use entity::proofing_request::{DeviceCheck, DocumentAuthentication, Entity};
use keyset::{Direction, End, Ordering, PageWindow, Position};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Iterable, QueryTrait, Statement};
use verigraph::proofing::{
    filter::{ProofingFilter, StateFilter},
    store::{ProofingSort, filtered, keys, pinned, totals},
};

use crate::harness::{Db, TestApp};

const PAGE: u32 = 100;
/// The largest number of distinct values in a column, null included: at most one page is read of each.
const VALUES: u32 = 7;
const SORTS: [ProofingSort; 5] = [
    ProofingSort::RequestTime,
    ProofingSort::DeviceCheckResult,
    ProofingSort::State,
    ProofingSort::DocumentAuthenticationResult,
    ProofingSort::FaceMatch,
];

/// Requests that are inserted at once.
const PART: usize = 100_000;

/// The number of requests.
const fn many(app: &TestApp) -> u32 {
    match app.db {
        Db::Sqlite => 100_000,
        Db::Postgres => 1_000_000,
    }
}

/// Requests as in production: every state and result, some of them rare, with ids and times in unrelated
/// order.
async fn fill(app: &TestApp) {
    let db = app.store.write();
    let backend = app.store.dialect().backend();
    let (id, series, indexes) = match app.db {
        Db::Sqlite => (
            "randomblob(16)",
            "(WITH RECURSIVE s(i) AS (SELECT $2 UNION ALL SELECT i + 1 FROM s WHERE i < $3) SELECT i FROM s)",
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% ON \"proofing_requests\"%'",
        ),
        Db::Postgres => (
            "gen_random_uuid()",
            "generate_series($2::bigint, $3::bigint) AS s(i)",
            "SELECT indexname::text AS name, indexdef AS sql FROM pg_indexes \
             WHERE tablename = 'proofing_requests' AND indexname <> 'proofing_requests_pkey'",
        ),
    };
    let mut made = Vec::new();
    // Indexes are rebuilt after the inserts, which is much faster.
    for row in db.query_all_raw(Statement::from_string(backend, indexes)).await.unwrap() {
        let name: String = row.try_get("", "name").unwrap();
        db.execute_unprepared(&format!("DROP INDEX {name}")).await.unwrap();
        made.push(row.try_get::<String>("", "sql").unwrap());
    }
    assert!(made.len() > SORTS.len());
    if app.db == Db::Postgres {
        // Neither the contents of the rows nor crash safety matter here.
        let sql =
            "ALTER TABLE proofing_requests SET UNLOGGED; ALTER TABLE proofing_requests DISABLE TRIGGER ALL";
        db.execute_unprepared(sql).await.unwrap();
    }
    let insert = format!(
        "INSERT INTO proofing_requests (id, project_id, request_time, device_check_result, state, \
         document_authentication_result, face_match) \
         SELECT {id}, $1, 1700000000000 + t * 60000, device, state, \
         CASE WHEN state <> 'COMPLETE' THEN NULL WHEN r < 70 THEN 'PASSED' WHEN r < 80 THEN 'FAILED' \
              WHEN r < 88 THEN 'ATTENTION' WHEN r < 94 THEN 'UNKNOWN' WHEN r < 98 THEN 'SKIPPED' ELSE 'NONE' END, \
         CASE WHEN state <> 'COMPLETE' OR q % 20 = 0 THEN NULL ELSE q % 4 > 0 END FROM ( \
           SELECT t, r, q, device, CASE WHEN device = 'DENY' OR p < 10 THEN 'INIT' WHEN p < 20 THEN 'IMAGE' \
             ELSE 'COMPLETE' END AS state FROM ( \
             SELECT i * 7919 % 1000003 AS t, i * 31 % 101 AS p, i * 17 % 103 AS q, i * 13 % 107 AS r, \
               CASE WHEN i * 11 % 97 < 80 THEN 'ALLOW' WHEN i * 11 % 97 < 86 THEN 'DENY' \
                    WHEN i * 11 % 97 < 92 THEN 'REVIEW' ELSE 'NONE' END AS device \
             FROM {series}) AS a) AS b"
    );
    // A busy machine takes longer to fill the table than the server waits for a statement.
    for first in (1..=many(app)).step_by(PART) {
        let last = Ord::min(many(app), first + u32::try_from(PART).unwrap() - 1);
        let values = [app.project.into(), i64::from(first).into(), i64::from(last).into()];
        db.execute_raw(Statement::from_sql_and_values(backend, &insert, values)).await.unwrap();
    }
    // Two statements run in parallel where the database allows it.
    let (odd, even): (Vec<_>, Vec<_>) = made.into_iter().enumerate().partition(|(place, _)| place % 2 == 0);
    let make = async |indexes: Vec<(usize, String)>| {
        let room = if app.db == Db::Postgres {
            "SET maintenance_work_mem = '256MB'; SET statement_timeout = '5min';"
        } else {
            ""
        };
        for (_, index) in indexes {
            db.execute_unprepared(&format!("{room}{index}")).await.unwrap();
        }
    };
    tokio::join!(make(odd), make(even));
    let transaction = app.store.begin().await.unwrap();
    totals::rebuild(&transaction, app.store.dialect(), app.project).await.unwrap();
    transaction.commit().await.unwrap();
    app.store.analyze().await.unwrap();
}

/// The empty search, and every search for one value.
fn searches() -> Vec<ProofingFilter> {
    use entity::proofing_request::State::{Complete, Image, Init};

    let none = ProofingFilter::default;
    let mut searches = vec![none()];
    searches.extend(DeviceCheck::iter().map(|it| ProofingFilter { device_check_result: Some(it), ..none() }));
    searches.extend(
        [Init, Image, Complete]
            .map(|state| ProofingFilter { state: Some(StateFilter::Stored(state)), ..none() }),
    );
    searches.extend(
        DocumentAuthentication::iter()
            .map(|it| ProofingFilter { document_authentication_result: Some(it), ..none() }),
    );
    searches.extend([true, false].map(|it| ProofingFilter { face_match: Some(it), ..none() }));
    searches
}

/// The position this many rows into a list.
async fn place(app: &TestApp, sort: ProofingSort, offset: u32) -> Position {
    let order = Ordering::new("", app.project, keys(sort, Direction::Asc));
    let caller = app.caller(&app.token).await;
    let mut rows = filtered(&app.store, &caller, &ProofingFilter::default()).into_query();
    order.sort_order().sort(&mut rows, false);
    let row = app.store.read().query_one(rows.limit(1).offset(offset.into())).await.unwrap().unwrap();
    order.position(&<Entity as EntityTrait>::Model::from_query_result(&row, "").unwrap())
}

#[rstest]
#[tokio::test]
async fn page_1000_costs_as_much_as_page_1_in_every_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let started = std::time::Instant::now();
    fill(&app).await;
    println!("filled in {:.1} s", started.elapsed().as_secs_f64());
    let caller = app.caller(&app.token).await;
    let mut most = 0.0_f64;
    for sort in SORTS {
        let depth = many(&app) / 10;
        let places = [None, Some(place(&app, sort, depth).await), Some(place(&app, sort, depth * 5).await)];
        for (filters, direction) in
            searches().iter().flat_map(|it| [(it, Direction::Asc), (it, Direction::Desc)])
        {
            let order = Ordering::new("", app.project, keys(sort, direction)).pinned(pinned(filters, sort));
            let rows = filtered(&app.store, &caller, filters);
            for (place, end) in places.iter().flat_map(|it| [(it, End::Front), (it, End::Back)]) {
                let window = PageWindow::from(PAGE, end, place.clone());
                app.take_statements();
                app.store.page(&rows, &order, &window).await.unwrap();
                let statements = app.take_bound_statements();
                // Nothing follows a position behind all matches of a search.
                let Some(statement) = statements.first() else { continue };
                let read = app.explain(statement.clone()).await;
                let what = format!("{sort:?} {direction:?} from the {end:?} of {filters:?}, {place:?}");
                // One page for each value, and a few more rows where another index is nearly as good.
                let stretches = if sort == ProofingSort::RequestTime { 1 } else { VALUES };
                read.assert_seeks("proofing_requests", f64::from(stretches * PAGE * 3 / 2), &what);
                most = most.max(read.rows);
            }
        }
    }
    println!("at most {most} rows for a page of {PAGE}, {:.1} s", started.elapsed().as_secs_f64());

    // A total without a time range reads no request at all.
    for filters in searches() {
        app.take_statements();
        app.store.number(&totals::counted(&app.store, &caller, &filters)).await.unwrap();
        let read = app.read().await;
        read.assert_seeks("proofing_totals", 200.0, &format!("{filters:?}"));
        assert!(!read.plan.contains("proofing_requests"), "{}", read.plan);
    }
}

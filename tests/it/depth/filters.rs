//! Users by the levels that they hold, and identifications by why they are invalid: found by indexes, frequent or
//! rare.

use entity::{grant_policy::Level, identification::Reason};
use keyset::{Direction, End, Ordering, PageWindow};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;
use verigraph::{
    graphql::list::ListSource,
    identification::{filter::IdentificationFilter, graphql::Identifications, store::IdentificationSort},
    user::{
        filter::{UserFilter, VerificationLevels},
        graphql::Users,
        store::UserSort,
    },
};

use super::Read;
use crate::harness::{Db, TestApp};

const ROWS: u32 = 20_000;
const PAGE: u32 = 50;

/// Users with an identification and a grant each. Every second holds `expert`, every 500th `qes` and the second
/// verification level. Every tenth identification is invalid, every 1000th for a rare reason.
async fn fill(app: &TestApp) -> [Uuid; 2] {
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let id = match app.db {
        Db::Sqlite => "randomblob(16)",
        Db::Postgres => "gen_random_uuid()",
    };
    let series =
        format!("WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {ROWS})");
    let time = |of: &str| format!("1767225600000 + {of} * 7919 % 20011");
    let json = |text: &str| match app.db {
        Db::Sqlite => format!("'{text}'"),
        Db::Postgres => format!("'{text}'::jsonb"),
    };
    let (fraud, address) = (json("[\"FraudDetected\"]"), json("[\"InvalidAddress\"]"));
    let when = |every: u32, then: &str, other: &str| {
        format!("CASE WHEN users.number % {every} = 0 THEN {then} ELSE {other} END")
    };
    let of_user = time("users.number");
    for (sql, values) in [
        (
            format!(
                "INSERT INTO users (id, project_id, number, status, project_key_id, created_at, updated_at) {series} \
                 SELECT {id}, $1, i, 'Active', $2, {at}, {at} + 1 FROM series",
                at = time("i")
            ),
            vec![app.project, app.app.vault.project(app.project).await.unwrap().current()],
        ),
        (
            format!(
                "INSERT INTO identifications (id, project_id, user_id, process, status, expert_status, qes_status, \
                 pvid_status, expert_reasons, qes_reasons, created_at, updated_at) \
                 SELECT {id}, $1, users.id, 'Expert', 'Valid', {}, {}, 'NotSupported', {}, {}, {of_user}, {of_user} + 1 \
                 FROM users",
                when(2, "'Valid'", "'Started'"),
                when(500, "'Valid'", "'NotSupported'"),
                when(10, &fraud, "NULL"),
                when(1000, &address, "NULL"),
            ),
            vec![app.project],
        ),
        (
            format!(
                "INSERT INTO verifications (id, project_id, user_id, number, step, current_level_id, reason, created_at) \
                 SELECT {id}, $1, users.id, users.number, 1, $2, 'why', {of_user} FROM users"
            ),
            vec![app.project, levels[0]],
        ),
        (
            format!(
                "INSERT INTO verifications (id, project_id, user_id, number, step, current_level_id, reason, created_at) \
                 SELECT {id}, $1, users.id, users.number + {ROWS}, 2, $2, 'why', {of_user} FROM users \
                 WHERE users.number % 500 = 0"
            ),
            vec![app.project, levels[1]],
        ),
    ] {
        let values = values.into_iter().map(Into::into);
        let statement = Statement::from_sql_and_values(app.store.dialect().backend(), sql, values);
        app.store.write().execute_raw(statement).await.unwrap();
    }
    app.store.analyze().await.unwrap();
    levels
}

/// What the first page of a list reads.
async fn first_page<L: ListSource>(app: &TestApp, filters: &L::Filters, sort: L::Sort) -> Read
where
    L::Row: sea_orm::FromQueryResult,
{
    let caller = app.caller(&app.token).await;
    let order = Ordering::new(L::NAME, app.project, L::keys(sort, Direction::Desc));
    let rows = L::filtered(&app.store, &caller, filters);
    app.take_statements();
    app.store.page(&rows, &order, &PageWindow::new(PAGE, End::Front)).await.unwrap();
    app.read().await
}

#[rstest]
#[tokio::test]
async fn users_are_found_by_the_levels_that_they_hold(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let [lowest, rare] = fill(&app).await;
    let levels = |id, lowest| Some(VerificationLevels { ids: vec![id], lowest });
    let none = UserFilter::default;
    for (filter, is_rare) in [
        (UserFilter { valid_levels: Some(vec![Level::Expert]), ..none() }, false),
        (UserFilter { valid_levels: Some(vec![Level::Qes]), ..none() }, true),
        (UserFilter { valid_levels: Some(vec![Level::Qes, Level::Pvid]), ..none() }, true),
        (UserFilter { verification_levels: levels(lowest, Some(lowest)), ..none() }, false),
        (UserFilter { verification_levels: levels(rare, None), ..none() }, true),
    ] {
        let read = first_page::<Users>(&app, &filter, UserSort::UpdatedAt).await;
        if is_rare {
            read.assert_bounded(f64::from(10 * PAGE), &format!("{filter:?}"));
        }
        read.assert_no_scans(&["users", "identifications", "verifications"], &format!("{filter:?}"));
    }
}

#[rstest]
#[tokio::test]
async fn identifications_are_found_by_why_they_are_invalid(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    for (reason, rows) in [(Reason::FraudDetected, 2 * PAGE), (Reason::InvalidAddress, 2 * ROWS / 10)] {
        let filter = IdentificationFilter { reasons: Some(vec![reason]), ..IdentificationFilter::default() };
        for sort in [IdentificationSort::UpdatedAt, IdentificationSort::CreatedAt] {
            let read = first_page::<Identifications>(&app, &filter, sort).await;
            read.assert_seeks("identifications", f64::from(rows), &format!("{reason:?}"));
            assert!(read.plan.contains("identifications_invalid_by_"), "{reason:?}\n{}", read.plan);
        }
    }
}

//! Filters of lists by number and time: the rows, their order and their total.

use entity::identification::{Process, Reason, Reasons, Status};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::{Db, NewGrant, NewIdentification, NewSession, NewUser, TestApp};

/// 1 January 2026, in milliseconds; the rows are one second apart.
const START: i64 = 1_767_225_600_000;

/// What a filter leaves of a list, by the second of the creation, in the order of the list, and the total.
async fn left(app: &TestApp, list: &str, filters: &str, order: &str) -> (Vec<i64>, Value) {
    let query = format!(
        "{{ {list}(filters: {{ {filters} }}, orderBy: {{ {order} }}) {{ totalCount edges {{ node {{ createdAt }} }} }} }}"
    );
    let mut data = app.query(&query).await;
    let edges = data[list]["edges"].as_array().unwrap();
    let seconds = edges.iter().map(|edge| {
        let at = edge["node"]["createdAt"].as_str().unwrap();
        chrono::DateTime::parse_from_rfc3339(at).unwrap().timestamp() - START / 1000
    });
    (seconds.collect(), data[list]["totalCount"].take())
}

#[rstest]
#[tokio::test]
async fn lists_are_filtered_by_number_and_by_the_times_of_creation_and_update(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    for second in 0..5 {
        let created_at = START + second * 1000;
        // Updated in the opposite order.
        let updated_at = START + (100 - second) * 1000;
        let (created, updated) = (Some(created_at), Some(updated_at));
        let new = NewUser { created_at: created, updated_at: updated, ..NewUser::default() };
        let user = app.user(NewUser { number: Some(second + 1), ..new }).await;
        let run =
            NewIdentification { created_at: created, updated_at: updated, ..NewIdentification::default() };
        app.identification(user, run).await;
        app.session(user, NewSession { created_at, updated_at, ..NewSession::default() }).await;
    }
    let (second, third) = ("2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z");
    let from_second = format!("createdAt: {{ greaterThanOrEqual: \"{second}\" }}");
    let between = format!("createdAt: {{ greaterThan: \"{second}\", lessThanOrEqual: \"{third}\" }}");
    let none = format!("createdAt: {{ greaterThan: \"{third}\", lessThan: \"{third}\" }}");
    let created = "field: createdAt, direction: Asc";
    let updated = "field: updatedAt, direction: Asc";
    for list in ["users", "identifications", "verificationSessions"] {
        for (filters, order, expected) in [
            (from_second.as_str(), created, vec![1, 2, 3, 4]),
            (&from_second, updated, vec![4, 3, 2, 1]),
            (&between, created, vec![2]),
            (&none, created, vec![]),
            ("createdAt: {}", created, vec![0, 1, 2, 3, 4]),
        ] {
            let total = json!(expected.len());
            assert_eq!(left(&app, list, filters, order).await, (expected, total), "{list} {filters} {order}");
        }
    }
    let until = "updatedAt: { lessThan: \"2026-01-01T00:01:38Z\" }";
    for list in ["users", "identifications"] {
        assert_eq!(left(&app, list, until, created).await, (vec![3, 4], json!(2)), "{list}");
        let both = format!("{until}, createdAt: {{ lessThan: \"2026-01-01T00:00:04Z\" }}");
        assert_eq!(left(&app, list, &both, updated).await, (vec![3], json!(1)), "{list}");
    }
    for (numbers, expected) in [("2, 4, 99", vec![1, 3]), ("", vec![]), ("-1", vec![])] {
        let total = json!(expected.len());
        let filters = format!("numbers: [{numbers}]");
        assert_eq!(left(&app, "users", &filters, created).await, (expected, total), "{numbers}");
    }
}

#[rstest]
#[tokio::test]
async fn results_are_filtered_by_the_time_of_the_request(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let integration = app.integration(app.project, &[]).await.integration;
    // Tokens of the test are valid from 15 January on.
    let noon = app.clock.now();
    for second in 0..3 {
        app.clock.set(noon.plus_seconds(second));
        app.verified(user, integration, None).await;
    }
    let order = "field: createdAt, direction: Asc";
    for (filters, expected) in [
        ("createdAt: { greaterThan: \"2026-01-15T12:00:00Z\" }", vec![1, 2]),
        ("createdAt: { lessThanOrEqual: \"2026-01-15T12:00:01Z\" }, statuses: [STARTED]", vec![0, 1]),
        ("createdAt: { lessThanOrEqual: \"2026-01-15T12:00:01Z\" }, statuses: [FAILED]", vec![]),
    ] {
        let total = json!(expected.len());
        let (seconds, counted) = left(&app, "verificationResults", filters, order).await;
        let seconds: Vec<i64> = seconds.iter().map(|at| at - (noon.seconds() - START / 1000)).collect();
        assert_eq!((seconds, counted), (expected, total), "{filters}");
    }
}

#[rstest]
#[tokio::test]
async fn users_are_filtered_by_the_levels_that_they_hold(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let ladder = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let mut users = Vec::new();
    for second in 0..5 {
        let created_at = Some(START + second * 1000);
        users.push(app.user(NewUser { created_at, ..NewUser::default() }).await);
    }
    for (user, process, status) in [
        (0, Process::Qes, Status::Valid),
        (1, Process::Pvid, Status::Valid),
        (2, Process::Qes, Status::Expired),
        (3, Process::Expert, Status::Valid),
        (3, Process::Qes, Status::Invalid),
    ] {
        let run = NewIdentification { process, status, ..NewIdentification::default() };
        app.identification(users[user], run).await;
    }
    for (user, level) in [(0, 0), (0, 1), (1, 1), (1, 0), (2, 1)] {
        app.granted(users[user], ladder[level], NewGrant::default()).await;
    }
    let level = |index: usize| format!("verificationLevelIds: [\"{}\"]", ladder[index]);
    let both = format!("verificationLevelIds: [\"{}\", \"{}\"]", ladder[0], ladder[1]);
    let created = "field: createdAt, direction: Asc";
    for (filters, expected) in [
        ("validLevels: [qes]".to_owned(), vec![0]),
        ("validLevels: [expert]".to_owned(), vec![0, 1, 3]),
        ("validLevels: [qes, pvid]".to_owned(), vec![0, 1]),
        ("validLevels: []".to_owned(), vec![]),
        // Those without a grant have the lowest level.
        (level(0), vec![1, 3, 4]),
        (level(1), vec![0, 2]),
        (both, vec![0, 1, 2, 3, 4]),
        ("verificationLevelIds: []".to_owned(), vec![]),
        ("verificationLevelIds: [\"nonsense\"]".to_owned(), vec![]),
        (format!("validLevels: [expert], {}", level(0)), vec![1, 3]),
    ] {
        let total = json!(expected.len());
        assert_eq!(left(&app, "users", &filters, created).await, (expected, total), "{filters}");
    }
}

#[rstest]
#[tokio::test]
async fn identifications_are_filtered_by_why_a_level_is_invalid(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let (fraud, light, address) =
        (Reason::FraudDetected, Reason::BadDocumentLighting, Reason::InvalidAddress);
    let runs = [
        (Status::Invalid, vec![fraud]),
        (Status::Invalid, vec![light, address]),
        (Status::Valid, vec![fraud]),
        (Status::Invalid, vec![address]),
    ];
    for (second, (status, reasons)) in (0..).zip(runs) {
        let created_at = Some(START + second * 1000);
        let run = NewIdentification {
            status,
            reasons: Reasons(reasons),
            created_at,
            updated_at: created_at,
            ..NewIdentification::default()
        };
        app.identification(user, run).await;
    }
    for (filters, expected) in [
        ("errorReasons: [FraudDetected]", vec![0]),
        ("errorReasons: [InvalidAddress]", vec![1, 3]),
        ("errorReasons: [BadDocumentLighting, FraudDetected]", vec![0, 1]),
        ("errorReasons: [SanctionListHit]", vec![]),
        ("errorReasons: []", vec![]),
        ("errorReasons: [InvalidAddress], createdAt: { greaterThan: \"2026-01-01T00:00:02Z\" }", vec![3]),
    ] {
        for order in ["field: createdAt, direction: Asc", "field: updatedAt, direction: Asc"] {
            let total = json!(expected.len());
            let found = left(&app, "identifications", filters, order).await;
            assert_eq!(found, (expected.clone(), total), "{filters}");
        }
    }
}

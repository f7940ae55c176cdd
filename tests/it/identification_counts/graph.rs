//! The counts as the graph returns them.

use entity::identification::{Reason, Reasons, Status};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{auth::Permissions, identification::store::counts::MOST};

use super::{DAY, START};
use crate::harness::{Db, NewIdentification, NewUser, TestApp};

#[rstest]
#[tokio::test]
async fn a_caller_reads_the_counts_of_its_project_and_tags(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let vip = app.user(NewUser { tags: &["vip"], ..NewUser::default() }).await;
    let other = app.user(NewUser::default()).await;
    let new = |status, days| NewIdentification {
        status,
        reasons: Reasons(vec![Reason::FraudDetected, Reason::InternalError]),
        created_at: Some(START + days * DAY + 1),
        ..NewIdentification::default()
    };
    app.identification(vip, new(Status::Invalid, 0)).await;
    app.identification(other, new(Status::Invalid, 0)).await;
    app.identification(other, new(Status::Valid, 1)).await;
    let project = Some(app.new_project().await);
    let stranger = app.user(NewUser { project, ..NewUser::default() }).await;
    app.identification(stranger, NewIdentification { project, ..new(Status::Valid, 0) }).await;

    let query = "{ identificationCounts(by: [REASON, DAY, REASON]) { day process status reason count } }";
    let group = |day: &str, reason: Value, count: i32| json!({ "day": day, "process": null, "status": null, "reason": reason, "count": count });
    let all = json!([
        group("2026-01-01", json!("FraudDetected"), 2),
        group("2026-01-01", json!("InternalError"), 2),
        group("2026-01-02", Value::Null, 1),
    ]);
    assert_eq!(app.query(query).await, json!({ "identificationCounts": all }));
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let own = json!([
        group("2026-01-01", json!("FraudDetected"), 1),
        group("2026-01-01", json!("InternalError"), 1),
    ]);
    assert_eq!(app.query_as(&limited, query, json!({})).await, json!({ "identificationCounts": own }));

    let query = "{ all: identificationCounts(by: []) { count }
        some: identificationCounts(by: [STATUS], filters: { createdAt: { lessThan: \"2026-01-02T00:00:00Z\" } })
            { status count }
        none: identificationCounts(by: [DAY], filters: { statuses: [] }) { count } }";
    let expected =
        json!({ "all": [{ "count": 3 }], "some": [{ "status": "Invalid", "count": 2 }], "none": [] });
    assert_eq!(app.query(query).await, expected);
}

#[rstest]
#[tokio::test]
async fn more_groups_than_a_thousand_are_refused(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    for day in 0..=i64::try_from(MOST).unwrap() {
        let created_at = Some(START + day * DAY);
        app.identification(user, NewIdentification { created_at, ..NewIdentification::default() }).await;
    }
    let query = "{ identificationCounts(by: [DAY]) { count } }";
    let answer: Value = app.run_as(&app.token, query, json!({})).await;
    assert_eq!(answer["data"], json!({ "identificationCounts": null }));
    assert_eq!(
        answer["errors"][0]["message"],
        "invalid argument `by`: more than 1000 groups: name fewer values, or filter by a shorter time"
    );
    let shorter = "{ identificationCounts(by: [DAY], filters: { createdAt: { greaterThanOrEqual: \"2026-01-02T00:00:00Z\" } }) { count } }";
    assert_eq!(app.query(shorter).await["identificationCounts"].as_array().unwrap().len(), MOST);
}

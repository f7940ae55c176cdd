//! Counts by day and result equal a count of the rows, in every combination of values.

use std::collections::{BTreeMap, BTreeSet};

use entity::proofing_request::{DeviceCheck, DocumentAuthentication, Model, State};
use rstest::rstest;
use sea_orm::Iterable;
use serde_json::{Value, json};
use verigraph::{
    auth::{Caller, Permissions},
    db::TimeRange,
    proofing::{
        filter::{ProofingFilter, StateFilter},
        store::{
            counts::{CountBy, CountedGroup, MOST, counts},
            filtered, totals,
        },
    },
};

use crate::harness::{Db, NewProofing, NewUser, Random, TestApp};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// 2026-01-01T00:00:00Z
const START: i64 = 1_767_225_600_000;
const VALUES: [CountBy; 5] =
    [CountBy::Day, CountBy::Device, CountBy::State, CountBy::Document, CountBy::Face];

/// Requests of every state and result over six days, some at midnight, some before 1970.
async fn fill(app: &TestApp, random: &mut Random) {
    let vip = app.user(NewUser { tags: &["vip"], ..NewUser::default() }).await;
    let other = app.user(NewUser::default()).await;
    let devices: Vec<_> = DeviceCheck::iter().collect();
    let documents: Vec<_> = DocumentAuthentication::iter().collect();
    for index in 0..120 {
        let days = i64::try_from(random.below(6)).unwrap() * DAY;
        let within = [0, 1, DAY - 1, i64::try_from(random.below(86_400_000)).unwrap()];
        let start = if index % 20 == 0 { -3 * DAY } else { START };
        let state = *random.one_of(&[State::Init, State::Image, State::Complete]);
        let is_complete = state == State::Complete;
        app.proofing(NewProofing {
            user: *random.one_of(&[None, Some(vip), Some(other)]),
            state,
            device: *random.one_of(&devices),
            document: is_complete.then(|| *random.one_of(&documents)),
            score: if is_complete { *random.one_of(&[None, Some(79), Some(80)]) } else { None },
            request_time: start + days + random.one_of(&within),
            ..NewProofing::default()
        })
        .await;
    }
}

fn filter(random: &mut Random) -> ProofingFilter {
    let mut bound = || {
        let at = START + i64::try_from(random.below(7 * 24)).unwrap() * 3_600_000;
        (random.below(2) == 0).then_some(entity::Timestamp(at))
    };
    let range = TimeRange {
        greater_than: bound(),
        greater_than_or_equal: bound(),
        less_than: bound(),
        less_than_or_equal: bound(),
    };
    let states = [
        StateFilter::Device,
        StateFilter::Stored(State::Init),
        StateFilter::Stored(State::Image),
        StateFilter::Stored(State::Complete),
    ];
    let devices: Vec<_> = DeviceCheck::iter().collect();
    let documents: Vec<_> = DocumentAuthentication::iter().collect();
    ProofingFilter {
        request_time: (random.below(3) > 0).then_some(range),
        device_check_result: (random.below(4) == 0).then(|| *random.one_of(&devices)),
        state: (random.below(4) == 0).then(|| *random.one_of(&states)),
        document_authentication_result: (random.below(4) == 0).then(|| *random.one_of(&documents)),
        face_match: (random.below(4) == 0).then(|| *random.one_of(&[true, false])),
    }
}

/// The groups as the test counts them, in any order.
fn counted(rows: &[Model], by: &BTreeSet<CountBy>) -> BTreeMap<String, i64> {
    let mut groups = BTreeMap::new();
    for row in rows {
        let has = |value| by.contains(&value);
        let group = CountedGroup {
            day: has(CountBy::Day).then(|| row.request_time.0.div_euclid(DAY)),
            device: has(CountBy::Device).then_some(row.device_check_result),
            state: has(CountBy::State).then_some(row.state),
            document: row.document_authentication_result.filter(|_| has(CountBy::Document)),
            face_match: row.face_match.filter(|_| has(CountBy::Face)),
            count: 0,
        };
        *groups.entry(format!("{group:?}")).or_default() += 1;
    }
    groups
}

async fn assert_counts(app: &TestApp, caller: &Caller, filters: &ProofingFilter, by: &BTreeSet<CountBy>) {
    let groups = counts(&app.store, caller, filters, by).await.unwrap().unwrap();
    let days: Vec<_> = groups.iter().map(|group| group.day).collect();
    assert!(days.is_sorted(), "{days:?}");
    let total: i64 = groups.iter().map(|group| group.count).sum();
    let kept = app.store.number(&totals::counted(&app.store, caller, filters)).await.unwrap();
    assert_eq!(u64::try_from(total).unwrap(), kept, "{filters:?} {by:?}");
    let rows = filtered(&app.store, caller, filters).all(app.store.read()).await.unwrap();
    let found: BTreeMap<_, _> = groups
        .iter()
        .map(|group| (format!("{:?}", CountedGroup { count: 0, ..group.clone() }), group.count))
        .collect();
    assert_eq!(found.len(), groups.len(), "each group once");
    assert_eq!(found, counted(&rows, by), "{filters:?} {by:?}");
}

#[rstest]
#[tokio::test]
async fn counts_equal_a_count_of_the_rows_for_every_filter_and_group(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    fill(&app, &mut random).await;
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let callers = [app.caller(&app.token).await, app.caller(&limited).await];
    for caller in &callers {
        for subset in 0..1 << VALUES.len() {
            let by: BTreeSet<_> = (0..VALUES.len())
                .filter(|index| subset >> index & 1 == 1)
                .map(|index| VALUES[index])
                .collect();
            assert_counts(&app, caller, &ProofingFilter::default(), &by).await;
            for _ in 0..4 {
                assert_counts(&app, caller, &filter(&mut random), &by).await;
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_caller_reads_the_counts_of_its_project_and_tags(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let vip = app.user(NewUser { tags: &["vip"], ..NewUser::default() }).await;
    let request = |user, device, days| NewProofing {
        user,
        device,
        request_time: START + days * DAY + 1,
        ..NewProofing::default()
    };
    app.proofing(request(Some(vip), DeviceCheck::Allow, 0)).await;
    app.proofing(request(None, DeviceCheck::Allow, 0)).await;
    app.proofing(request(None, DeviceCheck::Deny, 0)).await;
    app.proofing(request(None, DeviceCheck::Allow, 1)).await;
    let project = Some(app.new_project().await);
    app.proofing(NewProofing { project, ..NewProofing::default() }).await;

    let query =
        "{ proofingRequestCounts(by: [DEVICE, DAY, DEVICE]) { day device state document faceMatch count } }";
    let group = |day: &str, device: &str, count: i32| json!({ "day": day, "device": device, "state": null, "document": null, "faceMatch": null, "count": count });
    let all = json!([
        group("2026-01-01", "ALLOW", 2),
        group("2026-01-01", "DENY", 1),
        group("2026-01-02", "ALLOW", 1),
    ]);
    assert_eq!(app.query(query).await, json!({ "proofingRequestCounts": all }));
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let own = json!({ "proofingRequestCounts": [group("2026-01-01", "ALLOW", 1)] });
    assert_eq!(app.query_as(&limited, query, json!({})).await, own);

    let query = "{ all: proofingRequestCounts(by: []) { count }
        some: proofingRequestCounts(by: [STATE], filters: { requestTime: { lessThan: \"2026-01-02T00:00:00Z\" } })
            { state count }
        none: proofingRequestCounts(by: [DAY], filters: { state: DEVICE }) { count } }";
    let expected = json!({ "all": [{ "count": 4 }], "some": [{ "state": "INIT", "count": 3 }], "none": [] });
    assert_eq!(app.query(query).await, expected);
}

#[rstest]
#[tokio::test]
async fn more_groups_than_a_thousand_are_refused(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for day in 0..=i64::try_from(MOST).unwrap() {
        app.proofing(NewProofing { request_time: START + day * DAY, ..NewProofing::default() }).await;
    }
    let query = "{ proofingRequestCounts(by: [DAY]) { count } }";
    let answer: Value = app.run_as(&app.token, query, json!({})).await;
    assert_eq!(answer["data"], json!({ "proofingRequestCounts": null }));
    assert_eq!(
        answer["errors"][0]["message"],
        "invalid argument `by`: more than 1000 groups: name fewer values, or filter by a shorter time"
    );
    let shorter = "{ proofingRequestCounts(by: [DAY], filters: { requestTime: { greaterThanOrEqual: \"2026-01-02T00:00:00Z\" } }) { count } }";
    assert_eq!(app.query(shorter).await["proofingRequestCounts"].as_array().unwrap().len(), MOST);
}

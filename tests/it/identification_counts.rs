//! Counts by day, process, status and reason equal a count of the rows, after any sequence of changes.

mod graph;

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    Timestamp,
    grant_policy::Level,
    identification::{Model, Process, Reason, Status},
    identification_total,
};
use futures_util::future::try_join_all;
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, Iterable, QueryOrder};
use serde_json::json;
use uuid::Uuid;
use verigraph::{
    Error, Result,
    auth::{Caller, Permissions},
    clock::Clock,
    db::TimeRange,
    identification::{
        filter::IdentificationFilter,
        rules::{self, Cause},
        store::{
            counts::{CountBy, Group, counts},
            expire::{BulkExpiry, expire},
            filtered,
            start::{NewIdentification as Start, StartOutcome, start},
            totals,
            update::{LevelReport, end, update},
        },
    },
    op_context::OpContext,
};

use crate::harness::{Db, NewUser, Random, TestApp};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// 2026-01-01T00:00:00Z
const START: i64 = 1_767_225_600_000;
const VALUES: [CountBy; 4] = [CountBy::Day, CountBy::Process, CountBy::Status, CountBy::Reason];
const TASKS: usize = 6;
const STEPS: usize = 25;

/// A time at the boundary of two days, or anywhere.
fn moment(random: &mut Random) -> i64 {
    let within = [0, 1, DAY - 1, i64::try_from(random.below(86_400_000)).unwrap()];
    let start = if random.below(8) == 0 { -3 * DAY } else { START };
    start + i64::try_from(random.below(4)).unwrap() * DAY + random.one_of(&within)
}

fn reasons(random: &mut Random) -> Vec<Reason> {
    let few = [Reason::AbsentOrIncompleteFace, Reason::FraudDetected, Reason::UnderageApplicant];
    let some = random.some_of(&few);
    if some.is_empty() { vec![Reason::InternalError] } else { some }
}

/// Starts an identification, or reports, cancels or revokes one that any task has started, or expires many.
async fn step(
    app: &TestApp,
    caller: &Caller,
    (users, started): (&[Uuid], &std::sync::Mutex<Vec<Uuid>>),
    random: &mut Random,
) -> Result<()> {
    let known = started.lock().unwrap().clone();
    let clock = Clock::fixed(Timestamp(moment(random)));
    let op = OpContext { store: &app.store, vault: &app.app.vault, caller, clock: &clock };
    match random.below(6) {
        2 | 3 if !known.is_empty() => {
            let status = *random.one_of(&[Status::Pending, Status::Valid, Status::Invalid]);
            let why = if status == Status::Invalid { reasons(random) } else { Vec::new() };
            let levels = [Some(status), random.one_of(&[None, Some(status)]).to_owned(), None];
            let report = LevelReport { levels, reasons: why, valid_until: None };
            update(op, *random.one_of(&known), &report).await?;
        }
        4 if !known.is_empty() => {
            let cause = *random.one_of(&[Cause::Cancel, Cause::Revoke]);
            end(op, *random.one_of(&known), cause, Some("why")).await?;
        }
        5 if random.below(3) == 0 => {
            let begun_before = Some(clock.now());
            let ending =
                BulkExpiry { levels: vec![Level::Expert], processes: None, users: None, begun_before };
            expire(op, &ending, "why").await?;
        }
        _ => {
            let process = *random.one_of(&Process::iter().collect::<Vec<_>>());
            let status = *random.one_of(&[Status::Started, Status::Pending, Status::Invalid]);
            let reasons = if status == Status::Invalid { reasons(random) } else { Vec::new() };
            let new = Start {
                user: *random.one_of(users),
                process,
                levels: rules::levels(process, status),
                reasons,
                created_at: None,
                document: None,
                source: None,
                key: None,
            };
            let StartOutcome::Done(row) = start(op, &new).await? else { panic!("nothing is wrong with it") };
            started.lock().unwrap().push(row.id);
        }
    }
    Ok(())
}

fn filter(random: &mut Random) -> IdentificationFilter {
    let mut range = |often: usize| {
        let mut bound = || {
            let at = START + i64::try_from(random.below(5 * 24)).unwrap() * 3_600_000;
            (random.below(2) == 0).then_some(Timestamp(at))
        };
        let range = TimeRange {
            greater_than: bound(),
            greater_than_or_equal: bound(),
            less_than: bound(),
            less_than_or_equal: bound(),
        };
        (random.below(often) == 0).then_some(range)
    };
    let (created_at, updated_at) = (range(2), range(6));
    let statuses: Vec<_> = Status::iter().collect();
    let processes: Vec<_> = Process::iter().collect();
    IdentificationFilter {
        statuses: (random.below(3) == 0).then(|| random.some_of(&statuses)),
        levels: (random.below(6) == 0).then(|| random.some_of(&[Level::Expert, Level::Qes, Level::Pvid])),
        processes: (random.below(3) == 0).then(|| random.some_of(&processes)),
        reasons: (random.below(3) == 0).then(|| {
            let mut some = reasons(random);
            some.truncate(random.below(3));
            some
        }),
        created_at,
        updated_at,
    }
}

/// The groups as the test counts them.
fn counted(rows: &[Model], by: &BTreeSet<CountBy>) -> BTreeMap<Group, i64> {
    let mut groups = BTreeMap::new();
    for row in rows {
        let has = |value| by.contains(&value);
        let lists = [&row.expert_reasons, &row.qes_reasons, &row.pvid_reasons];
        let reasons: BTreeSet<Reason> =
            lists.into_iter().flatten().flat_map(|reasons| &reasons.0).copied().collect();
        let group = Group {
            day: has(CountBy::Day).then(|| row.created_at.0.div_euclid(DAY)),
            process: has(CountBy::Process).then_some(row.process),
            status: has(CountBy::Status).then_some(row.status),
            reason: None,
        };
        if reasons.is_empty() || !has(CountBy::Reason) {
            *groups.entry(group).or_default() += 1;
            continue;
        }
        for reason in reasons {
            *groups.entry(Group { reason: Some(reason), ..group.clone() }).or_default() += 1;
        }
    }
    groups
}

async fn assert_counts(app: &TestApp, caller: &Caller, filters: &IdentificationFilter) {
    let rows = filtered(&app.store, caller, filters).all(app.store.write()).await.unwrap();
    for subset in 0..1 << VALUES.len() {
        let by: BTreeSet<_> =
            (0..VALUES.len()).filter(|index| subset >> index & 1 == 1).map(|index| VALUES[index]).collect();
        let groups = counts(&app.store, caller, filters, &by).await.unwrap().unwrap();
        assert_eq!(groups, counted(&rows, &by), "{filters:?} {by:?}");
    }
}

/// The sums of the stored totals over their slots, without those that are zero.
async fn stored(app: &TestApp) -> BTreeMap<String, i64> {
    use identification_total::Column::{Day, Slot};

    let rows = identification_total::Entity::find().order_by_asc(Day).order_by_asc(Slot);
    let mut sums = BTreeMap::new();
    for row in rows.all(app.store.write()).await.unwrap() {
        let key =
            format!("{} {} {:?} {:?} {}", row.project_id, row.day, row.process, row.status, row.reasons);
        *sums.entry(key).or_default() += row.count;
    }
    sums.retain(|_, count| *count != 0);
    sums
}

async fn rebuild(app: &TestApp, project: Uuid) -> Result<()> {
    let transaction = app.store.begin().await?;
    totals::rebuild(&transaction, project).await?;
    Ok(transaction.commit().await?)
}

/// Runs the steps of several tasks at once; one of them recounts in between.
async fn run(app: &TestApp, caller: &Caller, random: &mut Random) {
    let mut users = Vec::new();
    for tags in [&["vip"][..], &[], &["vip"], &[]] {
        users.push(app.user(NewUser { tags, ..NewUser::default() }).await);
    }
    let started = std::sync::Mutex::new(Vec::new());
    let tasks: Vec<_> = (0..TASKS).map(|_| random.another()).collect();
    let tasks = tasks.into_iter().enumerate().map(|(task, mut random)| {
        let (users, started) = (&users, &started);
        async move {
            for turn in 0..STEPS {
                step(app, caller, (users, started), &mut random).await?;
                if task == 0 && turn % 10 == 5 {
                    rebuild(app, app.project).await?;
                }
            }
            Ok::<(), Error>(())
        }
    });
    try_join_all(tasks).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn counts_equal_a_count_of_the_rows_after_concurrent_changes(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let callers = [app.caller(&app.token).await, app.caller(&limited).await];
    run(&app, &callers[0], &mut random).await;
    for caller in &callers {
        assert_counts(&app, caller, &IdentificationFilter::default()).await;
        for _ in 0..25 {
            assert_counts(&app, caller, &filter(&mut random)).await;
        }
    }
    // What the changes have stored is what a count of the rows stores, and what the migration stores.
    let kept = stored(&app).await;
    assert!(kept.len() > 40, "{}", kept.len());
    rebuild(&app, app.project).await.unwrap();
    assert_eq!(stored(&app).await, kept);
    identification_total::Entity::delete_many().exec(app.store.write()).await.unwrap();
    for sql in migration::count_identifications() {
        app.store.write().execute_unprepared(&sql).await.unwrap();
    }
    assert_eq!(stored(&app).await, kept);
}

/// Erased users keep their identifications; timers and the sandbox's clock change their status.
#[rstest]
#[tokio::test]
async fn counts_follow_the_clock_and_survive_erasures(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.project_of(entity::project::Mode::Sandbox).await;
    let ask = async |query: &str| {
        let token = app.token_for(project, Permissions::all(), None).await;
        app.query_as(&token, query, json!({})).await
    };
    let user = app.user(NewUser { project: Some(project), ..NewUser::default() }).await;
    for process in ["Expert", "QES"] {
        let start = format!("startIdentification(input: {{ userId: \"{user}\", process: {process} }})");
        ask(&format!("mutation {{ {start} {{ __typename }} }}")).await;
    }
    let query = "{ identificationCounts(by: [STATUS, PROCESS]) { process status count } }";
    let count = |process: &str, status: &str| json!({ "process": process, "status": status, "count": 1 });
    let counts = async || ask(query).await["identificationCounts"].take();
    assert_eq!(counts().await, json!([count("Expert", "Started"), count("QES", "Started")]));
    // After three hours a QES has not been completed in time.
    let advanced = ask("mutation { advanceSandboxClock(input: { by: \"PT3H\" }) { __typename } }").await;
    assert_eq!(advanced["advanceSandboxClock"]["__typename"], "AdvanceSandboxClockSuccessPayload");
    assert_eq!(counts().await, json!([count("Expert", "Started"), count("QES", "Expired")]));
    let erased =
        ask(&format!("mutation {{ eraseUser(input: {{ userId: \"{user}\" }}) {{ __typename }} }}")).await;
    assert_eq!(erased["eraseUser"]["__typename"], "EraseUserSuccessPayload");
    assert_eq!(counts().await, json!([count("Expert", "Started"), count("QES", "Expired")]));
    let kept = stored(&app).await;
    rebuild(&app, project).await.unwrap();
    assert_eq!(stored(&app).await, kept);
}

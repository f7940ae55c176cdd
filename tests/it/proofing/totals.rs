//! Stored totals of requests equal a count of the rows, after any sequence of concurrent changes.

use std::sync::Mutex;

use entity::{
    Timestamp,
    proofing_request::{DeviceCheck, DocumentAuthentication},
    proofing_total,
};
use futures_util::future::try_join_all;
use rstest::rstest;
use sea_orm::{EntityTrait, Iterable, QueryOrder};
use uuid::Uuid;
use verigraph::{
    Error, Result,
    auth::{Caller, Permissions},
    clock::Clock,
    db::TimeRange,
    proofing::{
        checks::{Completion, Side},
        filter::{ProofingFilter, StateFilter},
        store::{
            self,
            steps::{self, NewProofingRequest, StartOutcome},
            totals,
        },
    },
};

use crate::harness::{Db, NewProofing, NewUser, Random, TestApp};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// 2026-01-01T00:00:00Z
const START: i64 = 1_767_225_600_000;
const TASKS: usize = 8;
const STEPS: usize = 40;

/// A time at the boundary of two days, or anywhere.
fn moment(random: &mut Random) -> i64 {
    let within = [0, 1, DAY - 1, i64::try_from(random.below(86_400_000)).unwrap()];
    START + i64::try_from(random.below(4)).unwrap() * DAY + random.one_of(&within)
}

/// Creates a request or continues one of another task; now and then a step fails after it was written.
async fn step(app: &TestApp, caller: &Caller, begun: &Mutex<Vec<Uuid>>, random: &mut Random) -> Result<()> {
    let open = begun.lock().unwrap().clone();
    match random.below(5) {
        2 | 3 if !open.is_empty() => {
            let mine = store::visible_to(&app.store, caller);
            let kept = if random.below(4) == 0 { Err(Error::Fault("no room")) } else { Ok(()) };
            let fails = kept.is_err();
            let image = (Side::Front, Timestamp(START), true);
            let id = *random.one_of(&open);
            let stepped =
                steps::image(&app.store, &app.clock, (app.project, mine, id), image, async move { kept })
                    .await;
            assert!(fails || stepped.is_ok(), "{stepped:?}");
        }
        4 if !open.is_empty() => {
            let document = *random.one_of(&DocumentAuthentication::iter().collect::<Vec<_>>());
            let score = *random.one_of(&[None, Some(79), Some(80)]);
            let outcome = Completion { document, score };
            steps::complete(&app.store, &app.clock, caller, *random.one_of(&open), outcome).await?;
        }
        _ => {
            let device = *random.one_of(&DeviceCheck::iter().collect::<Vec<_>>());
            let clock = Clock::fixed(Timestamp(moment(random)));
            let new = NewProofingRequest { device: Some(device), ..NewProofingRequest::default() };
            let StartOutcome::Started(row) = steps::start(&app.store, &clock, caller, new).await? else {
                panic!("nothing is wrong with it")
            };
            begun.lock().unwrap().push(row.id);
        }
    }
    Ok(())
}

/// Every filter by values, alone and together.
fn filters() -> Vec<ProofingFilter> {
    use entity::proofing_request::State::{Complete, Image, Init};

    let states = [Init, Image, Complete].map(|state| Some(StateFilter::Stored(state)));
    let states = || states.into_iter().chain([None, Some(StateFilter::Device)]);
    let devices = || DeviceCheck::iter().map(Some).chain([None]);
    let documents = || DocumentAuthentication::iter().map(Some).chain([None]);
    let mut all = Vec::new();
    for device_check_result in devices() {
        for state in states() {
            for document_authentication_result in documents() {
                for face_match in [None, Some(true), Some(false)] {
                    all.push(ProofingFilter {
                        request_time: None,
                        device_check_result,
                        state,
                        document_authentication_result,
                        face_match,
                    });
                }
            }
        }
    }
    all
}

async fn assert_totals(app: &TestApp, caller: &Caller, filters: &ProofingFilter) {
    let counted = app.store.count(&store::filtered(&app.store, caller, filters)).await.unwrap();
    let kept = app.store.number(&totals::counted(&app.store, caller, filters)).await.unwrap();
    assert_eq!(kept, counted, "{filters:?}");
}

async fn rows(app: &TestApp) -> Vec<proofing_total::Model> {
    use proofing_total::Column::{
        Day, DeviceCheckResult, DocumentAuthenticationResult, FaceMatch, Slot, State,
    };
    let mut rows = proofing_total::Entity::find();
    for column in [Day, DeviceCheckResult, State, DocumentAuthenticationResult, FaceMatch, Slot] {
        rows = rows.order_by_asc(column);
    }
    rows.all(app.store.write()).await.unwrap()
}

async fn rebuild(app: &TestApp) -> Result<()> {
    let transaction = app.store.begin().await?;
    totals::rebuild(&transaction, app.store.dialect(), app.project).await?;
    Ok(transaction.commit().await?)
}

#[rstest]
#[tokio::test]
async fn stored_totals_equal_a_count_after_concurrent_steps(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut random = Random::seeded();
    let caller = app.caller(&app.token).await;
    let begun = Mutex::new(Vec::new());
    let tasks: Vec<_> = (0..TASKS).map(|_| random.another()).collect();
    let tasks = tasks.into_iter().enumerate().map(|(task, mut random)| {
        let (app, caller, begun) = (&app, &caller, &begun);
        async move {
            for turn in 0..STEPS {
                step(app, caller, begun, &mut random).await?;
                // Another task rebuilds the totals in between.
                if task == 0 && turn % 10 == 5 {
                    rebuild(app).await?;
                }
            }
            Ok::<(), Error>(())
        }
    });
    try_join_all(tasks).await.unwrap();
    let all = filters();
    for filters in &all {
        assert_totals(&app, &caller, filters).await;
    }
    for _ in 0..200 {
        let mut bound = || (random.below(2) == 0).then(|| Timestamp(moment(&mut random)));
        let request_time = Some(TimeRange {
            greater_than: bound(),
            greater_than_or_equal: bound(),
            less_than: bound(),
            less_than_or_equal: bound(),
        });
        let values = random.one_of(&all).clone();
        assert_totals(&app, &caller, &ProofingFilter { request_time, ..values }).await;
        assert_totals(&app, &caller, &ProofingFilter { request_time, ..ProofingFilter::default() }).await;
    }
    rebuild(&app).await.unwrap();
    for filters in &all {
        assert_totals(&app, &caller, filters).await;
    }
}

#[rstest]
#[tokio::test]
async fn a_rolled_back_step_does_not_change_stored_totals(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let caller = app.caller(&app.token).await;
    let row = app.proofing(NewProofing::default()).await;
    let before = rows(&app).await;
    assert_eq!(before.iter().map(|total| total.count).collect::<Vec<_>>(), [1, 1]);
    let mine = store::visible_to(&app.store, &caller);
    let image = (Side::Back, row.request_time, false);
    let no_room = async { Err(Error::Fault("no room")) };
    steps::image(&app.store, &app.clock, (app.project, mine, row.id), image, no_room).await.unwrap_err();
    assert_eq!(rows(&app).await, before);
}

/// Totals are not stored by tag, so those of a tag-limited caller are counted.
#[rstest]
#[tokio::test]
async fn a_tag_limited_caller_gets_totals_of_visible_requests(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let seen = app.user(NewUser { tags: &["vip"], ..NewUser::default() }).await;
    let other = app.user(NewUser::default()).await;
    for user in [Some(seen), Some(seen), Some(other), None] {
        app.proofing(NewProofing { user, ..NewProofing::default() }).await;
    }
    let token = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    let caller = app.caller(&token).await;
    assert_eq!(
        app.store.number(&totals::counted(&app.store, &caller, &ProofingFilter::default())).await.unwrap(),
        2
    );
}

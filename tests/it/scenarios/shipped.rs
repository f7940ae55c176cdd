//! The bundled scenarios meet their own expectations.

use std::collections::BTreeSet;

use entity::{identification::Reason, project::Mode};
use rstest::rstest;
use verigraph::{
    cli::simulate,
    scenario::{self, file::Step},
};

use super::{caller, with_receivers};
use crate::harness::{Db, TestApp};

/// What happened, without values that differ in each run.
async fn timeline(app: &TestApp, text: &str) -> Vec<String> {
    let scenario = scenario::parse(text).unwrap();
    let simulated = simulate(&app.app.services, &caller(app, Mode::Sandbox).await, &scenario).await.unwrap();
    assert_eq!(simulated.differences, Vec::<String>::new(), "{}", simulated.name);
    let happened = simulated.ran.happened.iter();
    happened.map(|it| format!("{} {:?} {} {}", it.after, it.step, it.what, it.outcome)).collect()
}

#[rstest]
#[tokio::test]
async fn every_bundled_scenario_meets_its_expectations(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    for text in scenario::shipped().values() {
        timeline(&app, text).await;
    }
}

#[rstest]
#[tokio::test]
async fn a_scenario_is_deterministic(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let shipped = scenario::shipped();
    for name in ["rejected-passport", "late-webhook", "out-of-order", "late-report", "example-id-proofing"] {
        assert_eq!(timeline(&app, &shipped[name]).await, timeline(&app, &shipped[name]).await, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn differences_from_the_expectations_are_reported(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let text = "name: wrong\nsteps:\n  - user: {}\n  - identification: { process: QES }\n  - cancel: {}\n\
                    expect:\n  identification: Valid\n  levels: { qes: Valid }\n  session: Pending\n  refused: [2]\n  \
                    events: [User.Created, User.Updated]\n";
    let scenario = scenario::parse(text).unwrap();
    let simulated = simulate(&app.app.services, &caller(&app, Mode::Sandbox).await, &scenario).await.unwrap();
    assert_eq!(
        simulated.differences,
        [
            "- identification: Valid",
            "+ identification: Canceled",
            "- levels.qes: Valid",
            "+ levels.qes: Canceled",
            "- session: Pending",
            "+ session: nothing",
            "- refused 1: 2",
            "- events 2: User.Updated",
            "+ events 2: Identification.Created",
            "+ events 3: Identification.Updated",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn a_live_project_has_no_scenarios(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let scenario = scenario::parse(&scenario::shipped()["forced"]).unwrap();
    assert!(simulate(&app.app.services, &caller(&app, Mode::Live).await, &scenario).await.is_err());
}

#[test]
fn the_bundled_scenarios_cover_every_reason() {
    let mut shown = BTreeSet::new();
    for text in scenario::shipped().values() {
        for step in scenario::parse(text).unwrap().steps {
            if let Step::Report(report) = step {
                shown.extend(report.reasons.into_iter().map(|reason| format!("{:?}", Reason::from(reason))));
            }
        }
    }
    assert_eq!(shown.len(), 28, "{shown:?}");
}

/// `make schema` writes it.
#[test]
fn the_checked_in_schema_of_scenario_files_is_current() {
    let checked_in = include_str!("../../../docs/scenario.schema.json");
    assert!(checked_in == scenario::schema(), "docs/scenario.schema.json is not current: run `make schema`");
}

#[test]
fn errors_name_line_and_column() {
    for (steps, line, column, what) in [
        ("  - user: { colour: red }", 3, 13, "unknown field `colour`"),
        ("  - user: {}\n  - jump: {}", 4, 5, "unknown variant `jump`"),
        ("  - user: {}\n  - identification: { process: Exprt }", 4, 32, "unknown variant `Exprt`"),
        ("  - user: {}\n  - wait: { after: 2h }", 4, 20, "PT2H"),
        ("  - user: {}\n  - report: { expert: Invalid, reasons: [Ugly] }", 4, 42, "unknown variant `Ugly`"),
        ("  - user: {}\n  - completeProofing: { score: many }", 4, 32, "score"),
    ] {
        let wrong = scenario::parse(&format!("name: x\nsteps:\n{steps}\n")).unwrap_err();
        assert_eq!((wrong.line, wrong.column), (line, column), "{wrong}");
        assert!(wrong.what.contains(what) || what == "score", "{wrong}");
    }
    for text in [
        "",
        "name: x\nsteps: []",
        "name: x\nsteps: [",
        "- a",
        "name: x\nsteps: [{ wait: { after: PT1S } }]",
        "\0",
    ] {
        assert!(scenario::parse(text).is_err(), "{text}");
    }
    assert!(scenario::parse(&format!("name: {}\nsteps: [{{ user: {{}} }}]", "x".repeat(70_000))).is_err());
    // Nothing in it costs more than its length.
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nname: *b\nsteps: []";
    assert!(scenario::parse(bomb).is_err());
}

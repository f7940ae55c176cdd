//! Steps that name the objects that they create and those that they apply to.

use entity::project::Mode;
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{cli::simulate, scenario, user::personal::key_for};

use super::{caller, run, sandbox, with_receivers};
use crate::harness::{Db, TestApp};

const TWO: &str = "name: two\nsteps:\n  - user: { as: anna, firstName: Anna }\n  - user: { as: ben }\n  \
                   - identification: { as: first, of: anna, process: Expert }\n  \
                   - report: { of: first, expert: Pending }\n  - proofing: { as: check, of: ben }\n  - user: {}\n  \
                   - image: { of: check }\n";

#[rstest]
#[tokio::test]
async fn each_step_applies_to_the_object_that_it_names(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, token) = sandbox(&app).await;
    let ran = run(&app, &token, TWO, None).await;
    let objects = ran["objects"].as_array().unwrap();
    let id = |name: &str| objects.iter().find(|it| it["name"] == name).unwrap()["id"].as_str().unwrap();
    assert_eq!(objects.len(), 4, "{ran}");
    let what: Vec<&Value> = ran["happenings"].as_array().unwrap().iter().map(|it| &it["what"]).collect();
    assert_eq!(
        what,
        [
            "user as anna",
            "user as ben",
            "identification as first of anna",
            "report of first",
            "proofing as check of ben",
            "user",
            "image of check",
        ]
    );
    let query = format!(
        "{{ identification(id: \"{}\") {{ status user {{ id firstName }} }}
                proofingRequest(id: \"{}\") {{ state user {{ id }} }} }}",
        id("first"),
        id("check"),
    );
    assert_eq!(
        app.query_as(&token, &query, json!({})).await,
        json!({
            "identification": { "status": "Pending", "user": { "id": id("anna"), "firstName": "Anna" } },
            "proofingRequest": { "state": "IMAGE", "user": { "id": id("ben") } },
        })
    );
    // The image is sealed with the key of the user that it shows, who is not the last user created.
    let (project, row) = (app.caller(&token).await.project_id(), id("check").parse().unwrap());
    let ben = id("ben").parse().unwrap();
    let key = key_for(&app.store, &app.app.vault, project, Some(ben)).await.unwrap().unwrap();
    assert!(app.app.images.read(&key, project, row, "front").await.unwrap().is_some());
}

#[rstest]
#[tokio::test]
async fn a_difference_is_reported_by_the_name_of_its_object(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let text = format!(
        "{TWO}expect:\n  of:\n    anna: {{ events: [User.Created] }}\n    first: {{ identification: Valid, levels: {{ expert: Valid }} }}\n    check: {{ proofing: IMAGE }}\n"
    );
    let scenario = scenario::parse(&text).unwrap();
    let simulated = simulate(&app.app.services, &caller(&app, Mode::Sandbox).await, &scenario).await.unwrap();
    assert_eq!(
        simulated.differences,
        [
            "+ of.anna.events 2: Identification.Created",
            "+ of.anna.events 3: Identification.Updated",
            "- of.first.identification: Valid",
            "+ of.first.identification: Pending",
            "- of.first.levels.expert: Valid",
            "+ of.first.levels.expert: Pending",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn a_step_that_depends_on_a_rejected_step_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let text = "name: x\nsteps:\n  - user: { as: anna }\n  - user: { as: bad, birthDate: 2300-01-01 }\n  \
                    - identification: { as: its, of: bad, process: Expert }\n  - identification: { process: Expert }\n  \
                    - report: { of: its, expert: Pending }\nexpect:\n  refused: [2, 3, 5]\n  of: { its: { identification: Valid } }\n";
    let scenario = scenario::parse(text).unwrap();
    let simulated = simulate(&app.app.services, &caller(&app, Mode::Sandbox).await, &scenario).await.unwrap();
    assert_eq!(simulated.differences, ["- of.its.identification: Valid", "+ of.its.identification: nothing"]);
    let outcome = &simulated.ran.happened[2].outcome;
    assert_eq!(outcome, "`bad` does not exist: the step that creates it was rejected");
}

/// An out-of-order report is held back until the next report of the same identification.
#[rstest]
#[tokio::test]
async fn an_out_of_order_report_is_swapped_within_its_identification(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let text = "name: x\nsteps:\n  - user: {}\n  - identification: { as: one, process: Expert }\n  \
                    - user: {}\n  - identification: { as: other, process: Expert }\n  \
                    - report: { of: one, expert: Pending, outOfOrder: true }\n  - report: { of: other, expert: Pending }\n  \
                    - report: { of: one, expert: Valid }\n  - report: { of: other, expert: Valid }\n";
    let scenario = scenario::parse(text).unwrap();
    let simulated = simulate(&app.app.services, &caller(&app, Mode::Sandbox).await, &scenario).await.unwrap();
    let order: Vec<_> = simulated.ran.happened.iter().filter_map(|it| it.step).collect();
    assert_eq!(order, [1, 2, 3, 4, 6, 7, 5, 8]);
}

#[test]
fn an_undefined_name_is_rejected_with_line_and_column() {
    for (rest, line, column, what) in [
        ("  - report: { of: bob, expert: Pending }", 4, 19, "no earlier step creates `bob`"),
        ("  - report: { expert: Pending, of: anna }", 4, 36, "expected identification, but `anna` is a user"),
        (
            "  - identification: { of: later, process: Expert }\n  - user: { as: later }",
            4,
            27,
            "no earlier step creates `later`",
        ),
        ("  - user: { as: anna }", 4, 17, "an earlier step already creates `anna`"),
        ("  - user: { as: 'an na' }", 4, 17, "write a name of 1 to 64"),
        ("  - user: { as: '' }", 4, 17, "write a name of 1 to 64"),
        ("  - wait: { of: anna, after: PT1H }", 4, 13, "unknown field `of`"),
        ("expect:\n  of:\n    anna: {}\n    bob: { session: Pending }", 7, 5, "no step creates `bob`"),
        ("expect:\n  of: { anna: { session: Pending } }", 5, 9, "`anna` is a user, which has no `session`"),
        ("expect:\n  of: { anna: { colour: red } }", 5, 17, "unknown field `colour`"),
    ] {
        let wrong =
            scenario::parse(&format!("name: x\nsteps:\n  - user: {{ as: anna }}\n{rest}\n")).unwrap_err();
        assert!(wrong.what.contains(what), "{rest}: {wrong}");
        assert_eq!((wrong.line, wrong.column), (line, column), "{rest}: {wrong}");
    }
}

//! Outcomes that can be forced in Sandbox projects only.

use entity::{identification::Reason, project::Mode};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::Permissions;

use super::{id, mutate_as};
use crate::harness::{Db, TestApp};

const USER: &str = "sandboxUser { id firstName lastName allFirstNames birthDate birthCountryCCA3 nationalityCCA3 autoConsent }";
const MADE: &str = "... on CreateSandboxIdentificationSuccessPayload { sandboxIdentification { id } }";

async fn sandbox(app: &TestApp) -> String {
    let project = app.project_of(Mode::Sandbox).await;
    app.token_for(project, Permissions::all(), None).await
}

async fn level(app: &TestApp, token: &str, id: &str) -> Value {
    let document = format!(
        "{{ identification(id: \"{id}\") {{ status levels {{ expert {{ __typename
            ... on InvalidIdentificationLevelStatusInfo {{ reasons }} }} }} }} }}"
    );
    app.query_as(token, &document, json!({})).await["identification"].take()
}

#[rstest]
#[tokio::test]
async fn a_sandbox_user_has_the_given_attributes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = sandbox(&app).await;
    let fields = format!("... on CreateSandboxUserSuccessPayload {{ {USER} }}");
    let input = "firstName: \"Ada\", lastName: \"Muster\", allFirstNames: [\"Ada\", \"Augusta\"], birthDate: \"1815-12-10\",
            birthCountryCCA3: \"GBR\", nationalityCCA3: \"CHE\", autoConsent: true";
    let mut made = mutate_as(&app, &token, "createSandboxUser", input, &fields).await["sandboxUser"].take();
    let user = id(&made);
    made.as_object_mut().unwrap().remove("id");
    let expected = json!({
        "firstName": "Ada", "lastName": "Muster", "allFirstNames": ["Ada", "Augusta"], "birthDate": "1815-12-10",
        "birthCountryCCA3": "GBR", "nationalityCCA3": "CHE", "autoConsent": true,
    });
    assert_eq!(made, expected);
    let change = format!("id: \"{user}\", lastName: \"King\", autoConsent: false");
    let fields = format!("... on UpdateSandboxUserSuccessPayload {{ {USER} }}");
    let changed = mutate_as(&app, &token, "updateSandboxUser", &change, &fields).await["sandboxUser"].take();
    assert_eq!(
        (&changed["lastName"], &changed["autoConsent"], &changed["birthDate"]),
        (&json!("King"), &json!(false), &json!("1815-12-10"))
    );
    // Each credential has its own endorsed sandbox user.
    assert_eq!(
        app.query_as(&token, "{ sandboxUser { id } }", json!({})).await,
        json!({ "sandboxUser": null })
    );
    let endorse = format!("id: \"{user}\"");
    mutate_as(&app, &token, "endorseSandboxUser", &endorse, "").await;
    let seen = app
        .query_as(
            &token,
            "{ sandboxUser { lastName user { id } } sandboxUsers { totalCount edges { node { id } } } }",
            json!({}),
        )
        .await;
    let listed = json!({ "totalCount": 1, "edges": [{ "node": { "id": user } }] });
    assert_eq!(
        seen,
        json!({ "sandboxUser": { "lastName": "King", "user": { "id": user } }, "sandboxUsers": listed })
    );
    let nothing = "mutation { createSandboxUser { ... on CreateSandboxUserSuccessPayload { sandboxUser { nationalityCCA3 } } } }";
    let made = app.query_as(&token, nothing, json!({})).await;
    assert_eq!(made["createSandboxUser"]["sandboxUser"]["nationalityCCA3"], "FRA");
}

#[rstest]
#[tokio::test]
async fn every_status_and_reason_can_be_forced_from_every_status(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = sandbox(&app).await;
    let fields = "... on CreateSandboxUserSuccessPayload { sandboxUser { id } }";
    let user = id(&mutate_as(&app, &token, "createSandboxUser", "", fields).await["sandboxUser"]);
    let make = format!("userId: \"{user}\", process: Expert, levels: {{}}");
    let it = id(
        &mutate_as(&app, &token, "createSandboxIdentification", &make, MADE).await["sandboxIdentification"],
    );
    assert_eq!(level(&app, &token, &it).await["status"], "Started");
    let force = async |levels: &str, rest: &str| {
        let input = format!("identificationId: \"{it}\", levels: {{ expert: {levels} }}{rest}");
        mutate_as(&app, &token, "updateSandboxIdentification", &input, "").await["__typename"].take()
    };
    let done = "UpdateSandboxIdentificationSuccessPayload";
    let statuses = ["NotStarted", "Started", "Pending", "Valid", "Canceled", "Expired"];
    for from in statuses {
        for to in statuses {
            assert_eq!(force(from, "").await, done);
            assert_eq!(force(to, "").await, done, "{from} to {to}");
            let name = format!("{to}IdentificationLevelStatusInfo");
            assert_eq!(level(&app, &token, &it).await["levels"]["expert"]["__typename"], name.as_str());
        }
    }
    let reasons = verigraph::schema::sdl();
    let reasons =
        reasons.split("enum IdentificationInvalidReason {").nth(1).unwrap().split('}').next().unwrap();
    let reasons = reasons
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && line.chars().all(char::is_alphanumeric));
    let mut seen = 0;
    for reason in reasons {
        let make = format!(
            "userId: \"{user}\", process: Expert, levels: {{ expert: Invalid }}, errorReasons: [{reason}]"
        );
        let made = mutate_as(&app, &token, "createSandboxIdentification", &make, MADE).await;
        let is = level(&app, &token, &id(&made["sandboxIdentification"])).await;
        assert_eq!(
            (&is["status"], &is["levels"]["expert"]["reasons"]),
            (&json!("Invalid"), &json!([reason]))
        );
        seen += 1;
    }
    assert_eq!(seen, 28, "{:?}", Reason::AlteredDevice);
    assert_eq!(force("Invalid", "").await, "InvalidIdentificationErrorReasonsRejection");
    assert_eq!(
        force("Valid", ", errorReasons: [FraudDetected]").await,
        "InvalidIdentificationErrorReasonsRejection"
    );
    assert_eq!(force("NotSupported", "").await, "InvalidIdentificationLevelsRejection");
}

#[rstest]
#[tokio::test]
async fn nothing_is_forced_in_a_live_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (name, input) in [
        ("createSandboxUser", ""),
        ("updateSandboxUser", "id: \"x\""),
        ("deleteSandboxUser", "id: \"x\""),
        ("endorseSandboxUser", "id: \"x\""),
        ("createSandboxIdentification", "userId: \"x\", process: Expert, levels: {}"),
        ("updateSandboxIdentification", "identificationId: \"x\", levels: {}"),
        ("advanceSandboxClock", "by: \"PT1H\""),
    ] {
        assert_eq!(
            mutate_as(&app, &app.token, name, input, "").await["__typename"],
            "NotSandboxRejection",
            "{name}"
        );
    }
    let none = "{ sandboxUser { id } sandboxUsers { totalCount } sandboxClock { now } }";
    assert_eq!(
        app.query(none).await,
        json!({ "sandboxUser": null, "sandboxUsers": null, "sandboxClock": null })
    );
}

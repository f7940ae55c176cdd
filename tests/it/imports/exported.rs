//! An export is imported into another project, and returns the same there.

use std::collections::{BTreeMap, HashMap};

use entity::{
    identification::{Process, Reason, Reasons, Status},
    proofing_request::State,
};
use rstest::rstest;
use serde_json::Value;
use uuid::Uuid;
use verigraph::{
    document::{Fields, mrz},
    result::Scope,
    transfer::{
        Source,
        export::{self, People},
        pseudonym::Pseudonyms,
    },
};

use super::{Run, counts, is_unchanged};
use crate::harness::{
    Db, NewDocument, NewGrant, NewIdentification, NewProofing, NewSession, NewUser, TestApp,
};

async fn exported(app: &TestApp, project: Uuid, seed: Option<&str>) -> String {
    let pseudonyms = seed.map(Pseudonyms::new);
    let people = pseudonyms.as_ref().map_or(People::Real(None), People::MadeUp);
    written(app, project, people).await
}

pub async fn written(app: &TestApp, project: Uuid, people: People<'_>) -> String {
    let services = &app.app.services;
    let mut text = Vec::new();
    let mut reported = 0;
    export::write(&services.store, &services.vault, project, people, &mut text, |rows| reported += rows)
        .await
        .unwrap();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(reported, text.lines().count() as u64);
    text
}

pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Fills a project with records of every type.
pub async fn filled(app: &TestApp) {
    let user = app
        .user(NewUser {
            ref_id: Some("canary-ref"),
            tags: &["vip", "retail"],
            email: Some("canary@example.org"),
            number: Some(7),
            ..NewUser::default()
        })
        .await;
    let other = app.user(NewUser { number: Some(3), ..NewUser::default() }).await;
    let reasons = Reasons(vec![Reason::FraudDetected, Reason::BadDocumentLighting]);
    for (process, status) in
        [(Process::Qes, Status::Invalid), (Process::Expert, Status::Valid), (Process::Pvid, Status::Expired)]
    {
        app.identification(
            user,
            NewIdentification { process, status, reasons: reasons.clone(), ..Default::default() },
        )
        .await;
    }
    for (place, state) in [State::Init, State::Image, State::Complete].into_iter().enumerate() {
        let score = (state == State::Complete).then_some(88);
        app.proofing(NewProofing {
            state,
            score,
            user: Some(user).filter(|_| place > 0),
            ..Default::default()
        })
        .await;
    }
    let first = app.level(None, "Level 0", 0).await;
    let second = app.level(None, "Level 1", 1).await;
    for level in [first, second] {
        app.granted(user, level, NewGrant { reason: "Canary of the reason", ..Default::default() }).await;
    }
    app.granted(other, first, NewGrant { reason: "created", ..Default::default() }).await;
    let session = app.session(user, NewSession::default()).await;
    let fields = Fields {
        first_name: Some("CANARYFIRST".to_owned()),
        last_name: Some("CANARYLAST".to_owned()),
        address: Some("Canary Street 9".to_owned()),
        id_number: Some("CN1234567".to_owned()),
        date_of_birth: chrono::NaiveDate::from_ymd_opt(1990, 5, 17),
        mrz: vec![
            "P<UTOCANARYLAST<<CANARYFIRST<<<<<<<<<<<<<<<<".to_owned(),
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10".to_owned(),
        ],
        ..Fields::default()
    };
    let (step, kind) =
        (entity::verification_session::Step::IdDocument, Some(entity::document::Kind::Passport));
    app.document(&session, NewDocument { step, kind, fields, identification: None }).await;
    let integration = app.integration(app.project, Scope::ALL).await.integration;
    for outcome in [None, Some("VERIFIED"), Some("FAILED")] {
        app.verified(user, integration, outcome).await;
    }
}

/// The lines with every id replaced by a number, numbered in the order of their other contents.
fn comparable(text: &str, both: &str) -> BTreeMap<String, usize> {
    let all = lines(text);
    let mut names: HashMap<String, String> = HashMap::new();
    // Users are ordered by their numbers, all other records by their contents.
    // In both: data that a relying party received is not changed later.
    for line in &lines(both) {
        let name = if line["type"] == "user" {
            format!("user {}", line["number"])
        } else {
            line["type"].to_string()
        };
        if let Some(id) = line["id"].as_str() {
            names.insert(id.to_owned(), name);
        }
        if let Some(id) = line["traceId"].as_str() {
            names.insert(id.to_owned(), "trace".to_owned());
        }
    }
    let mut found = BTreeMap::new();
    for line in all {
        let mut line = line.to_string();
        for (id, name) in &names {
            line = line.replace(id.as_str(), name);
        }
        *found.entry(line).or_default() += 1;
    }
    found
}

#[rstest]
#[tokio::test]
async fn an_imported_export_exports_the_same(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    filled(&app).await;
    let first = exported(&app, app.project, None).await;
    let types = lines(&first)
        .iter()
        .map(|line| line["type"].as_str().unwrap().to_owned())
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(types.len(), 8, "{types:?}");
    let again = Run::of(&app, Source::Verigraph).import_ok(&first).await;
    assert!(is_unchanged(&again), "{again:?}");

    let mut app = app;
    app.project = app.new_project().await;
    let run = Run::of(&app, Source::Verigraph);
    let summary = run.import_ok(&first).await;
    assert_eq!(
        (counts(&summary, "user"), counts(&summary, "document"), counts(&summary, "result")),
        ((2, 0, 0), (1, 0, 0), (3, 0, 0))
    );
    let second = exported(&app, app.project, None).await;
    // The import creates a history of levels where the export had none.
    let without = |text: &str| -> String {
        lines(text)
            .into_iter()
            .map(|mut line| {
                line.as_object_mut().unwrap().remove("history");
                format!("{line}\n")
            })
            .collect()
    };
    let (first_lines, second_lines) = (without(&first), without(&second));
    let both = format!("{first_lines}{second_lines}");
    assert_eq!(comparable(&second_lines, &both), comparable(&first_lines, &both));
    assert!(is_unchanged(&run.import_ok(&first).await));
    assert!(is_unchanged(&run.import_ok(&second).await));
}

#[rstest]
#[tokio::test]
async fn pseudonyms_are_deterministic_and_contain_no_real_data(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    filled(&app).await;
    let real = exported(&app, app.project, None).await;
    let masked = exported(&app, app.project, Some("one")).await;
    assert_eq!(masked, exported(&app, app.project, Some("one")).await);
    assert_ne!(masked, exported(&app, app.project, Some("two")).await);
    for canary in [
        "canary",
        ":\"ada\"",
        "ada augusta",
        "muster",
        "zürich",
        "41791234567",
        "1990-05-17",
        "cn1234567",
        "l898902c3",
        ":\"mine\"",
        ":\"birth\"",
        ":\"preferred\"",
        "203.0.113.77",
    ] {
        assert!(real.to_lowercase().contains(canary), "{canary}");
        let found = masked.lines().find(|line| line.to_lowercase().contains(canary));
        assert_eq!(found, None, "{canary}");
    }
    for line in lines(&real) {
        for key in ["id", "traceId"] {
            let Some(id) = line[key].as_str() else { continue };
            assert!(!masked.contains(id), "{id}");
        }
    }
    let all = lines(&masked);
    let of = |kind: &str| all.iter().filter(|line| line["type"] == kind).cloned().collect::<Vec<_>>();
    let (document, user) = (&of("document")[0], of("user"));
    let user = user.iter().find(|line| line["id"] == document["user"]).unwrap();
    let upper = |value: &Value| value.as_str().unwrap().to_uppercase();
    assert_eq!(upper(&document["fields"]["firstName"]), upper(&user["personal"]["firstName"]));
    assert_eq!(document["fields"]["dateOfBirth"], user["personal"]["birthDate"]);
    let result = of("result").into_iter().find(|line| line["status"] == "VERIFIED").unwrap();
    assert_eq!(result["data"]["name"]["lastName"], user["personal"]["lastName"]);
    assert_eq!(result["data"]["phone"], user["personal"]["mobilePhoneNumber"]);
    let zone: Vec<String> = serde_json::from_value(document["fields"]["mrz"].clone()).unwrap();
    let reading = mrz::read(&zone);
    assert_eq!(reading.status, entity::document::MrzStatus::Valid, "{zone:?}");
    let given_names = reading.zone.unwrap().names.unwrap().secondary.components.concat();
    assert_eq!(given_names, upper(&user["personal"]["firstName"]));
    // The pseudonymous export can be imported like any other.
    let mut app = app;
    app.project = app.new_project().await;
    Run::of(&app, Source::Verigraph).import_ok(&masked).await;
}

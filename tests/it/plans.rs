//! Pages that a plan has written are byte for byte what the executor answers.

mod columns;
mod documents;

use entity::{
    Timestamp,
    identification::{self, Process, Status},
    proofing_request::{DeviceCheck, DocumentAuthentication, State},
    user,
};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::json;
use verigraph::auth::Permission;

use self::documents::Documents;
use crate::harness::{Db, NewGrant, NewIdentification, NewProofing, NewUser, TestApp};

/// A root field with which the library's executor resolves the whole document, field by field, and what it adds to the
/// answer.
const INTROSPECTION: (&str, &str) = ("__type(name: \"User\") { name }", ",\"__type\":{\"name\":\"User\"}}}");

/// Rows of every kind that the documents ask for.
async fn fill(app: &TestApp) {
    let ref_ids = [Some("a\"b"), None, Some("line\nbreak"), Some("Zoë 😀"), Some("plain")];
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "\"Level\" 1", 1).await];
    for (place, ref_id) in ref_ids.into_iter().enumerate() {
        let tags: &[&str] = if place == 2 { &["retail"] } else { &["vip"] };
        let id = app.user(NewUser { ref_id, tags, ..NewUser::default() }).await;
        let mut changed =
            user::ActiveModel { id: Set(id), project_id: Set(app.project), ..Default::default() };
        if place == 1 {
            changed.hold_reason = Set(Some("a \\ reason".to_owned()));
            changed.joined_at = Set(Some(Timestamp(1_700_000_000_001)));
        }
        if place == 3 {
            // The personal data of a restricted user is not returned.
            changed.status = Set(user::Status::Restricted);
        }
        changed.version = Set(i32::try_from(place).unwrap() + 1);
        user::Entity::update(changed).exec(app.store.write()).await.unwrap();
        for status in [
            Status::Started,
            Status::Pending,
            Status::Valid,
            Status::Invalid,
            Status::Expired,
            Status::Canceled,
        ] {
            let process = [Process::Expert, Process::Qes, Process::Pvid][place % 3];
            let of_user = NewIdentification { process, status, ..NewIdentification::default() };
            let id = app.identification(id, of_user).await;
            if status == Status::Valid {
                let changed = identification::ActiveModel {
                    id: Set(id),
                    project_id: Set(app.project),
                    identity_document_type: Set(Some(identification::DocumentType::Passport)),
                    expert_valid_until: Set(Some(Timestamp(1_900_000_000_000))),
                    qes_valid_until: Set(Some(Timestamp(1_900_000_000_001))),
                    pvid_valid_until: Set(Some(Timestamp(1_900_000_000_002))),
                    ..Default::default()
                };
                changed.update(app.store.write()).await.unwrap();
            }
        }
        for level in levels {
            app.granted(id, level, NewGrant { reason: "\"told\"\t\\", ..NewGrant::default() }).await;
        }
        let requests = [
            (State::Init, DeviceCheck::Deny),
            (State::Init, DeviceCheck::None),
            (State::Image, DeviceCheck::Review),
            (State::Complete, DeviceCheck::Allow),
        ];
        for (state, device) in requests {
            let is_complete = state == State::Complete;
            let request = NewProofing {
                user: (place > 1).then_some(id),
                state,
                device,
                document: is_complete.then_some(DocumentAuthentication::Passed),
                score: is_complete.then_some(93),
                ..NewProofing::default()
            };
            app.proofing(request).await;
        }
    }
}

/// How many documents are compared on each database. `PLAN_DOCUMENTS=5000` compares more.
fn count() -> usize {
    std::env::var("PLAN_DOCUMENTS").map_or(300, |count| count.parse().expect("PLAN_DOCUMENTS is a number"))
}

#[rstest]
#[tokio::test]
async fn random_pages_are_the_executors_byte_for_byte(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    fill(&app).await;
    let allowed =
        Permission::ALL.iter().copied().filter(|permission| permission.goes_with_tag_limits()).collect();
    let limited = app.token_for(app.project, allowed, Some(&["vip"])).await;
    let mut documents = Documents::seeded();
    for number in 0..count() {
        let token = if number % 3 == 0 { &limited } else { &app.token };
        let document = documents.document();
        let (introspection, answer) = INTROSPECTION;
        let form = |more: &str| document.replace("⟦⟧", more);
        let by_plan = app.post(token, &json!({ "query": form("") })).await;
        let by_executor = app.post(token, &json!({ "query": form(introspection) })).await;
        let by_executor = by_executor.text.strip_suffix(answer).map(|text| format!("{text}}}}}"));
        let by_executor = by_executor.unwrap_or_else(|| panic!("{}: {document}", by_plan.text));
        assert!(
            by_plan.text.starts_with("{\"data\":{") && !by_plan.text.contains("\"errors\""),
            "{}",
            by_plan.text
        );
        assert_eq!(by_plan.text, by_executor, "{document}");
    }
}

#[rstest]
#[tokio::test]
async fn a_number_that_does_not_fit_is_the_executors_error(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser { number: Some(1 << 40), ..NewUser::default() }).await;
    let answer =
        app.post(&app.token, &json!({ "query": "{ users { edges { node { id number } } } }" })).await;
    assert_eq!(answer.code(), "INTERNAL");
}

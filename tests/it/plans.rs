//! Pages that a plan has written are byte for byte what the executor answers.

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

use crate::harness::{Db, NewGrant, NewIdentification, NewProofing, NewUser, Random, TestApp};

/// A root field with which the library's executor resolves the whole document, field by field, and what it adds to the
/// answer.
const INTROSPECTION: (&str, &str) = ("__type(name: \"User\") { name }", ",\"__type\":{\"name\":\"User\"}}}");

const LEVEL_FORMS: &[&str] = &[
    "__typename",
    "... on ValidIdentificationLevelStatusInfo { status validUntil }",
    "... on InvalidIdentificationLevelStatusInfo { __typename reasons status }",
    "... on ExpiredIdentificationLevelStatusInfo { expiredAt }",
    "... on IdentificationLevelStatusInfo { kind: __typename }",
    "... on NotSupportedIdentificationLevelStatusInfo { none: status }",
    "... on PendingIdentificationLevelStatusInfo { pending: status }",
    "...OfInvalid",
];

/// Fields that are sealed in the row.
const PERSONAL: &[&str] = &[
    "fullName",
    "allFirstNames birthLastName",
    "preferredLastName",
    "born: birthDate",
    "birthCity birthCountry",
    "nationalityCCA3",
    "mobilePhoneNumber",
    "verifiedEmails",
    "masked { fullName birthYear }",
];

const FRAGMENTS: &str = "fragment OfInvalid on InvalidIdentificationLevelStatusInfo { why: reasons }
    fragment OfUser on User { ofUser: id number }";

/// Selections of a document, at random.
struct Documents(Random);

impl Documents {
    fn some(&mut self, forms: &[&str]) -> String {
        let chosen = self.0.some_of(forms);
        if chosen.is_empty() { forms[0].to_owned() } else { chosen.join(" ") }
    }

    fn list(&mut self, field: &str, node: &str) -> String {
        let edges = self.some(&["cursor", "__typename", "again: cursor"]);
        let more = self.some(&[
            "pageInfo { hasNextPage endCursor }",
            "totalCount",
            "pageInfo { hasPreviousPage startCursor }",
            "__typename",
        ]);
        format!("{field} {{ edges {{ {edges} node {{ {node} }} }} {more} }}")
    }

    fn level(&mut self) -> String {
        self.some(LEVEL_FORMS)
    }

    fn identification(&mut self) -> String {
        let [expert, qes, pvid] = [self.level(), self.level(), self.level()];
        let levels =
            format!("levels {{ expert {{ {expert} }} qes {{ {qes} }} other: pvid {{ {pvid} }} __typename }}");
        self.some(&[
            "id",
            "createdAt",
            "at: updatedAt",
            "version",
            "status",
            "process",
            "identityDocumentType",
            &levels,
            "user { id refId }",
            "... on Identification { inner: id }",
            "__typename",
        ])
    }

    fn verification(&mut self) -> String {
        self.some(&[
            "id",
            "number",
            "reason",
            "createdAt",
            "currentLevel { id name }",
            "previousLevel { name }",
            "actor { label }",
            "__typename",
        ])
    }

    fn proofing(&mut self) -> String {
        self.some(&[
            "id",
            "version",
            "requestTime",
            "state",
            "deviceCheckResult",
            "documentAuthenticationResult",
            "faceMatch",
            "faceMatchScore",
            "frontImageClassified",
            "frontImageUploadTime",
            "backImageClassified",
            "back: backImageUploadTime",
            "user { id }",
        ])
    }

    fn user(&mut self) -> String {
        let nodes = [self.identification(), self.verification(), self.proofing()];
        let identifications = self.list("identifications(first: 3)", &nodes[0]);
        let verifications = self.list("verifications(first: 2)", &nodes[1]);
        let requests = self.list("proofingRequests(last: 2)", &nodes[2]);
        let personal = self.some(PERSONAL);
        self.some(&[
            "id",
            "refId",
            "number",
            "version",
            "legalHoldReason",
            "status",
            "createdAt",
            "updatedAt",
            "joinedAt",
            "firstName lastName",
            &personal,
            "tags",
            "...OfUser",
            "...OfUser @skip(if: true)",
            "numberOrNone: number @include(if: false)",
            "... @include(if: true) { stateOfUser: status }",
            &identifications,
            &verifications,
            &requests,
        ])
    }

    fn document(&mut self) -> String {
        let (user, identification) = (self.user(), self.identification());
        let (verification, proofing) = (self.verification(), self.proofing());
        let lists = [
            self.list("users(first: 4)", &user),
            self.list("identifications(last: 20)", &identification),
            self.list("verifications(first: 20)", &verification),
            self.list("proofingRequests(first: 20)", &proofing),
            format!("user(id: \"a\\\"b\") {{ {user} }}"),
        ];
        let list = self.0.one_of(&lists);
        format!(
            "{{ {list} used: users(first: 1) {{ edges {{ node {{ ...OfUser identifications(first: 1) {{ edges {{ \
             node {{ levels {{ expert {{ ...OfInvalid }} }} }} }} }} }} }} }} ⟦⟧ }} {FRAGMENTS}"
        )
    }
}

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
    let mut documents = Documents(Random::seeded());
    for number in 0..count() {
        let token = if number % 3 == 0 { &limited } else { &app.token };
        let document = documents.document();
        let (introspection, answer) = INTROSPECTION;
        let form = |more: &str| document.replace("⟦⟧", more);
        let by_plan = app.post(token, &json!({ "query": form("") })).await;
        let by_executor = app.post(token, &json!({ "query": form(introspection) })).await;
        let by_executor = by_executor.text.strip_suffix(answer).map(|text| format!("{text}}}}}")).unwrap();
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

//! One table of valid and invalid persons, sent through every API that accepts personal data: all APIs accept
//! and reject the same values, and every stored value can be updated.

mod cases;

use axum::http::Method;
use entity::{project::Mode, user};
use rstest::rstest;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{auth::Permissions, transfer::Source};

use crate::{
    harness::{Db, TestApp},
    imports::Run,
    scenarios::run as run_scenario,
    sessions::{key, refused, send},
};
use cases::{bad, good};

/// An API that accepts personal data.
#[derive(Clone, Copy, Debug)]
enum Door {
    CreateUser,
    UpdateUser,
    CreateSandboxUser,
    UpdateSandboxUser,
    SessionByGraph,
    SessionByRest,
    Swan,
    Native,
    Results,
    Scenario,
}

impl Door {
    const ALL: [Self; 10] = [
        Self::CreateUser,
        Self::UpdateUser,
        Self::CreateSandboxUser,
        Self::UpdateSandboxUser,
        Self::SessionByGraph,
        Self::SessionByRest,
        Self::Swan,
        Self::Native,
        Self::Results,
        Self::Scenario,
    ];

    /// The name of a field in this API; `None` if it has no such field.
    fn name(self, field: &'static str) -> Option<&'static str> {
        let is_name = matches!(field, "firstName" | "lastName");
        match self {
            Self::CreateUser | Self::UpdateUser | Self::Swan if field == "email" => Some("verifiedEmails"),
            Self::CreateUser | Self::UpdateUser | Self::Swan => Some(field),
            Self::Native => Some(match field {
                "email" => "verifiedEmails",
                "nationalityCCA3" => "nationality",
                field => field,
            }),
            Self::CreateSandboxUser | Self::UpdateSandboxUser => match field {
                "birthCountry" => Some("birthCountryCCA3"),
                "nationalityCCA3" | "birthDate" => Some(field),
                field => is_name.then_some(field),
            },
            Self::SessionByGraph => (!matches!(field, "nationalityCCA3" | "birthCountry")).then_some(field),
            Self::SessionByRest => match field {
                "mobilePhoneNumber" => Some("phoneNumber"),
                "email" | "birthDate" => Some(field),
                field => is_name.then_some(field),
            },
            Self::Results => match field {
                "mobilePhoneNumber" => Some("phone"),
                field => is_name.then_some(field),
            },
            Self::Scenario => match field {
                "mobilePhoneNumber" => Some("phone"),
                "email" => Some("emails"),
                "nationalityCCA3" => Some("nationality"),
                "birthCountry" => None,
                field => Some(field),
            },
        }
    }

    /// Whether an error has to name the field. A scalar that cannot be parsed names its type instead, and a
    /// scenario that cannot be parsed its line.
    fn names(self, field: &str, said: &str) -> bool {
        let is_scalar =
            matches!(field, "birthDate" | "mobilePhoneNumber" | "nationalityCCA3" | "birthCountry");
        match self {
            Self::CreateUser
            | Self::UpdateUser
            | Self::CreateSandboxUser
            | Self::UpdateSandboxUser
            | Self::SessionByGraph => !is_scalar,
            Self::Scenario => said.contains("RunScenarioSuccessPayload"),
            Self::SessionByRest | Self::Swan | Self::Native | Self::Results => true,
        }
    }
}

/// A server, the credentials for its APIs, and the users to update.
struct Doors<'a> {
    app: &'a TestApp,
    key: String,
    sandbox: String,
    /// A user of the test's project, and one of its Sandbox project.
    users: [String; 2],
}

impl<'a> Doors<'a> {
    async fn of(app: &'a TestApp) -> Self {
        let project = app.project_of(Mode::Sandbox).await;
        let sandbox = app.token_for(project, Permissions::all(), None).await;
        let user = async |token: &str| {
            let new = "mutation { createUser(input: { firstName: \"Known\" }) {
                ... on CreateUserSuccessPayload { user { id } } } }";
            let made = app.query_as(token, new, json!({})).await;
            made["createUser"]["user"]["id"].as_str().unwrap().to_owned()
        };
        let users = [user(&app.token).await, user(&sandbox).await];
        Self { app, key: key(app).await, sandbox, users }
    }

    /// Whether a mutation succeeded, and its whole answer.
    async fn mutate(&self, token: &str, name: &str, input: Value) -> (bool, String) {
        let input_type = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation ($i: {input_type}!) {{ it: {name}(input: $i) {{ __typename ... on Rejection {{ message }} }} }}"
        );
        let answer = self.app.run_as(token, &query, json!({ "i": input })).await;
        let is_done =
            answer["data"]["it"]["__typename"].as_str().is_some_and(|it| it.ends_with("SuccessPayload"));
        (is_done, answer.to_string())
    }

    async fn import(&self, source: Source, value: Value) -> (bool, String) {
        let text = format!("\n{value}");
        let (_, refused) = Run::of(self.app, source).import(&text).await;
        if let Some(refused) = refused.first() {
            assert_eq!((refused.file.as_str(), refused.line), ("file", 2));
        }
        (refused.is_empty(), format!("{refused:?}"))
    }

    /// Sends a person with one field through an API, and returns whether it was accepted.
    async fn send(&self, door: Door, name: &str, value: &str) -> (bool, String) {
        let it = if matches!(name, "verifiedEmails" | "emails") { json!([value]) } else { json!(value) };
        let with = |mut object: Value| {
            object[name] = it.clone();
            object
        };
        let id = Uuid::new_v4();
        match door {
            Door::CreateUser => self.mutate(&self.app.token, "createUser", with(json!({}))).await,
            Door::UpdateUser => {
                let input = with(json!({ "userId": self.users[0] }));
                self.mutate(&self.app.token, "updateUser", input).await
            }
            Door::CreateSandboxUser => self.mutate(&self.sandbox, "createSandboxUser", with(json!({}))).await,
            Door::UpdateSandboxUser => {
                let input = with(json!({ "id": self.users[1] }));
                self.mutate(&self.sandbox, "updateSandboxUser", input).await
            }
            Door::SessionByGraph => {
                let input = json!({ "refId": id, "user": with(json!({})) });
                self.mutate(&self.app.token, "createVerificationSession", input).await
            }
            Door::SessionByRest => {
                let body = json!({ "refId": id, "user": with(json!({})) }).to_string();
                let answer = send(self.app, Method::POST, "/v2/sessions", &self.key, body).await;
                if answer.status == 200 {
                    return (true, answer.text);
                }
                let (status, message) = refused(&answer);
                assert_eq!(status, 400);
                assert!(message.contains(&format!("`user.{name}`")), "{message}");
                (false, message)
            }
            Door::Swan => {
                let user = with(json!({ "id": id, "identifications": { "edges": [] } }));
                self.import(Source::Swan, json!({ "data": { "user": user } })).await
            }
            Door::Native => {
                self.import(
                    Source::Verigraph,
                    json!({ "type": "user", "id": id, "personal": with(json!({})) }),
                )
                .await
            }
            Door::Results => {
                let data = if name == "phone" { with(json!({})) } else { json!({ "name": with(json!({})) }) };
                let result = json!({ "id": id, "traceId": Uuid::new_v4(), "verifiedAt": 1_700_000_000_000_i64,
                    "status": "VERIFIED", "scopes": ["NAME", "PHONE"], "data": data });
                self.import(Source::Results, result).await
            }
            Door::Scenario => {
                // JSON is valid YAML.
                let step = json!({ "user": with(json!({})) });
                let scenario = json!({ "name": "door", "steps": [step] }).to_string();
                let ran = run_scenario(self.app, &self.sandbox, &scenario, None).await;
                let happened = &ran["happenings"][0];
                (happened["isRefused"] == false, ran.to_string())
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn every_api_accepts_and_rejects_the_same_persons(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let doors = Doors::of(&app).await;
    for (cases, is_good) in [(good(), true), (bad(), false)] {
        for (field, value) in cases {
            for door in Door::ALL {
                let Some(name) = door.name(field) else { continue };
                let (is_taken, said) = doors.send(door, name, &value).await;
                assert_eq!(is_taken, is_good, "{door:?} {name} {value:?}: {said}");
                let is_named = said.contains(name.trim_end_matches("CCA3"));
                let is_named = is_named || !door.names(field, &said);
                assert!(is_taken || is_named, "{door:?} {value:?} is refused without {name}: {said}");
            }
        }
    }
    // A value that any API stored can be updated.
    let users = user::Entity::find().all(app.store.read()).await.unwrap();
    assert!(users.len() > 100);
    for user in users {
        let token = if user.project_id == app.project { &app.token } else { &doors.sandbox };
        let input = json!({ "userId": user.id, "birthLastName": "Later" });
        let (is_done, said) = doors.mutate(token, "updateUser", input).await;
        assert!(is_done, "{said}");
    }
}

#[rstest]
#[tokio::test]
async fn names_and_addresses_are_normalized_to_one_unicode_form(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (composed, decomposed) = ("d\u{f6}rte@example.com", "DO\u{308}RTE@example.com");
    let new = "mutation ($i: CreateUserInput!) { createUser(input: $i) {
            ... on CreateUserSuccessPayload { user { id lastName verifiedEmails } } } }";
    let input = json!({ "refId": "o\u{308}", "lastName": "Mu\u{308}ller", "verifiedEmails": [composed], "idempotencyKey": "k" });
    let made = app.query_as(&app.token, new, json!({ "i": input })).await;
    assert_eq!(made["createUser"]["user"]["lastName"], "M\u{fc}ller");
    // The same person under the same key.
    let same = json!({ "refId": "o\u{308}", "lastName": "M\u{fc}ller", "verifiedEmails": [composed], "idempotencyKey": "k" });
    assert_eq!(app.query_as(&app.token, new, json!({ "i": same })).await, made);
    for email in [composed, decomposed] {
        let query = "query ($e: [String!]) { users(filters: { verifiedEmails: $e }) { totalCount } }";
        let found = app.query_as(&app.token, query, json!({ "e": [email] })).await;
        assert_eq!(found["users"]["totalCount"], 1, "{email:?}");
    }
    // The `refId` is not personal text: it is stored byte for byte.
    let query = "query ($id: String!) { user(id: $id) { refId } }";
    let found = async |id: &str| app.query_as(&app.token, query, json!({ "id": id })).await["user"].take();
    assert_eq!(found("o\u{308}").await, json!({ "refId": "o\u{308}" }));
    assert_eq!(found("\u{f6}").await, Value::Null);
}

#[rstest]
#[tokio::test]
async fn a_birth_date_after_the_project_day_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let create = async || {
        let query = "mutation { createUser(input: { birthDate: \"2026-01-20\" }) { __typename } }";
        app.query_as(&token, query, json!({})).await["createUser"]["__typename"].take()
    };
    assert_eq!(create().await, "InvalidUserRejection");
    let advance = "mutation { advanceSandboxClock(input: { by: \"P10D\" }) { __typename } }";
    let advanced = app.query_as(&token, advance, json!({})).await;
    assert_eq!(advanced["advanceSandboxClock"]["__typename"], "AdvanceSandboxClockSuccessPayload");
    let token = app.token_for(project, Permissions::all(), None).await;
    let query = "mutation { createUser(input: { birthDate: \"2026-01-20\" }) { __typename } }";
    let made = app.query_as(&token, query, json!({})).await;
    assert_eq!(made["createUser"]["__typename"], "CreateUserSuccessPayload");
}

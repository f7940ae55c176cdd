//! Random people, and what the tests know about them by themselves.

use entity::{
    identification::{Process, Status},
    proofing_request::{DeviceCheck, DocumentAuthentication, State},
    user, verification_result,
    verification_session::{Status as Session, Step},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{auth::Permissions, document::Fields, result::Scope};

use crate::harness::{
    NewDocument, NewGrant, NewIdentification, NewProofing, NewSession, NewUser, Random, TestApp,
};

/// Tags that differ by little, or that a careless statement would not take for a name.
pub const TAGS: [&str; 6] = ["a", "A", "ä", "a'b", "%", "a,b"];
const PEOPLE: usize = 24;

pub struct Person {
    pub id: Uuid,
    pub ref_id: String,
    pub tags: Vec<&'static str>,
    pub identifications: Vec<Uuid>,
    pub number: i32,
    /// The grants, each with its level.
    pub grants: Vec<(Uuid, Uuid)>,
    pub proofings: Vec<Uuid>,
    pub sessions: Vec<Uuid>,
    pub results: Vec<Uuid>,
}

impl Person {
    /// The ids of everything that belongs to the person.
    pub fn rows(&self) -> impl Iterator<Item = Uuid> {
        let grants = self.grants.iter().map(|(id, _)| *id);
        let others = self.proofings.iter().copied().chain([self.id]);
        let others = others.chain(self.sessions.iter().copied()).chain(self.results.iter().copied());
        self.identifications.iter().copied().chain(grants).chain(others)
    }
}

/// A credential that is limited to some tags.
pub struct Limited {
    pub tags: Vec<&'static str>,
    pub token: String,
}

impl Limited {
    pub fn sees(&self, person: &Person) -> bool {
        person.tags.iter().any(|tag| self.tags.contains(tag))
    }
}

/// Times in a few milliseconds, so that many rows share one.
fn time(random: &mut Random) -> i64 {
    1_700_000_000_000 + i64::try_from(random.below(5)).unwrap()
}

fn proofing(random: &mut Random) -> NewProofing {
    let scored = random.below(2) == 0;
    NewProofing {
        state: *random.one_of(&[State::Init, State::Image, State::Complete]),
        device: *random.one_of(&[DeviceCheck::Allow, DeviceCheck::Deny, DeviceCheck::Review]),
        document: *random.one_of(&[None, Some(DocumentAuthentication::Passed)]),
        score: scored.then(|| *random.one_of(&[0, 79, 80, 100])),
        request_time: time(random),
        ..NewProofing::default()
    }
}

/// Sessions of a user, each with documents.
async fn sessions(app: &TestApp, random: &mut Random, user: Uuid) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for _ in 0..random.below(4) {
        let status = *random.one_of(&[Session::InProgress, Session::Pending, Session::Suspected]);
        let new = NewSession {
            status,
            created_at: time(random),
            updated_at: time(random),
            ..NewSession::default()
        };
        let session = app.session(user, new).await;
        for _ in 0..random.below(3) {
            let (fields, kind) = (Fields::default(), None);
            let new = NewDocument { step: Step::IdDocument, kind, fields, identification: None };
            app.document(&session, new).await;
        }
        ids.push(session.id);
    }
    ids
}

/// Results of a user.
async fn results(app: &TestApp, random: &mut Random, user: Uuid, integration: Uuid) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for _ in 0..random.below(3) {
        let id =
            app.verified(user, integration, *random.one_of(&[None, Some("VERIFIED"), Some("FAILED")])).await;
        verification_result::Entity::update_many()
            .col_expr(verification_result::Column::CreatedAt, Expr::value(time(random)))
            .filter(verification_result::Column::Id.eq(id))
            .exec(app.store.write())
            .await
            .unwrap();
        ids.push(id);
    }
    ids
}

pub async fn insert(app: &TestApp, random: &mut Random) -> Vec<Person> {
    let mut people = Vec::new();
    let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
    let integration = app.integration(app.project, &[Scope::Name]).await.integration;
    for number in 0..PEOPLE {
        let (ref_id, tags) = (format!("ref {number}"), random.some_of(&TAGS));
        let tags = if random.below(4) == 0 { Vec::new() } else { tags };
        let new = NewUser {
            ref_id: Some(&ref_id),
            tags: &tags,
            created_at: Some(time(random)),
            updated_at: Some(time(random)),
            ..NewUser::default()
        };
        let id = app.user(new).await;
        let sessions = sessions(app, random, id).await;
        let results = results(app, random, id, integration).await;
        user::Entity::update_many()
            .col_expr(user::Column::Status, Expr::value(*random.one_of(&["Active", "Deactivated", "Erased"])))
            .filter(user::Column::Id.eq(id))
            .exec(app.store.write())
            .await
            .unwrap();
        let mut identifications = Vec::new();
        for _ in 0..random.below(4) {
            let new = NewIdentification {
                process: *random.one_of(&[Process::Expert, Process::Qes, Process::Pvid]),
                status: *random.one_of(&[Status::Started, Status::Pending, Status::Valid, Status::Invalid]),
                created_at: Some(time(random)),
                updated_at: Some(time(random)),
                ..NewIdentification::default()
            };
            identifications.push(app.identification(id, new).await);
        }
        let mut grants = Vec::new();
        for step in 0..random.below(4) {
            let new = NewGrant { reason: "why", created_at: Some(time(random)), ..NewGrant::default() };
            grants.push((app.granted(id, levels[step % 2], new).await, levels[step % 2]));
        }
        let mut proofings = Vec::new();
        for _ in 0..random.below(4) {
            let new = NewProofing { user: Some(id), ..proofing(random) };
            proofings.push(app.proofing(new).await.id);
        }
        let row = user::Entity::find_by_id(id).one(app.store.write()).await.unwrap().unwrap();
        people.push(Person {
            id,
            ref_id,
            tags,
            identifications,
            number: row.number,
            grants,
            proofings,
            sessions,
            results,
        });
    }
    // Of nobody: the project's alone, so whoever is limited to tags sees none of them.
    for _ in 0..3 {
        let new = proofing(random);
        app.proofing(new).await;
    }
    people
}

/// Credentials with random limits, with the narrowest one, which sees nobody, and with the widest.
pub async fn limited(app: &TestApp, random: &mut Random) -> Vec<Limited> {
    let mut limits = vec![Vec::new(), TAGS.to_vec(), vec!["nobody's"]];
    limits.extend((0..5).map(|_| random.some_of(&TAGS)));
    let mut callers = Vec::new();
    for tags in limits {
        let token = app.token_for(app.project, Permissions::all(), Some(&tags)).await;
        callers.push(Limited { tags, token });
    }
    callers
}

/// The arguments of a list: a filter of one kind with random values, and an order.
pub struct Asked {
    pub list: &'static str,
    pub filter: String,
    pub order: String,
}

impl Asked {
    /// Every list with every kind of filter in every order.
    pub fn all(random: &mut Random, people: &[Person]) -> Vec<Self> {
        let levels: Vec<Uuid> =
            people.iter().flat_map(|person| person.grants.iter().map(|(_, level)| *level)).collect();
        let refs: Vec<_> = people.iter().map(|person| person.ref_id.clone()).collect();
        let mut all = Vec::new();
        for list in [
            "users",
            "identifications",
            "User.identifications",
            "verifications",
            "User.verifications",
            "proofingRequests",
            "User.proofingRequests",
            "verificationSessions",
            "User.verificationSessions",
            "verificationResults",
            "User.verificationResults",
        ] {
            let fields: &[&str] = match list {
                "users" => &["createdAt", "updatedAt", "number"],
                "verifications" | "User.verifications" => &["createdAt", "number"],
                "verificationResults" | "User.verificationResults" => &["createdAt"],
                "proofingRequests" | "User.proofingRequests" => &[
                    "requestTime",
                    "deviceCheckResult",
                    "state",
                    "documentAuthenticationResult",
                    "faceMatch",
                ],
                _ => &["createdAt", "updatedAt"],
            };
            for field in fields {
                for direction in ["Asc", "Desc"] {
                    for kind in 0..5 {
                        let filter = match (list, kind) {
                            (_, 0) => String::new(),
                            ("users", 1) => {
                                format!("statuses: [{}]", random.some_of(&["Active", "Erased"]).join(", "))
                            }
                            ("users", 2) => format!("tags: {}", json!(random.some_of(&TAGS))),
                            ("users", _) => format!("refIds: {}", json!(random.some_of(&refs))),
                            ("verifications" | "User.verifications", 1) => {
                                format!("levelIds: {}", json!([random.one_of(&levels)]))
                            }
                            ("verifications" | "User.verifications", 2) => {
                                format!("userId: \"{}\"", random.one_of(people).id)
                            }
                            ("verifications" | "User.verifications", 3) => {
                                format!("clientNumber: {}", random.one_of(people).number)
                            }
                            ("verifications" | "User.verifications", _) => {
                                "createdAt: { greaterThan: \"2023-11-14T22:13:20.001Z\", \
                                 lessThanOrEqual: \"2023-11-14T22:13:20.003Z\" }"
                                    .to_owned()
                            }
                            ("proofingRequests" | "User.proofingRequests", 1) => {
                                format!("state: {}", random.one_of(&["INIT", "IMAGE", "COMPLETE", "DEVICE"]))
                            }
                            ("proofingRequests" | "User.proofingRequests", 2) => {
                                format!("faceMatch: {}", random.below(2) == 0)
                            }
                            ("proofingRequests" | "User.proofingRequests", _) => {
                                "requestTime: { greaterThan: \"2023-11-14T22:13:20.001Z\" }".to_owned()
                            }
                            ("verificationSessions" | "User.verificationSessions", 1 | 2) => {
                                let statuses = random.some_of(&["in_progress", "pending", "suspected"]);
                                format!("statuses: [{}]", statuses.join(", "))
                            }
                            ("verificationSessions" | "User.verificationSessions", _) => {
                                format!("refIds: {}", json!(random.some_of(&refs)))
                            }
                            ("verificationResults" | "User.verificationResults", _) => {
                                let statuses = random.some_of(&["STARTED", "VERIFIED", "FAILED"]);
                                format!("statuses: [{}]", statuses.join(", "))
                            }
                            (_, 1) => {
                                format!("statuses: [{}]", random.some_of(&["Valid", "Started"]).join(", "))
                            }
                            (_, 2) => {
                                format!("levels: [{}]", random.some_of(&["expert", "qes", "pvid"]).join(", "))
                            }
                            (_, _) => format!("processes: [{}]", random.some_of(&["QES", "PVID"]).join(", ")),
                        };
                        let order = format!("{{ field: {field}, direction: {direction} }}");
                        all.push(Self { list, filter, order });
                    }
                }
            }
        }
        all
    }

    /// A page of the list; of `User.identifications`, that of a user.
    pub fn page(&self, user: Uuid, page: &str) -> String {
        let Self { list, filter, order } = self;
        let field = list.rsplit('.').next().unwrap();
        let rows = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } \
                      edges { cursor node { id } } }";
        let text = format!("list: {field}(filters: {{ {filter} }}, orderBy: {order}, {page}) {rows}");
        if list.contains('.') {
            format!("{{ user(id: \"{user}\") {{ {text} }} }}")
        } else {
            format!("{{ {text} }}")
        }
    }

    /// The list in an answer to [`Asked::page`].
    pub fn read(&self, mut data: Value) -> Value {
        if self.list.contains('.') { data["user"]["list"].take() } else { data["list"].take() }
    }
}

/// The ids of the rows of a page.
pub fn ids(page: &Value) -> Vec<Uuid> {
    let edges = page["edges"].as_array().unwrap_or_else(|| panic!("{page}"));
    edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap().parse().unwrap()).collect()
}

//! Random users, and what the tests know about them.

use entity::{
    identification::{Process, Status},
    proofing_request::{DeviceCheck, DocumentAuthentication, State},
    user, verification_result,
    verification_session::{Status as Session, Step},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;
use verigraph::{auth::Permissions, document::Fields, result::Scope};

use crate::harness::{
    NewDocument, NewGrant, NewIdentification, NewProofing, NewSession, NewUser, Random, TestApp,
};

/// Tags that differ slightly, or that a careless statement would not treat as a name.
pub const TAGS: [&str; 6] = ["a", "A", "ä", "a'b", "%", "a,b"];
const PEOPLE: usize = 24;

pub struct Person {
    pub id: Uuid,
    pub ref_id: String,
    pub tags: Vec<&'static str>,
    pub identifications: Vec<Uuid>,
    pub number: i64,
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

/// A tag-limited credential.
pub struct Limited {
    pub tags: Vec<&'static str>,
    pub token: String,
}

impl Limited {
    pub fn sees(&self, person: &Person) -> bool {
        person.tags.iter().any(|tag| self.tags.contains(tag))
    }
}

/// Times within a few milliseconds, so that many rows have equal ones.
fn time(random: &mut Random) -> i64 {
    1_700_000_000_000 + i64::try_from(random.below(5)).unwrap()
}

fn proofing(random: &mut Random) -> NewProofing {
    let state = *random.one_of(&[State::Init, State::Image, State::Complete]);
    let (is_complete, scored) = (state == State::Complete, random.below(2) == 0);
    NewProofing {
        state,
        device: *random.one_of(&[DeviceCheck::Allow, DeviceCheck::Deny, DeviceCheck::Review]),
        document: random.one_of(&[None, Some(DocumentAuthentication::Passed)]).filter(|_| is_complete),
        score: (is_complete && scored).then(|| *random.one_of(&[0, 79, 80, 100])),
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
        let row = user::Entity::find_by_id((id, app.project)).one(app.store.write()).await.unwrap().unwrap();
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
    // Without a user: invisible to tag-limited callers.
    for _ in 0..3 {
        let new = proofing(random);
        app.proofing(new).await;
    }
    people
}

/// Credentials with random limits, with the narrowest one, which sees no user, and with the widest.
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

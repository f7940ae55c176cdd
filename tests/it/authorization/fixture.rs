//! Objects of every type of the schema, each field of which has a value.

use entity::{
    Timestamp, credential,
    grant_policy::Level,
    identification::{self, Process, Status},
    level_change,
    proofing_request::{DocumentAuthentication, State},
    sandbox_endorsement, user,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, sea_query::Expr};
use uuid::Uuid;
use verigraph::{auth::Permissions, result::Scope};

use super::{
    documents::{self, documents},
    graph::Step,
    members, webhooks,
};
use crate::harness::{NewGrant, NewIdentification, NewProofing, NewSession, NewUser, TestApp};

/// Objects with every status of a level except `NotSupported`, which the process gives to `pvid`.
const STATUSES: [(&str, Status); 7] = [
    ("NotStarted", Status::NotStarted),
    ("Started", Status::Started),
    ("Pending", Status::Pending),
    ("Valid", Status::Valid),
    ("Invalid", Status::Invalid),
    ("Canceled", Status::Canceled),
    ("Expired", Status::Expired),
];

/// Two users, so that lists have more than one item, and an identification in every status.
pub struct Fixture {
    users: [Uuid; 2],
    identifications: Vec<(&'static str, Uuid)>,
    levels: [Uuid; 2],
    /// The grants of the first user; the second grant has a previous level.
    grants: [Uuid; 2],
    proofings: [Uuid; 2],
    image: Uuid,
    /// A result of the first user that releases everything.
    pub results: [Uuid; 2],
    integrations: [Uuid; 2],
    subscriptions: [Uuid; 2],
    event_logs: [Uuid; 2],
    sessions: [Uuid; 2],
    credential: Uuid,
    lapse: Uuid,
    audit_event: Uuid,
    membership: Uuid,
}

/// Values that depend on time: the end of a validity, the reason of a legal hold, a revoked credential.
async fn time(app: &TestApp, user: Uuid, valid: Uuid) {
    let until = Timestamp(app.clock.now().0 + 86_400_000);
    identification::Entity::update_many()
        .col_expr(identification::Column::ExpertValidUntil, Expr::value(until))
        .col_expr(identification::Column::QesValidUntil, Expr::value(until))
        .exec(app.store.write())
        .await
        .unwrap();
    user::Entity::update_many()
        .col_expr(user::Column::HoldReason, Expr::value("law"))
        .exec(app.store.write())
        .await
        .unwrap();
    for level in [Level::Expert, Level::Qes] {
        let row = level_change::Model {
            id: app.clock.new_id(),
            project_id: app.project,
            user_id: user,
            identification_id: valid,
            level,
            status: Status::Valid,
            valid_until: Some(until),
            reason: Some("why".to_owned()),
            created_at: app.clock.now(),
        };
        level_change::Entity::insert(row.into_active_model().reset_all())
            .exec(app.store.write())
            .await
            .unwrap();
    }
    documents::provider(app, valid).await;
    for input in ["level: expert, days: 10", "level: qes, untilDocumentExpires: true"] {
        app.query(&format!("mutation {{ setLevelValidity(input: {{ {input} }}) {{ __typename }} }}")).await;
    }
    app.query(
        "mutation { setRetentionPolicy(input: { dataClass: DocumentImages, days: 30 }) { __typename } }",
    )
    .await;
    let revoked = app.credential(app.project, Permissions::default(), Some(&["vip"])).await;
    verigraph::auth::credential::revoke(&app.store, &app.clock, &revoked.client_id).await.unwrap();
}

/// The ids of objects that exist without an insert: a credential, a forecast, an audit entry.
async fn nodes(app: &TestApp) -> [Uuid; 3] {
    let query = "{
        credentials(first: 1) { edges { node { id } } }
        levelForecast(first: 1, until: \"2030-01-01T00:00:00Z\") { edges { node { id } } }
        auditEvents(first: 1) { edges { node { id } } }
    }";
    let mut data = app.query(query).await;
    // On PostgreSQL the list ends before the oldest open transaction that may have written.
    for _ in 0..100 {
        if data["auditEvents"]["edges"][0].is_object() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        data = app.query(query).await;
    }
    let id = |list: &str| data[list]["edges"][0]["node"]["id"].as_str().unwrap().parse().unwrap();
    ["credentials", "levelForecast", "auditEvents"].map(id)
}

impl Fixture {
    /// Endorses the first user as the sandbox user of a credential, with consent to everything.
    pub async fn endorse(&self, app: &TestApp, credential: Uuid) {
        let (project_id, user_id) = (app.project, self.users[0]);
        let row = sandbox_endorsement::Model { actor_id: credential, project_id, user_id };
        sandbox_endorsement::Entity::insert(row.into_active_model().reset_all())
            .exec(app.store.write())
            .await
            .unwrap();
    }

    /// Sets who created the credentials, and when they were last used.
    pub async fn create_credentials(&self, app: &TestApp) {
        let used = credential::Entity::update_many()
            .col_expr(credential::Column::LastUsedAt, Expr::value(Timestamp(0)))
            .col_expr(credential::Column::CreatedByMembership, Expr::value(self.membership));
        used.exec(app.store.write()).await.unwrap();
    }

    /// The tag that both users carry.
    pub const TAG: &str = "seen";

    pub async fn insert(app: &TestApp) -> Self {
        super::lifecycle::to_sandbox(app, app.project).await;
        let index = "mutation { setNameSearch(input: { nameSearch: Index }) { __typename } }";
        app.query(index).await;
        let user = |ref_id| NewUser { ref_id: Some(ref_id), tags: &[Self::TAG], ..NewUser::default() };
        let users = [app.user(user("first")).await, app.user(user("second")).await];
        let mut identifications = Vec::new();
        for (name, status) in STATUSES {
            let new = NewIdentification { process: Process::Qes, status, ..NewIdentification::default() };
            identifications.push((name, app.identification(users[0], new).await));
        }
        user::Entity::update_many()
            .col_expr(user::Column::JoinedAt, Expr::value(Timestamp(1_700_000_000_000)))
            .exec(app.store.write())
            .await
            .unwrap();
        identification::Entity::update_many()
            .col_expr(identification::Column::IdentityDocumentType, Expr::value("Passport"))
            .exec(app.store.write())
            .await
            .unwrap();
        time(app, users[0], identifications[3].1).await;
        let levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
        let policy =
            format!("setGrantPolicy(input: {{ identificationLevel: qes, levelId: \"{}\" }})", levels[1]);
        app.query(&format!("mutation {{ {policy} {{ __typename }} }}")).await;
        let granted_by = Some(app.credential(app.project, Permissions::default(), None).await.credential);
        let new = NewGrant { reason: "created", granted_by, ..NewGrant::default() };
        let grants = [
            app.granted(users[0], levels[0], new.clone()).await,
            app.granted(users[0], levels[1], new).await,
        ];
        let proofing = NewProofing {
            user: Some(users[0]),
            state: State::Complete,
            document: Some(DocumentAuthentication::Passed),
            score: Some(90),
            ..NewProofing::default()
        };
        let proofings = [app.proofing(proofing.clone()).await.id, app.proofing(proofing).await.id];
        documents::proofing_images(app).await;
        let integrations = [
            app.integration(app.project, Scope::ALL).await.integration,
            app.integration(app.project, Scope::ALL).await.integration,
        ];
        let results = [
            app.verified(users[0], integrations[0], Some("VERIFIED")).await,
            app.verified(users[0], integrations[0], Some("VERIFIED")).await,
        ];
        let subscriptions = [webhooks::subscription(app).await, webhooks::subscription(app).await];
        let event_logs = [
            webhooks::event_log(app, subscriptions[0]).await,
            webhooks::event_log(app, subscriptions[1]).await,
        ];
        let sessions = [
            app.session(users[0], NewSession::default()).await,
            app.session(users[0], NewSession::default()).await,
        ];
        let image = documents(app, &sessions[0], identifications[0].1).await;
        let sessions = sessions.map(|session| session.id);
        let membership = members::fixture(app).await;
        members::saved_views(app).await;
        webhooks::events(app, users[0]).await;
        let [credential, lapse, audit_event] = nodes(app).await;
        Self {
            users,
            identifications,
            levels,
            grants,
            proofings,
            image,
            results,
            integrations,
            subscriptions,
            event_logs,
            sessions,
            credential,
            lapse,
            audit_event,
            membership,
        }
    }

    /// The arguments of a root field on the path to an object of a type.
    pub fn arguments(&self, way: &[Step]) -> String {
        // The type that a root field leads to; if nothing else is requested, a user.
        let next = way.get(1).map_or("User", |step| step.parent.as_str());
        // An identification with a level of the type at the end of the path.
        let wanted = way.last().and_then(|step| step.parent.strip_suffix("IdentificationLevelStatusInfo"));
        let wanted = self.identifications.iter().find(|(name, _)| Some(*name) == wanted);
        let identification = wanted.unwrap_or(&self.identifications[0]).1;
        match (way[0].name(), next) {
            ("user", _) | ("node", "User" | "Node" | "SandboxUser") => format!("(id: \"{}\")", self.users[0]),
            ("identification", _) | ("node", "Identification") => format!("(id: \"{identification}\")"),
            ("verification", _) | ("node", "Verification") => format!("(id: \"{}\")", self.grants[1]),
            ("node", "VerificationLevel") => format!("(id: \"{}\")", self.levels[1]),
            ("nodes", "Verification") => format!("(ids: [\"{}\", \"{}\"])", self.grants[1], self.grants[0]),
            ("nodes", "VerificationLevel") => {
                format!("(ids: [\"{}\", \"{}\"])", self.levels[0], self.levels[1])
            }
            ("documentImage", _) => format!("(id: \"{}\")", self.image),
            ("proofingRequest", _) | ("node", "ProofingRequest") => {
                format!("(id: \"{}\")", self.proofings[0])
            }
            ("nodes", "ProofingRequest") => {
                format!("(ids: [\"{}\", \"{}\"])", self.proofings[0], self.proofings[1])
            }
            ("verificationResult", _) | ("node", "VerificationResult") => {
                format!("(id: \"{}\")", self.results[0])
            }
            ("nodes", "VerificationResult") => {
                format!("(ids: [\"{}\", \"{}\"])", self.results[0], self.results[1])
            }
            ("node", "Integration") => format!("(id: \"{}\")", self.integrations[0]),
            ("nodes", "Integration") => {
                format!("(ids: [\"{}\", \"{}\"])", self.integrations[0], self.integrations[1])
            }
            ("webhookSubscription", _) | ("node", "WebhookSubscription") => {
                format!("(id: \"{}\")", self.subscriptions[0])
            }
            ("webhookEventLog", _) | ("node", "WebhookEventLog") => {
                format!("(id: \"{}\")", self.event_logs[0])
            }
            ("nodes", "WebhookSubscription") => {
                format!("(ids: [\"{}\", \"{}\"])", self.subscriptions[0], self.subscriptions[1])
            }
            ("nodes", "WebhookEventLog") => {
                format!("(ids: [\"{}\", \"{}\"])", self.event_logs[0], self.event_logs[1])
            }
            ("verificationSession", _) | ("node", "VerificationSession") => {
                format!("(id: \"{}\")", self.sessions[0])
            }
            ("nodes", "VerificationSession") => {
                format!("(ids: [\"{}\", \"{}\"])", self.sessions[0], self.sessions[1])
            }
            ("node", "Credential") => format!("(id: \"{}\")", self.credential),
            ("nodes", "Credential") => format!("(ids: [\"{}\"])", self.credential),
            ("node", "LevelLapse") => format!("(id: \"{}\")", self.lapse),
            ("nodes", "LevelLapse") => format!("(ids: [\"{}\"])", self.lapse),
            ("node", "Membership") => format!("(id: \"{}\")", self.membership),
            ("nodes", "Membership") => format!("(ids: [\"{}\"])", self.membership),
            // A number, so that no name is opened.
            ("userSearch", _) => "(search: { text: \"1\" })".to_owned(),
            ("node", "AuditEvent") => format!("(id: \"{}\")", self.audit_event),
            ("nodes", "AuditEvent") => format!("(ids: [\"{}\"])", self.audit_event),
            // The id of a sandbox user finds only the user.
            ("nodes", "SandboxUser") => format!("(ids: [\"{}\"])", self.users[0]),
            ("nodes", "User") => format!("(ids: [\"{}\", \"{}\"])", self.users[0], self.users[1]),
            ("nodes", "Node") => format!("(ids: [\"{}\", \"{identification}\"])", self.users[0]),
            ("nodes", "Identification") => {
                format!("(ids: [\"{identification}\", \"{}\"])", self.identifications[1].1)
            }
            ("identificationCounts", _) => "(by: [DAY, PROCESS, STATUS, REASON])".to_owned(),
            ("proofingRequestCounts", _) => "(by: [DAY, DEVICE, STATE, DOCUMENT, FACE])".to_owned(),
            ("levelForecast", _) => "(until: \"2030-01-01T00:00:00Z\")".to_owned(),
            _ => String::new(),
        }
    }
}

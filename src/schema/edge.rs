use async_graphql::Interface;

use crate::{
    audit::graphql::AuditEvent,
    event::graphql::Event,
    graphql::Edge,
    identification::graphql::Identification,
    level::graphql::LevelLapse,
    member::graphql::Membership,
    project::graphql::Credential,
    proofing::graphql::ProofingRequest,
    result::graphql::{Integration, VerificationResult},
    sandbox::graphql::SandboxUser,
    session::graphql::VerificationSession,
    user::graphql::User,
    verification::graphql::Verification,
    webhook::graphql::{WebhookEventLog, WebhookSubscription},
};

/// Common interface of the edges of all connections.
#[derive(Interface)]
#[graphql(name = "Edge", field(name = "cursor", ty = "String", desc = "Cursor of the item in its list."))]
pub enum AnyEdge {
    User(Edge<User>),
    Identification(Edge<Identification>),
    Verification(Edge<Verification>),
    ProofingRequest(Edge<ProofingRequest>),
    VerificationResult(Edge<VerificationResult>),
    Integration(Edge<Integration>),
    WebhookSubscription(Edge<WebhookSubscription>),
    WebhookEventLog(Edge<WebhookEventLog>),
    VerificationSession(Edge<VerificationSession>),
    Credential(Edge<Credential>),
    Membership(Edge<Membership>),
    LevelLapse(Edge<LevelLapse>),
    AuditEvent(Edge<AuditEvent>),
    Event(Edge<Event>),
    SandboxUser(Edge<SandboxUser>),
}

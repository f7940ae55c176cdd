use std::collections::HashMap;

use async_graphql::{Context, ID, Interface, Object};
use futures_util::future::try_join_all;
use uuid::Uuid;

use crate::{
    Result,
    audit::{
        self,
        graphql::{AuditEvent, AuditEventById},
    },
    auth::{Caller, Permission, credential},
    db::Store,
    graphql::{
        ContextExt,
        loader::{Batched, load},
    },
    identification::{
        self,
        graphql::{Identification, IdentificationById},
    },
    level::{
        self,
        graphql::{LevelLapse, LevelLapseById},
    },
    member::{
        self,
        graphql::{Membership, MembershipById},
    },
    project::graphql::Credential,
    proofing::{
        self,
        graphql::{ProofingRequest, ProofingRequestById},
    },
    result::{
        self,
        graphql::{Integration, IntegrationById, ResultById, VerificationResult},
        integration,
    },
    sandbox::graphql::SandboxUser,
    session::{
        self,
        graphql::{VerificationSession, VerificationSessionById},
    },
    user::{
        self,
        graphql::{User, UserById},
    },
    verification::{
        self,
        graphql::{CredentialById, Verification, VerificationById, VerificationLevel, level_by_id},
    },
    webhook::{
        self,
        graphql::{WebhookEventLog, WebhookEventLogById, WebhookSubscription, WebhookSubscriptionById},
    },
};

/// An object with a globally unique id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Id of the object, unique across all types."))]
pub enum Node {
    User(User),
    Identification(Identification),
    Verification(Verification),
    VerificationLevel(VerificationLevel),
    ProofingRequest(ProofingRequest),
    VerificationResult(VerificationResult),
    Integration(Integration),
    WebhookSubscription(WebhookSubscription),
    WebhookEventLog(WebhookEventLog),
    VerificationSession(VerificationSession),
    Credential(Credential),
    Membership(Membership),
    AuditEvent(AuditEvent),
    LevelLapse(LevelLapse),
    /// Never returned by `node`, because its id is the id of the `User`.
    SandboxUser(SandboxUser),
}

/// Types that `node` can return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    User,
    Identification,
    Verification,
    VerificationLevel,
    ProofingRequest,
    VerificationResult,
    Integration,
    WebhookSubscription,
    WebhookEventLog,
    VerificationSession,
    Credential,
    Membership,
    AuditEvent,
    LevelLapse,
}

/// Loader key: the type of the object with an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KindOf(pub Uuid);

impl Batched for KindOf {
    type Value = NodeKind;

    /// One statement over all types that the caller may read. Objects of other types are not found.
    async fn batch(keys: &[Self], store: &Store, caller: &Caller) -> Result<HashMap<Self, NodeKind>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let mut kinds = Vec::new();
        if caller.holds(Permission::UsersView) {
            kinds.push((NodeKind::User, user::store::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::IdentificationsView) {
            kinds.push((NodeKind::Identification, identification::store::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::VerificationsView) {
            kinds.push((NodeKind::Verification, verification::store::ids_among(store, caller, &ids)));
            let levels = verification::store::level_ids_among(store, caller, &ids);
            kinds.push((NodeKind::VerificationLevel, levels));
        }
        if caller.holds(Permission::IdproofingView) {
            kinds.push((NodeKind::ProofingRequest, proofing::store::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::ResultsView) {
            kinds.push((NodeKind::VerificationResult, result::store::ids_among(store, caller, &ids)));
            kinds.push((NodeKind::Integration, integration::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::WebhooksView) {
            kinds.push((NodeKind::WebhookSubscription, webhook::store::ids_among(store, caller, &ids)));
            let logs = webhook::store::delivery_ids_among(store, caller, &ids);
            kinds.push((NodeKind::WebhookEventLog, logs));
        }
        if caller.holds(Permission::SessionsView) {
            kinds.push((NodeKind::VerificationSession, session::store::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::CredentialsManage) {
            kinds.push((NodeKind::Credential, credential::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::MembersView) {
            kinds.push((NodeKind::Membership, member::store::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::AuditView) {
            kinds.push((NodeKind::AuditEvent, audit::store::ids_among(store, caller, &ids)));
        }
        if caller.holds(Permission::IdentificationsView) {
            kinds.push((NodeKind::LevelLapse, level::store::lapse_ids_among(store, caller, &ids)));
        }
        let found = store.which(kinds).await?;
        Ok(found.into_iter().map(|(id, kind)| (Self(id), kind)).collect())
    }
}

/// Query fields that return objects of any type.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with the given id, of any type. Null if the id is malformed, unknown or not visible to the
    /// token.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the object.")] id: ID,
    ) -> Result<Option<Node>> {
        find(ctx, &id).await
    }

    /// The objects with the given ids, in the same order, with null for each id that is malformed, unknown or
    /// not visible to the token.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids of the objects, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        try_join_all(ids.iter().map(|id| find(ctx, id))).await
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
    let Some(kind) = load(ctx, KindOf(id)).await? else { return Ok(None) };
    Ok(match kind {
        NodeKind::User => load(ctx, UserById(id)).await?.map(|row| Node::User(User::from(row))),
        NodeKind::Identification => {
            load(ctx, IdentificationById(id)).await?.map(|row| Node::Identification(Identification(row)))
        }
        NodeKind::Verification => {
            load(ctx, VerificationById(id)).await?.map(|row| Node::Verification(Verification::from(row)))
        }
        NodeKind::VerificationLevel => level_by_id(ctx.request()?, id)
            .await?
            .map(|row| Node::VerificationLevel(VerificationLevel::from(row))),
        NodeKind::VerificationResult => {
            load(ctx, ResultById(id)).await?.map(|row| Node::VerificationResult(VerificationResult(row)))
        }
        NodeKind::Integration => {
            load(ctx, IntegrationById(id)).await?.map(|row| Node::Integration(Integration(row)))
        }
        NodeKind::ProofingRequest => {
            load(ctx, ProofingRequestById(id)).await?.map(|row| Node::ProofingRequest(ProofingRequest(row)))
        }
        NodeKind::WebhookSubscription => {
            let row = load(ctx, WebhookSubscriptionById(id)).await?;
            row.map(|row| Node::WebhookSubscription(WebhookSubscription(row)))
        }
        NodeKind::WebhookEventLog => {
            load(ctx, WebhookEventLogById(id)).await?.map(|row| Node::WebhookEventLog(WebhookEventLog(row)))
        }
        NodeKind::Credential => {
            load(ctx, CredentialById(id)).await?.map(|row| Node::Credential(Credential::from(row)))
        }
        NodeKind::Membership => {
            load(ctx, MembershipById(id)).await?.map(|row| Node::Membership(Membership(row)))
        }
        NodeKind::AuditEvent => {
            load(ctx, AuditEventById(id)).await?.map(|row| Node::AuditEvent(AuditEvent(row)))
        }
        NodeKind::LevelLapse => {
            load(ctx, LevelLapseById(id)).await?.map(|row| Node::LevelLapse(LevelLapse(row)))
        }
        NodeKind::VerificationSession => load(ctx, VerificationSessionById(id))
            .await?
            .map(|row| Node::VerificationSession(VerificationSession(row))),
    })
}

use async_graphql::{Context, ID, Subscription as Root};
use futures_util::stream;
use uuid::Uuid;

use super::DeliveredEvent;
use crate::{
    Result,
    event::graphql::Event,
    graphql::{ContextExt, loader::Batched},
    identification::graphql::{Identification, IdentificationById},
    proofing::graphql::{ProofingRequest, ProofingRequestById},
    session::graphql::{VerificationSession, VerificationSessionById},
    user::graphql::UserById,
    verification::graphql::{Verification, VerificationById},
};

/// Result of one event: an object, or none.
type OptionalItem<T> = stream::Iter<std::option::IntoIter<Option<T>>>;

/// The root of all subscriptions. A document runs for one event, which [`EventFilter`](super::EventFilter) has
/// matched by the field and its arguments; the field loads the object.
#[derive(Default)]
pub struct Subscription;

/// Events that are sent as they occur, over a WebSocket (`graphql-transport-ws`). A subscription receives
/// events of the token's project that are visible to the token. If the token has tag limits, it receives
/// events of users that have one of the tags.
#[Root]
impl Subscription {
    /// An identification was started or changed. Returns its present state.
    async fn identification_updated(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Send only identifications of the user with this id. Default: all users.")]
        user_id: Option<ID>,
    ) -> Result<OptionalItem<Identification>> {
        // The filter has applied it.
        let _ = user_id;
        object(ctx, IdentificationById, Identification).await
    }

    /// A proofing request was started or changed. Returns its present state.
    async fn proofing_request_updated(&self, ctx: &Context<'_>) -> Result<OptionalItem<ProofingRequest>> {
        object(ctx, ProofingRequestById, ProofingRequest).await
    }

    /// A verification level was granted. Returns the grant.
    async fn verification_granted(&self, ctx: &Context<'_>) -> Result<OptionalItem<Verification>> {
        object(ctx, VerificationById, Verification::from).await
    }

    /// A verification session was started or changed, or received a document. Returns its present state.
    async fn verification_session_updated(
        &self,
        ctx: &Context<'_>,
    ) -> Result<OptionalItem<VerificationSession>> {
        object(ctx, VerificationSessionById, VerificationSession).await
    }

    /// An event occurred: its type, time and resource. Only events about types of objects that the token may
    /// read are sent.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Send only events of these types, out of `webhookEventTypes`. Default: all types that \
                          the token may receive."
        )]
        types: Option<Vec<String>>,
    ) -> Result<OptionalItem<Event>> {
        // The filter has applied it.
        let _ = types;
        let caller = ctx.caller()?;
        let delivered = DeliveredEvent::of(ctx)?;
        let event = &delivered.event;
        let is_visible = match (caller.tag_limits(), event.user_id) {
            (None, _) => event.project_id == caller.project_id(),
            // Events about no user are sent only to tokens that see the whole project.
            (Some(_), None) => false,
            (Some(_), Some(user)) => delivered.find(ctx, UserById(user)).await?.is_some(),
        };
        Ok(if is_visible { item(Event(event.clone())) } else { nothing() })
    }
}

/// Loads the object of the event, if the caller may see it.
async fn object<K: Batched, T>(
    ctx: &Context<'_>,
    key: impl FnOnce(Uuid) -> K,
    shown: impl FnOnce(K::Value) -> T,
) -> Result<OptionalItem<T>> {
    let delivered = DeliveredEvent::of(ctx)?;
    let found = delivered.find(ctx, key(delivered.event.resource_id)).await?;
    Ok(found.map_or_else(nothing, |row| item(shown(row))))
}

fn item<T>(object: T) -> OptionalItem<T> {
    stream::iter(Some(Some(object)))
}

fn nothing<T>() -> OptionalItem<T> {
    stream::iter(None)
}

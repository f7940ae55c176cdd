use async_graphql::{Context, ID, Subscription as Root};
use futures_util::stream;
use uuid::Uuid;

use super::{Event, Interest, Turn};
use crate::{
    Error, Result,
    auth::Caller,
    event::Kind,
    graphql::{ContextExt, loader::Batched},
    identification::graphql::{Identification, IdentificationById},
    proofing::graphql::{ProofingRequest, ProofingRequestById},
    session::graphql::{VerificationSession, VerificationSessionById},
    user::graphql::UserById,
    verification::graphql::{Verification, VerificationById},
};

/// Result of one event: an object, or none.
type OptionalItem<T> = stream::Iter<std::option::IntoIter<Option<T>>>;

/// The root of all subscriptions.
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
        let user = user_id.map(|id| Uuid::try_parse(&id)).transpose();
        let user = user.map_err(|_| Error::argument("userId", "must be a UUID"))?;
        let kinds = vec![Kind::IdentificationCreated, Kind::IdentificationUpdated];
        let interest = Interest { kinds, user };
        object(ctx, interest, IdentificationById, Identification).await
    }

    /// A proofing request was started or changed. Returns its present state.
    async fn proofing_request_updated(&self, ctx: &Context<'_>) -> Result<OptionalItem<ProofingRequest>> {
        let kinds = vec![Kind::ProofingRequestCreated, Kind::ProofingRequestUpdated];
        object(ctx, Interest { kinds, user: None }, ProofingRequestById, ProofingRequest).await
    }

    /// A verification level was granted. Returns the grant.
    async fn verification_granted(&self, ctx: &Context<'_>) -> Result<OptionalItem<Verification>> {
        let kinds = vec![Kind::VerificationGranted];
        object(ctx, Interest { kinds, user: None }, VerificationById, Verification).await
    }

    /// A verification session was started or changed, or received a document. Returns its present state.
    async fn verification_session_updated(
        &self,
        ctx: &Context<'_>,
    ) -> Result<OptionalItem<VerificationSession>> {
        let kinds = vec![
            Kind::VerificationSessionCreated,
            Kind::VerificationSessionUpdated,
            Kind::VerificationSessionCompleted,
        ];
        object(ctx, Interest { kinds, user: None }, VerificationSessionById, VerificationSession).await
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
        let request = ctx.request()?;
        let turn = Turn::of(ctx)?;
        let interest = Interest { kinds: kinds(&request.caller, types)?, user: None };
        let Some(occasion) = turn.event(interest) else { return Ok(nothing()) };
        let event = &occasion.event;
        let is_visible = match (request.caller.tag_limits(), event.user_id) {
            (None, _) => event.project_id == request.caller.project_id(),
            // Events about no user are sent only to tokens that see the whole project.
            (Some(_), None) => false,
            (Some(_), Some(user)) => occasion.find(ctx, UserById(user)).await?.is_some(),
        };
        Ok(if is_visible { item(Event(event.clone())) } else { nothing() })
    }
}

/// Loads the object of an event, if the subscription waits for the event and the caller may see the object.
async fn object<K: Batched, T>(
    ctx: &Context<'_>,
    interest: Interest,
    key: impl FnOnce(Uuid) -> K,
    shown: impl FnOnce(K::Value) -> T,
) -> Result<OptionalItem<T>> {
    let Some(occasion) = Turn::of(ctx)?.event(interest) else { return Ok(nothing()) };
    let found = occasion.find(ctx, key(occasion.event.resource_id)).await?;
    Ok(found.map_or_else(nothing, |row| item(shown(row))))
}

/// Returns the event types with these names, or all that the caller may receive.
fn kinds(caller: &Caller, types: Option<Vec<String>>) -> Result<Vec<Kind>> {
    let all = Kind::ALL.iter().copied().filter(|kind| kind.can_be_subscribed());
    let allowed = |kind: &Kind| match kind.needs() {
        Some(permission) if !caller.holds(permission) => Err(Error::Forbidden(permission)),
        Some(_) => Ok(*kind),
        None => Err(Error::Fault("an event type of subscriptions needs no permission")),
    };
    let Some(types) = types else {
        let (may, mut may_not): (Vec<_>, Vec<_>) = all.map(|kind| allowed(&kind)).partition(Result::is_ok);
        return if may.is_empty() {
            may_not.swap_remove(0).map(|kind| vec![kind])
        } else {
            may.into_iter().collect()
        };
    };
    if types.is_empty() {
        return Err(Error::argument("types", "set at least one event type, or omit `types`"));
    }
    let all: Vec<Kind> = all.collect();
    let named = |name: &String| {
        let kind = all.iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| {
            Error::argument("types", format!("unknown event type `{name}`: see `webhookEventTypes`"))
        })
    };
    types.iter().map(|name| allowed(named(name)?)).collect()
}

fn item<T>(object: T) -> OptionalItem<T> {
    stream::iter(Some(Some(object)))
}

fn nothing<T>() -> OptionalItem<T> {
    stream::iter(None)
}

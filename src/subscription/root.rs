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

/// What one event tells a subscriber: an object, or nothing.
type OptionalItem<T> = stream::Iter<std::option::IntoIter<Option<T>>>;

/// Where every subscription starts.
#[derive(Default)]
pub struct Subscription;

/// What you are told as it happens, over a WebSocket (`graphql-transport-ws`). You are told of what you may see: of your
/// project, and if your token is limited to tags, of users that carry one of them.
#[Root]
impl Subscription {
    /// An identification was begun or changed: the identification as it is now.
    async fn identification_updated(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only identifications of the user with this id. Left out: of all users.")]
        user_id: Option<ID>,
    ) -> Result<OptionalItem<Identification>> {
        let user = user_id.map(|id| Uuid::try_parse(&id)).transpose();
        let user = user.map_err(|_| Error::argument("userId", "this is not an id"))?;
        let kinds = vec![Kind::IdentificationCreated, Kind::IdentificationUpdated];
        let interest = Interest { kinds, user };
        object(ctx, interest, IdentificationById, Identification).await
    }

    /// A proofing request was begun or changed: the request as it is now.
    async fn proofing_request_updated(&self, ctx: &Context<'_>) -> Result<OptionalItem<ProofingRequest>> {
        let kinds = vec![Kind::ProofingRequestCreated, Kind::ProofingRequestUpdated];
        object(ctx, Interest { kinds, user: None }, ProofingRequestById, ProofingRequest).await
    }

    /// A verification level was granted: the grant.
    async fn verification_granted(&self, ctx: &Context<'_>) -> Result<OptionalItem<Verification>> {
        let kinds = vec![Kind::VerificationGranted];
        object(ctx, Interest { kinds, user: None }, VerificationById, Verification).await
    }

    /// A verification session was begun, filled or ended: the session as it is now.
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

    /// Something happened: what, when and to which object. You are told of those kinds of objects that you may read.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only events of these names, out of `webhookEventTypes`. Left out: all that you may \
                          be told of."
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
            // What is about nobody is the project's alone.
            (Some(_), None) => false,
            (Some(_), Some(user)) => occasion.find(ctx, UserById(user)).await?.is_some(),
        };
        Ok(if is_visible { told(Event(event.clone())) } else { nothing() })
    }
}

/// The object that an event happened to, if a subscription waits for it and may see it.
async fn object<K: Batched, T>(
    ctx: &Context<'_>,
    interest: Interest,
    key: impl FnOnce(Uuid) -> K,
    shown: impl FnOnce(K::Value) -> T,
) -> Result<OptionalItem<T>> {
    let Some(occasion) = Turn::of(ctx)?.event(interest) else { return Ok(nothing()) };
    let found = occasion.find(ctx, key(occasion.event.resource_id)).await?;
    Ok(found.map_or_else(nothing, |row| told(shown(row))))
}

/// The kinds of these names, or all that a caller may be told of.
fn kinds(caller: &Caller, types: Option<Vec<String>>) -> Result<Vec<Kind>> {
    let all = Kind::ALL.into_iter().filter(|kind| kind.can_be_subscribed());
    let allowed = |kind: &Kind| match kind.needs() {
        Some(permission) if !caller.holds(permission) => Err(Error::Forbidden(permission)),
        Some(_) => Ok(*kind),
        None => Err(Error::Fault("an event that subscriptions are told of needs no permission")),
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
        return Err(Error::argument("types", "name at least one event, or leave it out"));
    }
    let all: Vec<Kind> = all.collect();
    let named = |name: &String| {
        let kind = all.iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| {
            Error::argument("types", format!("there is no event `{name}`: see webhookEventTypes"))
        })
    };
    types.iter().map(|name| allowed(named(name)?)).collect()
}

fn told<T>(object: T) -> OptionalItem<T> {
    stream::iter(Some(Some(object)))
}

fn nothing<T>() -> OptionalItem<T> {
    stream::iter(None)
}

//! Changes to subscriptions and their deliveries on behalf of a caller, each in its own transaction.

use entity::{
    credential::Strings,
    project, webhook_delivery as delivery,
    webhook_subscription::{BodyKind, Column, Entity, Model, Status},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::LockType,
};
use uuid::Uuid;

use super::{visible_deliveries, visible_to};
use crate::{
    Error, Result,
    audit::{self, Action, Entry},
    auth::Caller,
    clock::Clock,
    crypto::Vault,
    db::{Store, Transaction},
    idempotency::{self, IdempotencyKey, KeyState},
    op_context::OpContext,
    webhook::secret::{CURRENT, PREVIOUS, Secret},
};

/// Seconds for which deliveries are also signed with the previous secret after a rotation.
pub const BOTH_SECRETS: i64 = 24 * 60 * 60;
/// Maximum number of attempts at a change whose idempotency key another request uses at the same moment.
const TRIES: usize = 3;

/// A subscription to create.
#[derive(Clone, Debug)]
pub struct NewSubscription {
    pub label: String,
    pub endpoint: String,
    pub body_kind: BodyKind,
    pub event_types: Vec<String>,
    pub status: Status,
    /// Default: the server generates a secret.
    pub secret: Option<Secret>,
    /// Maximum number of subscriptions per project.
    pub most: u64,
    pub key: Option<IdempotencyKey>,
}

/// Outcome of creating a subscription.
#[derive(Clone, Debug)]
pub enum AddOutcome {
    /// The subscription, with its secret if the server generated it.
    Done(Model, Option<Secret>),
    /// The project has its maximum number of subscriptions.
    TooMany,
    KeyReused,
}

/// Creates a subscription.
pub async fn add(
    store: &Store,
    vault: &Vault,
    caller: &Caller,
    clock: &Clock,
    new: &NewSubscription,
) -> Result<AddOutcome> {
    for _ in 0..TRIES {
        if let Some(added) = try_to_add(store, vault, caller, clock, new).await? {
            return Ok(added);
        }
    }
    Err(Error::Fault("an idempotency key is in use but was not found"))
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_add(
    store: &Store,
    vault: &Vault,
    caller: &Caller,
    clock: &Clock,
    new: &NewSubscription,
) -> Result<Option<AddOutcome>> {
    let project = caller.project_id();
    let keys = vault.project(project).await?;
    let transaction = store.begin().await?;
    match idempotency::find(&transaction, caller, clock, new.key.as_ref()).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(AddOutcome::KeyReused)),
        KeyState::Used(id) => {
            let Some(row) = visible_to(caller).filter(Column::Id.eq(id)).one(&transaction).await? else {
                return Ok(Some(AddOutcome::KeyReused));
            };
            // Return the secret again, since the first response may have been lost. A later secret was shown
            // to another request only.
            let is_first = new.secret.is_none() && row.previous_secret.is_none();
            let secret = Secret::open(keys.common(), project, id, CURRENT, &row.secret)?;
            return Ok(Some(AddOutcome::Done(row, is_first.then_some(secret))));
        }
    }
    // Of two concurrent requests at the limit, the second waits. Inserts that only reference the project do
    // not.
    let only = project::Entity::find_by_id(project).select_only().column(project::Column::Id);
    only.lock(LockType::NoKeyUpdate).into_tuple::<Uuid>().one(&transaction).await?;
    if visible_to(caller).count(&transaction).await? >= new.most {
        // Roll back now: a dropped transaction keeps the project locked for as long as the pool takes to roll
        // back.
        transaction.rollback().await?;
        return Ok(Some(AddOutcome::TooMany));
    }
    let (id, now) = (clock.new_id(), clock.now());
    let generated = if new.secret.is_none() { Some(Secret::random()?) } else { None };
    let Some(secret) = generated.as_ref().or(new.secret.as_ref()) else {
        return Err(Error::Fault("a subscription has no secret"));
    };
    let row = Model {
        id,
        project_id: project,
        label: new.label.clone(),
        endpoint: new.endpoint.clone(),
        body_kind: new.body_kind,
        event_types: Strings(new.event_types.clone()),
        status: new.status,
        secret: secret.seal(keys.common(), project, id, CURRENT)?,
        previous_secret: None,
        previous_secret_until: None,
        consecutive_failures: 0,
        failing_since: None,
        paused_until: None,
        created_at: now,
        updated_at: now,
    };
    let insert = Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(&transaction).await?;
    if !idempotency::remember(&transaction, caller, clock, new.key.as_ref(), id).await? {
        return Ok(None);
    }
    changed(&transaction, clock, caller, Action::WebhookSubscriptionAdded, id).await?;
    transaction.commit().await?;
    Ok(Some(AddOutcome::Done(row, generated)))
}

/// Changes to a subscription. `None` fields stay unchanged.
#[derive(Clone, Debug, Default)]
pub struct SubscriptionChange {
    pub label: Option<String>,
    pub endpoint: Option<String>,
    pub event_types: Option<Vec<String>>,
    pub status: Option<Status>,
    pub secret: Option<Secret>,
}

/// Outcome of updating a subscription. `E` is why `check` rejects the change.
#[derive(Clone, Debug)]
pub enum UpdateOutcome<E> {
    Updated(Model),
    NotFound,
    Invalid(E),
}

/// Updates a subscription, if `check` permits the change of its current row.
///
/// The previous secret stays valid for a day after a new one is set. Reactivating the subscription, or
/// changing its endpoint, resets the failure record of the endpoint.
pub async fn update<E>(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    id: Uuid,
    change: &SubscriptionChange,
    check: impl FnOnce(&Model) -> Result<(), E>,
) -> Result<UpdateOutcome<E>> {
    let project = caller.project_id();
    let keys = vault.project(project).await?;
    let transaction = store.begin().await?;
    let row = visible_to(caller).filter(Column::Id.eq(id)).lock_exclusive().one(&transaction).await?;
    let Some(row) = row else { return Ok(UpdateOutcome::NotFound) };
    if let Err(error) = check(&row) {
        return Ok(UpdateOutcome::Invalid(error));
    }
    let now = clock.now();
    let mut active = row.clone().into_active_model();
    active.updated_at = Set(now);
    if let Some(label) = &change.label {
        active.label = Set(label.clone());
    }
    if let Some(types) = &change.event_types {
        active.event_types = Set(Strings(types.clone()));
    }
    if let Some(endpoint) = &change.endpoint {
        active.endpoint = Set(endpoint.clone());
    }
    if let Some(status) = change.status {
        active.status = Set(status);
    }
    let is_moved = change.endpoint.as_ref().is_some_and(|endpoint| *endpoint != row.endpoint);
    if change.status == Some(Status::Active) || is_moved {
        active.consecutive_failures = Set(0);
        active.failing_since = Set(None);
        active.paused_until = Set(None);
    }
    if let Some(secret) = &change.secret {
        let before = Secret::open(keys.common(), project, id, CURRENT, &row.secret)?;
        if before != *secret {
            active.secret = Set(secret.seal(keys.common(), project, id, CURRENT)?);
            active.previous_secret = Set(Some(before.seal(keys.common(), project, id, PREVIOUS)?));
            // The machine's clock, as receivers use, however far ahead the project's clock is.
            active.previous_secret_until = Set(Some(clock.source_now().plus_seconds(BOTH_SECRETS)));
        }
    }
    let row = active.update(&transaction).await?;
    changed(&transaction, clock, caller, Action::WebhookSubscriptionUpdated, id).await?;
    transaction.commit().await?;
    Ok(UpdateOutcome::Updated(row))
}

/// Deletes a subscription with its secrets and pending deliveries. Returns `false` if it does not exist or is
/// not visible to the caller.
pub async fn remove(store: &Store, caller: &Caller, clock: &Clock, id: Uuid) -> Result<bool> {
    let transaction = store.begin().await?;
    let row = visible_to(caller).filter(Column::Id.eq(id)).lock_exclusive().one(&transaction).await?;
    let Some(row) = row else { return Ok(false) };
    let mut active = row.into_active_model();
    active.status = Set(Status::Removed);
    active.secret = Set(Vec::new());
    active.previous_secret = Set(None);
    active.updated_at = Set(clock.now());
    active.update(&transaction).await?;
    delivery::Entity::delete_many()
        .filter(delivery::Column::ProjectId.eq(caller.project_id()))
        .filter(delivery::Column::SubscriptionId.eq(id))
        .filter(delivery::Column::Status.eq(delivery::Status::Pending))
        .exec(&transaction)
        .await?;
    changed(&transaction, clock, caller, Action::WebhookSubscriptionRemoved, id).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Outcome of requesting another delivery.
#[derive(Clone, Debug)]
pub enum ReplayOutcome {
    Done(delivery::Model),
    NotFound,
    /// The delivery is pending already.
    Pending,
}

/// Schedules a delivery again, starting with the first attempt.
pub async fn replay(store: &Store, caller: &Caller, clock: &Clock, id: Uuid) -> Result<ReplayOutcome> {
    let transaction = store.begin().await?;
    let row = visible_deliveries(caller).filter(delivery::Column::Id.eq(id)).lock_exclusive();
    let Some(row) = row.one(&transaction).await? else { return Ok(ReplayOutcome::NotFound) };
    let subscription = visible_to(caller).filter(Column::Id.eq(row.subscription_id));
    if subscription.one(&transaction).await?.is_none() {
        return Ok(ReplayOutcome::NotFound);
    }
    if row.status == delivery::Status::Pending {
        // Roll back now: a dropped transaction keeps the row from the worker for as long as the pool takes to
        // roll back.
        transaction.rollback().await?;
        return Ok(ReplayOutcome::Pending);
    }
    let mut active = row.into_active_model();
    active.status = Set(delivery::Status::Pending);
    active.attempts = Set(0);
    active.next_attempt_at = Set(Some(clock.now()));
    let row = active.update(&transaction).await?;
    changed(&transaction, clock, caller, Action::WebhookEventReplayed, id).await?;
    transaction.commit().await?;
    Ok(ReplayOutcome::Done(row))
}

/// Records a change to a subscription or a delivery in the audit log.
async fn changed(
    transaction: &Transaction,
    clock: &Clock,
    caller: &Caller,
    action: Action,
    resource: Uuid,
) -> Result<()> {
    let entry = Entry { project: caller.project_id(), action, resource, user: None };
    audit::store::record(transaction, clock, entry).await
}

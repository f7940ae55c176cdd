//! The SQL of verification results.

use entity::{
    credential::Strings,
    integration,
    verification_result::{Column, Entity, Model, Status},
};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::SelectStatement,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Scope,
    filter::ResultFilter,
    rules::{self, Data},
};
use crate::{
    Error, Result,
    auth::Caller,
    clock::Clock,
    crypto::{AssociatedData, DataKey, KeySource},
    db::{Store, Transaction, column::column, within},
    event::{self, store::NewEvent},
    idempotency::{self, IdempotencyKey, KeyState},
    op_context::OpContext,
    user::{
        personal::key_of,
        store::{
            in_scope,
            lock::{LockOutcome, lock, lock_owner},
        },
    },
};

/// Selects the results that a caller may see: those of its visible users, and for an integration only its
/// own. Every select of this table starts here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<Entity> {
    let rows = Entity::find().filter(in_scope::<Entity>(store, caller, Column::ProjectId, Column::UserId));
    match caller.integration_id() {
        Some(integration) => rows.filter(Column::IntegrationId.eq(integration)),
        None => rows,
    }
}

/// Applies the filters to the visible results.
#[must_use]
pub fn filtered(store: &Store, caller: &Caller, filters: &ResultFilter) -> Select<Entity> {
    let rows = within(visible_to(store, caller), Column::CreatedAt, filters.created_at);
    let Some(statuses) = &filters.statuses else { return rows };
    rows.filter(store.dialect().enum_in(column::<Entity>(Column::Status), statuses))
}

/// Selects the result with this id, or else with this trace id.
#[must_use]
pub fn by_id_or_trace(store: &Store, caller: &Caller, id: Uuid) -> Select<Entity> {
    let either = Condition::any().add(Column::Id.eq(id)).add(Column::TraceId.eq(id));
    visible_to(store, caller).filter(either).order_by_desc(Column::Id.eq(id)).limit(1)
}

/// Selects those of `ids` that are results visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(store, caller), Column::Id, ids)
}

/// Loads the results with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    store.load(caller.scope(), || visible_to(store, caller), Column::Id, ids).await
}

/// Returns the data that a result releases; empty without an outcome that releases data, or if its user is
/// erased.
///
/// # Errors
///
/// When the database fails, or a row was modified.
pub async fn data_of(
    vault: &impl KeySource,
    row: &Model,
    user: &entity::user::Model,
) -> Result<Option<Data>> {
    let (Some(sealed), Some(key)) = (&row.data, key_of(vault, user).await?) else { return Ok(None) };
    open(&key, row.project_id, row.id, sealed).map(Some)
}

/// The columns by which results can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResultSort {
    CreatedAt,
}

/// Returns the keys of the ordering, the id last.
#[must_use]
pub fn keys(sort: ResultSort, direction: Direction) -> Vec<Key<Model>> {
    let key = Key::of::<Entity>;
    let by = match sort {
        ResultSort::CreatedAt => {
            key(Column::CreatedAt, direction, CellKind::Integer, |row| Cell::Integer(row.created_at.0))
        }
    };
    vec![by, key(Column::Id, direction, CellKind::Id, |row| Cell::Id(row.id))]
}

/// A request of a relying party for a result.
#[derive(Clone, Copy, Debug)]
pub struct NewResult<'a> {
    pub integration: Uuid,
    pub user: Uuid,
    pub correlation_id: Option<&'a str>,
    pub key: Option<&'a IdempotencyKey>,
}

/// Outcome of a request.
#[derive(Clone, Debug)]
pub enum RequestOutcome {
    Result(Model),
    UnknownUser,
    UnknownIntegration,
    KeyReused,
}

/// Creates a result.
pub async fn request(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    new: NewResult<'_>,
) -> Result<RequestOutcome> {
    idempotency::retry_on_conflict(|| try_to_request(store, caller, clock, new)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_request(
    store: &Store,
    caller: &Caller,
    clock: &Clock,
    new: NewResult<'_>,
) -> Result<Option<RequestOutcome>> {
    let transaction = store.begin().await?;
    match idempotency::find(&transaction, caller, clock, new.key).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(RequestOutcome::KeyReused)),
        KeyState::Used(id) => {
            let earlier = visible_to(store, caller).filter(Column::Id.eq(id)).one(&transaction).await?;
            return Ok(Some(earlier.map_or(RequestOutcome::KeyReused, RequestOutcome::Result)));
        }
    }
    if lock(&transaction, store, caller, new.user).await?.locked().is_none() {
        return Ok(Some(RequestOutcome::UnknownUser));
    }
    if integration_of(&transaction, caller, new.integration).await?.is_none() {
        return Ok(Some(RequestOutcome::UnknownIntegration));
    }
    let now = clock.now();
    let row = Model {
        id: clock.new_id(),
        project_id: caller.project_id(),
        user_id: new.user,
        integration_id: new.integration,
        trace_id: clock.new_id(),
        correlation_id: new.correlation_id.map(str::to_owned),
        status: Status::Started,
        scopes: None,
        data: None,
        verified_at: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    let insert = Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(&transaction).await?;
    if !idempotency::remember(&transaction, caller, clock, new.key, row.id).await? {
        return Ok(None);
    }
    emit(&transaction, clock, &row).await?;
    transaction.commit().await?;
    Ok(Some(RequestOutcome::Result(row)))
}

/// Outcome of recording a result's outcome.
#[derive(Clone, Debug)]
pub enum RecordOutcome {
    Result(Model),
    NotFound,
    /// The user is erased or restricted: no data is stored for it any more.
    UserErased,
    /// The result has another outcome already.
    Final(Status),
}

/// Records the outcome of a result, and freezes the integration's scopes and the released data with it.
pub async fn record(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    id: Uuid,
    outcome: Status,
) -> Result<RecordOutcome> {
    let transaction = store.begin().await?;
    let visible = visible_to(store, caller).filter(Column::Id.eq(id));
    let user = match lock_owner(&transaction, caller.project_id(), visible.clone(), Column::UserId).await? {
        LockOutcome::Locked(user) => user,
        LockOutcome::NotFound => return Ok(RecordOutcome::NotFound),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(RecordOutcome::UserErased),
    };
    let Some(row) = visible.lock_exclusive().one(&transaction).await? else {
        return Ok(RecordOutcome::NotFound);
    };
    match rules::outcome(row.status, outcome) {
        Err(status) => return Ok(RecordOutcome::Final(status)),
        Ok(status) if status == row.status => return Ok(RecordOutcome::Result(row)),
        Ok(_) => {}
    }
    let integration = integration_of(&transaction, caller, row.integration_id).await?;
    let integration = integration.ok_or(Error::Fault("the integration of a result does not exist"))?;
    let now = clock.now();
    let scopes: Vec<Scope> = integration.scopes.0.iter().filter_map(|name| Scope::named(name)).collect();
    let sealed = if outcome == Status::Verified {
        let (key, personal) =
            (user.key(&transaction, vault).await?, user.personal(&transaction, vault).await?);
        let data = rules::release(&scopes, caller.project.always_identity_id, row.user_id, &personal);
        Some(seal(&key, row.project_id, row.id, &data)?)
    } else {
        None
    };
    let version = row.version.saturating_add(1);
    let mut change = row.into_active_model();
    change.version = Set(version);
    change.status = Set(outcome);
    change.scopes = Set(Some(Strings(scopes.iter().map(|scope| scope.name().to_owned()).collect())));
    change.data = Set(sealed);
    change.verified_at = Set((outcome == Status::Verified).then_some(now));
    change.updated_at = Set(now);
    let row = change.update(&transaction).await?;
    emit(&transaction, clock, &row).await?;
    transaction.commit().await?;
    Ok(RecordOutcome::Result(row))
}

/// Emits the event for a result's current status.
async fn emit(transaction: &Transaction, clock: &Clock, row: &Model) -> Result<()> {
    let kind = match row.status {
        Status::Started => event::Kind::VerificationResultStarted,
        Status::Verified => event::Kind::VerificationResultSucceeded,
        Status::Failed => event::Kind::VerificationResultFailed,
    };
    let detail = json!({
        "verificationId": row.id, "traceId": row.trace_id, "correlationId": row.correlation_id,
    });
    let (project, resource, user) = (row.project_id, row.id, Some(row.user_id));
    let happened =
        NewEvent { project, kind, resource, user, detail: Some(detail), version: Some(row.version) };
    event::store::record(transaction, clock, happened).await
}

async fn integration_of(
    transaction: &Transaction,
    caller: &Caller,
    id: Uuid,
) -> Result<Option<integration::Model>> {
    let visible_integration = integration::Entity::find_by_id(id);
    let visible_integration =
        visible_integration.filter(integration::Column::ProjectId.eq(caller.project_id()));
    Ok(visible_integration.one(transaction).await?)
}

/// Seals the released data for the result's row.
///
/// # Errors
///
/// When the operating system provides no randomness.
pub fn seal(key: &DataKey, project: Uuid, row: Uuid, data: &Data) -> Result<Vec<u8>> {
    let text = serde_json::to_vec(data).map_err(|_| Error::Fault("failed to write a result as JSON"))?;
    Ok(key.seal(associated_data(project, row), &text)?)
}

fn open(key: &DataKey, project: Uuid, row: Uuid, sealed: &[u8]) -> Result<Data> {
    let text = key.open(associated_data(project, row), sealed)?;
    serde_json::from_slice(&text).map_err(|_| Error::Fault("the sealed data of a result is malformed"))
}

const fn associated_data(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "verification_results", column: "data", row }
}

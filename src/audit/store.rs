//! The SQL of the audit log.

use entity::{
    Timestamp,
    audit_event::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    Statement,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{Action, actor, filter::AuditFilter};
use crate::{
    Result,
    auth::{ActorId, Caller},
    clock::{Clock, new_id_at, time_of_id},
    db::{Store, Transaction, column::column, dialect::OpenTransactions},
};

/// An audit entry to insert.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub project: Uuid,
    pub action: Action,
    /// The changed object, or the project for changes to the project as a whole.
    pub resource: Uuid,
    /// The user whom the change concerns, if any.
    pub user: Option<Uuid>,
}

impl Entry {
    /// Creates an entry for a change to the project as a whole.
    #[must_use]
    pub const fn of_project(project: Uuid, action: Action) -> Self {
        Self { project, action, resource: project, user: None }
    }
}

/// Inserts an audit entry in the transaction of the change, with the current caller if it belongs to the entry's project.
pub async fn record(transaction: &Transaction, clock: &Clock, entry: Entry) -> Result<()> {
    let actor = actor::of_project(entry.project);
    record_by(transaction, clock, entry, actor).await
}

/// Inserts an audit entry in the transaction of the change, with a given actor.
pub async fn record_by(
    transaction: &Transaction,
    clock: &Clock,
    entry: Entry,
    actor: Option<ActorId>,
) -> Result<()> {
    // One reading of the clock: entries are found by the time in their ids.
    let now = clock.now();
    let row = ActiveModel {
        id: Set(new_id_at(now)),
        sequence: NotSet,
        project_id: Set(entry.project),
        action: Set(entry.action.name().to_owned()),
        resource_id: Set(entry.resource),
        user_id: Set(entry.user),
        credential_id: Set(actor.and_then(ActorId::credential)),
        membership_id: Set(actor.and_then(ActorId::membership)),
        request_id: Set(actor::now().request),
        created_at: Set(now),
    };
    // This future is part of the future of every change, so it has to stay small.
    Ok(transaction.insert_later::<Entity>(Entity::insert(row).into_query()).await?)
}

/// Selects the entries of the caller's project. Callers with tag limits cannot hold the permission.
#[must_use]
pub fn visible_to(caller: &Caller) -> Select<Entity> {
    Entity::find().filter(Column::ProjectId.eq(caller.project_id()))
}

/// Selects the entries with these ids that the caller may see. No index contains the id: an entry is found by its
/// time, which is the time in its id.
fn with_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Select<Entity> {
    let times: Vec<i64> = ids.iter().filter_map(|id| Some(time_of_id(*id)?.0)).collect();
    let at = column::<Entity>(Column::CreatedAt);
    let rows = visible_to(caller).filter(store.dialect().number_in(at, &times));
    store.with_ids(rows, Column::Id, ids)
}

/// Selects those of `ids` that the caller may see.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    with_ids(store, caller, ids).select_only().column(Column::Id).into_query()
}

/// Loads the entries with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    Ok(with_ids(store, caller, ids).all(store.read()).await?)
}

/// Returns the time from which entries may still be missing; `None` if only new entries can follow.
///
/// Entries are ordered by insertion time, but PostgreSQL makes them visible at commit. So an entry with an
/// earlier time may become visible later, and a client that follows the list by a cursor would miss it. Lists
/// therefore end before the oldest open transaction that may have written. A statement that reads does not count: the
/// time of an entry is read when it is written. A transaction that does nothing counts, whatever it will do: that of
/// the command `export` too, for a minute at most.
pub async fn unsettled_since(
    store: &Store,
    clock: &Clock,
    of: OpenTransactions,
) -> Result<Option<Timestamp>> {
    let Some(sql) = store.dialect().oldest_transaction(of) else { return Ok(None) };
    let statement = Statement::from_string(store.dialect().backend(), sql);
    let Some(row) = store.read().query_one_raw(statement).await? else { return Ok(None) };
    let age: Option<i64> = row.try_get("", "age")?;
    // Subtract one more millisecond: the ages of transactions are rounded.
    Ok(age.map(|age| Timestamp(clock.now().0.saturating_sub(age.max(0)).saturating_sub(1))))
}

/// Applies the filters to the visible entries.
#[must_use]
pub fn filtered(store: &Store, caller: &Caller, filters: &AuditFilter) -> Select<Entity> {
    let mut rows = visible_to(caller);
    // The condition of the index of the entries about a whole project.
    let is_project = filters.resource_id == Some(caller.project_id());
    if is_project {
        rows = rows.filter(Expr::cust("(resource_id = project_id) IS TRUE"));
    }
    for (of, id) in [
        (Column::ResourceId, filters.resource_id.filter(|_| !is_project)),
        (Column::UserId, filters.user_id),
        (Column::CredentialId, filters.credential_id),
    ] {
        if let Some(id) = id {
            rows = rows.filter(of.eq(id));
        }
    }
    if let Some(ids) = &filters.actor_ids {
        let any = |of| store.dialect().id_in(column::<Entity>(of), ids);
        rows = rows.filter(Condition::any().add(any(Column::CredentialId)).add(any(Column::MembershipId)));
    }
    if let Some(actions) = &filters.actions {
        let of = column::<Entity>(Column::Action);
        rows = rows.filter(store.dialect().text_in(of, actions.iter().map(String::as_str)));
    }
    let at = Expr::col(column::<Entity>(Column::CreatedAt));
    for bound in filters.created_at.into_iter().flat_map(|range| range.bounds(&at)) {
        rows = rows.filter(bound);
    }
    rows
}

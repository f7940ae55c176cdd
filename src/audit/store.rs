//! The SQL of the audit.

use entity::{
    Timestamp,
    audit_event::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, Statement,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{Action, actor, filter::AuditFilter};
use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    db::{Store, Transaction, page::column},
};

/// A change, to be written down.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub project: Uuid,
    pub action: Action,
    /// The object that was changed; the project, for what belongs to it as a whole.
    pub resource: Uuid,
    /// Whom it is about, if it is about somebody.
    pub user: Option<Uuid>,
}

impl Entry {
    /// A change to what belongs to a project as a whole.
    #[must_use]
    pub const fn of_project(project: Uuid, action: Action) -> Self {
        Self { project, action, resource: project, user: None }
    }
}

/// Writes down what is changed in a transaction, and who asked for it.
///
/// # Errors
///
/// When the database fails.
pub async fn record(transaction: &Transaction, clock: &Clock, entry: Entry) -> Result<()> {
    let by = actor::now();
    let row = ActiveModel {
        id: Set(clock.new_id()),
        sequence: NotSet,
        project_id: Set(entry.project),
        action: Set(entry.action.name().to_owned()),
        resource_id: Set(entry.resource),
        user_id: Set(entry.user),
        credential_id: Set(by.credential),
        request_id: Set(by.request),
        created_at: Set(clock.now()),
    };
    // Part of the future of every change, so it had better be small.
    let insert = Entity::insert(row);
    Box::pin(insert.exec_without_returning(transaction)).await?;
    Ok(())
}

/// The entries of the caller's project. Whoever is limited to users with certain tags never holds the permission.
#[must_use]
pub fn visible_to(caller: &Caller) -> Select<Entity> {
    Entity::find().filter(Column::ProjectId.eq(caller.project_id()))
}

/// The ids, of these, of entries that a caller may see.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    let of = store.dialect().id_in(column::<Entity>(Column::Id), ids);
    visible_to(caller).select_only().column(Column::Id).filter(of).into_query()
}

/// The entries of these ids.
///
/// # Errors
///
/// When the database fails.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    let of = store.dialect().id_in(column::<Entity>(Column::Id), ids);
    Ok(visible_to(caller).filter(of).all(store.read()).await?)
}

/// The moment from which on entries may still be missing; `None` if there are none to come but new ones. Entries are ordered
/// by when they were written, and PostgreSQL shows them when their transactions are committed: one that is written first may
/// show up last, and whoever follows the list by a cursor would miss it. So lists end before the oldest open transaction.
///
/// # Errors
///
/// When the database fails.
pub async fn unsettled_since(store: &Store, clock: &Clock) -> Result<Option<Timestamp>> {
    let Some(sql) = store.dialect().oldest_transaction() else { return Ok(None) };
    let statement = Statement::from_string(store.dialect().backend(), sql);
    let Some(row) = store.read().query_one_raw(statement).await? else { return Ok(None) };
    let age: Option<i64> = row.try_get("", "age")?;
    // A millisecond more: the ages of transactions are rounded.
    Ok(age.map(|age| Timestamp(clock.now().0.saturating_sub(age.max(0)).saturating_sub(1))))
}

/// Those that a filter lets through.
#[must_use]
pub fn filtered(store: &Store, caller: &Caller, filters: &AuditFilter) -> Select<Entity> {
    let mut rows = visible_to(caller);
    for (of, id) in [
        (Column::ResourceId, filters.resource_id),
        (Column::UserId, filters.user_id),
        (Column::CredentialId, filters.credential_id),
    ] {
        if let Some(id) = id {
            rows = rows.filter(of.eq(id));
        }
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

//! The SQL of proofing requests.

pub mod counts;
pub mod images;
pub mod scenario;
pub mod steps;
pub mod totals;

use entity::proofing_request::{Column, DeviceCheck, DocumentAuthentication, Entity, Model, State};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, Iterable, QueryFilter, Select,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::filter::{ProofingFilter, StateFilter};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    user::store::in_scope,
};

/// Selects the proofing requests that a caller may see. Every select of this table starts here.
///
/// A request without a user belongs to the project alone: a caller with tag limits does not see it.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<Entity> {
    Entity::find().filter(in_scope::<Entity>(store, caller, Column::ProjectId, Column::UserId))
}

/// Applies the filters to the visible proofing requests.
#[must_use]
pub fn filtered(store: &Store, caller: &Caller, filters: &ProofingFilter) -> Select<Entity> {
    let mut rows = visible_to(store, caller);
    if let Some(range) = filters.request_time {
        for bound in range.bounds(&Expr::col(column::<Entity>(Column::RequestTime))) {
            rows = rows.filter(bound);
        }
    }
    if let Some(result) = filters.device_check_result {
        rows = rows.filter(Column::DeviceCheckResult.eq(result));
    }
    if let Some(state) = filters.state {
        // A request has a result of the document or of the face only with its outcome.
        let stored = state.stored().filter(|state| *state == State::Complete || !filters.has_outcome());
        rows = rows.filter(match stored {
            Some(state) => Column::State.eq(state),
            None => Expr::cust("1 = 0"),
        });
    }
    if let Some(result) = filters.document_authentication_result {
        rows = rows.filter(Column::DocumentAuthenticationResult.eq(result));
    }
    if let Some(face_match) = filters.face_match {
        rows = rows.filter(Column::FaceMatch.eq(face_match));
    }
    rows
}

/// Selects those of `ids` that are proofing requests visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(store, caller), Column::Id, ids)
}

/// Loads the proofing requests with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<Model>> {
    store.load(caller.scope(), || visible_to(store, caller), Column::Id, ids).await
}

/// The columns by which proofing requests can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProofingSort {
    RequestTime,
    DeviceCheckResult,
    State,
    DocumentAuthenticationResult,
    FaceMatch,
}

/// Returns the keys of the ordering: the column, then the time, and the id last. Requests that are equal in the
/// column are ordered by time, so that the index of a column serves its order and its filter.
#[must_use]
pub fn keys(sort: ProofingSort, direction: Direction) -> Vec<Key<Model>> {
    let key = Key::of::<Entity>;
    let by = match sort {
        ProofingSort::RequestTime => None,
        ProofingSort::DeviceCheckResult => Some(
            key(Column::DeviceCheckResult, direction, CellKind::Text, |row| text(row.device_check_result))
                .with_domain(texts::<DeviceCheck>),
        ),
        ProofingSort::State => Some(
            key(Column::State, direction, CellKind::Text, |row| text(row.state)).with_domain(texts::<State>),
        ),
        ProofingSort::DocumentAuthenticationResult => Some(
            key(Column::DocumentAuthenticationResult, direction, CellKind::Text, |row| {
                row.document_authentication_result.map_or(Cell::Null, text)
            })
            .nullable()
            .with_domain(texts::<DocumentAuthentication>),
        ),
        ProofingSort::FaceMatch => Some(
            key(Column::FaceMatch, direction, CellKind::Boolean, |row| {
                row.face_match.map_or(Cell::Null, Cell::Boolean)
            })
            .nullable()
            .with_domain(|| [false, true].map(Cell::Boolean).to_vec()),
        ),
    };
    let time =
        key(Column::RequestTime, direction, CellKind::Integer, |row| Cell::Integer(row.request_time.0));
    let id = key(Column::Id, direction, CellKind::Id, |row| Cell::Id(row.id));
    by.into_iter().chain([time, id]).collect()
}

/// Returns the value of the ordering's column, if the filters allow only one.
#[must_use]
pub fn pinned(filters: &ProofingFilter, sort: ProofingSort) -> Option<Cell> {
    // A state without a stored value matches no request in any ordering.
    let state = filters.state.and_then(StateFilter::stored);
    let without_outcome = || state.filter(|state| *state != State::Complete).map(|_| Cell::Null);
    match sort {
        ProofingSort::RequestTime => None,
        ProofingSort::DeviceCheckResult => filters.device_check_result.map(text),
        ProofingSort::State => state.or_else(|| filters.has_outcome().then_some(State::Complete)).map(text),
        ProofingSort::DocumentAuthenticationResult => {
            filters.document_authentication_result.map(text).or_else(without_outcome)
        }
        ProofingSort::FaceMatch => filters.face_match.map(Cell::Boolean).or_else(without_outcome),
    }
}

fn text(value: impl ActiveEnum<Value = String> + Copy) -> Cell {
    Cell::Text(value.to_value())
}

/// Returns the values of an enum, in the sort order of the database.
fn texts<E: ActiveEnum<Value = String> + Iterable>() -> Vec<Cell> {
    let mut values: Vec<String> = E::iter().map(|value| value.to_value()).collect();
    values.sort_unstable();
    values.into_iter().map(Cell::Text).collect()
}

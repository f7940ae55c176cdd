use entity::identification;
use keyset::{Direction, Key};
use sea_orm::Select;

use super::{Identification, IdentificationFilters, IdentificationsOrderBy};
use crate::{
    auth::Caller,
    db::{Placeholders, Store},
    graphql::list::{ListSource, UserList},
    identification::{filter::IdentificationFilter, store},
};

/// Most values of a filter in a statement whose text is kept. A list may repeat them.
const MOST_VALUES: usize = 4;

/// List source of identifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identifications;

impl ListSource for Identifications {
    type Entity = identification::Entity;
    type Row = identification::Model;
    type Node = Identification;
    type Filters = IdentificationFilter;
    type Sort = store::IdentificationSort;

    const NAME: &'static str = "identifications";

    fn filtered(
        store: &Store,
        caller: &Caller,
        filters: &IdentificationFilter,
    ) -> Select<identification::Entity> {
        store::filtered(store, caller, filters)
    }

    fn form(filters: &IdentificationFilter, _: &mut Placeholders) -> Option<IdentificationFilter> {
        let IdentificationFilter { statuses, levels, processes, created_at, updated_at, reasons } = filters;
        let is_short = [
            statuses.as_ref().map(Vec::len),
            levels.as_ref().map(Vec::len),
            processes.as_ref().map(Vec::len),
            reasons.as_ref().map(Vec::len),
        ]
        .into_iter()
        .flatten()
        .all(|values| values <= MOST_VALUES);
        (created_at.is_none() && updated_at.is_none() && is_short).then(|| filters.clone())
    }

    fn keys(sort: store::IdentificationSort, direction: Direction) -> Vec<Key<identification::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> identification::Column {
        identification::Column::UserId
    }
}

impl UserList for Identifications {
    type FilterInput = IdentificationFilters;
    type OrderInput = IdentificationsOrderBy;

    fn order_of(order: IdentificationsOrderBy) -> (Self::Sort, Direction) {
        order.parts()
    }
}

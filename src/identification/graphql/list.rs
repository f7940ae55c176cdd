use entity::identification;
use keyset::{Direction, Key};
use sea_orm::Select;

use super::Identification;
use crate::{
    auth::Caller,
    db::Store,
    graphql::list::ListSource,
    identification::{filter::IdentificationFilter, store},
};

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

    fn keys(sort: store::IdentificationSort, direction: Direction) -> Vec<Key<identification::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> identification::Column {
        identification::Column::UserId
    }
}

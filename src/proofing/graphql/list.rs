use entity::proofing_request;
use keyset::{Cell, Direction, Key};
use sea_orm::{Select, sea_query::SelectStatement};

use super::{ProofingFilters, ProofingOrderBy, ProofingRequest};
use crate::{
    auth::Caller,
    db::{Placeholders, Store},
    graphql::list::{ListSource, UserList},
    proofing::{filter::ProofingFilter, store},
};

/// List source of proofing requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProofingRequests;

impl ListSource for ProofingRequests {
    type Entity = proofing_request::Entity;
    type Row = proofing_request::Model;
    type Node = ProofingRequest;
    type Filters = ProofingFilter;
    type Sort = store::ProofingSort;

    const NAME: &'static str = "proofingRequests";

    fn filtered(
        store: &Store,
        caller: &Caller,
        filters: &ProofingFilter,
    ) -> Select<proofing_request::Entity> {
        store::filtered(store, caller, filters)
    }

    fn form(filters: &ProofingFilter, _: &mut Placeholders) -> Option<ProofingFilter> {
        // The other filters have few values.
        filters.request_time.is_none().then(|| filters.clone())
    }

    fn keys(sort: store::ProofingSort, direction: Direction) -> Vec<Key<proofing_request::Model>> {
        store::keys(sort, direction)
    }

    fn pinned(filters: &ProofingFilter, sort: store::ProofingSort) -> Option<Cell> {
        store::pinned(filters, sort)
    }

    fn counting(store: &Store, caller: &Caller, filters: &ProofingFilter) -> SelectStatement {
        store::totals::counted(store, caller, filters)
    }

    fn user() -> proofing_request::Column {
        proofing_request::Column::UserId
    }
}

impl UserList for ProofingRequests {
    type FilterInput = ProofingFilters;
    type OrderInput = ProofingOrderBy;

    fn order_of(order: ProofingOrderBy) -> (Self::Sort, Direction) {
        order.parts()
    }
}

use entity::verification_result;
use keyset::{Direction, Key};
use sea_orm::Select;

use super::{ResultFilters, ResultsOrderBy, VerificationResult};
use crate::{
    auth::Caller,
    db::Store,
    graphql::list::{ListSource, UserList},
    result::{filter::ResultFilter, store},
};

/// List source of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Results;

impl ListSource for Results {
    type Entity = verification_result::Entity;
    type Row = verification_result::Model;
    type Node = VerificationResult;
    type Filters = ResultFilter;
    type Sort = store::ResultSort;

    const NAME: &'static str = "verificationResults";

    fn filtered(
        store: &Store,
        caller: &Caller,
        filters: &ResultFilter,
    ) -> Select<verification_result::Entity> {
        store::filtered(store, caller, filters)
    }

    fn keys(sort: store::ResultSort, direction: Direction) -> Vec<Key<verification_result::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> verification_result::Column {
        verification_result::Column::UserId
    }
}

impl UserList for Results {
    type FilterInput = ResultFilters;
    type OrderInput = ResultsOrderBy;

    fn order_of(order: ResultsOrderBy) -> (Self::Sort, Direction) {
        order.parts()
    }
}

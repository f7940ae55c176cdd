use entity::verification;
use keyset::{Direction, Key};
use sea_orm::Select;

use super::Verification;
use crate::{
    auth::Caller,
    db::Store,
    graphql::list::ListSource,
    verification::{filter::VerificationFilter, store},
};

/// List source of grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verifications;

impl ListSource for Verifications {
    type Entity = verification::Entity;
    type Row = verification::Model;
    type Node = Verification;
    type Filters = VerificationFilter;
    type Sort = store::VerificationSort;

    const NAME: &'static str = "verifications";

    fn filtered(
        store: &Store,
        caller: &Caller,
        filters: &VerificationFilter,
    ) -> Select<verification::Entity> {
        store::filtered(store, caller, filters)
    }

    fn keys(sort: store::VerificationSort, direction: Direction) -> Vec<Key<verification::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> verification::Column {
        verification::Column::UserId
    }
}

use entity::verification;
use keyset::{Direction, Key};
use sea_orm::Select;

use super::{Verification, VerificationFilters, VerificationsOrderBy};
use crate::{
    auth::Caller,
    db::{Placeholders, Store},
    graphql::list::{ListSource, UserList},
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

    fn form(filters: &VerificationFilter, placeholders: &mut Placeholders) -> Option<VerificationFilter> {
        let VerificationFilter { user_id, client_number, level_ids, created_at } = filters;
        (level_ids.is_none() && created_at.is_none()).then(|| VerificationFilter {
            user_id: user_id.map(|id| placeholders.id(id)),
            client_number: client_number.map(|number| placeholders.number(number)),
            level_ids: None,
            created_at: None,
        })
    }

    fn keys(sort: store::VerificationSort, direction: Direction) -> Vec<Key<verification::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> verification::Column {
        verification::Column::UserId
    }
}

impl UserList for Verifications {
    type FilterInput = VerificationFilters;
    type OrderInput = VerificationsOrderBy;

    fn order_of(order: VerificationsOrderBy) -> (Self::Sort, Direction) {
        order.parts()
    }
}

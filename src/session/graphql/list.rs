use entity::verification_session::{Column, Entity, Model};
use keyset::{Direction, Key};
use sea_orm::Select;

use super::{VerificationSession, VerificationSessionFilters, VerificationSessionsOrderBy};
use crate::{
    auth::Caller,
    db::Store,
    graphql::list::{ListSource, UserList},
    session::{filter::SessionFilter, store},
};

/// List source of verification sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerificationSessions;

impl ListSource for VerificationSessions {
    type Entity = Entity;
    type Row = Model;
    type Node = VerificationSession;
    type Filters = SessionFilter;
    type Sort = store::SessionSort;

    const NAME: &'static str = "verificationSessions";

    fn filtered(store: &Store, caller: &Caller, filters: &SessionFilter) -> Select<Entity> {
        store::filtered(store, caller, filters)
    }

    fn keys(sort: store::SessionSort, direction: Direction) -> Vec<Key<Model>> {
        store::keys(sort, direction)
    }

    fn user() -> Column {
        Column::UserId
    }
}

impl UserList for VerificationSessions {
    type FilterInput = VerificationSessionFilters;
    type OrderInput = VerificationSessionsOrderBy;

    fn order_of(order: VerificationSessionsOrderBy) -> (Self::Sort, Direction) {
        order.parts()
    }
}

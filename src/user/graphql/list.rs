use entity::user;
use keyset::{Direction, Key};
use sea_orm::Select;

use super::User;
use crate::{
    auth::Caller,
    db::Store,
    graphql::list::ListSource,
    user::{filter::UserFilter, store},
};

/// List source of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Users;

impl ListSource for Users {
    type Entity = user::Entity;
    type Row = user::Model;
    type Node = User;
    type Filters = UserFilter;
    type Sort = store::UserSort;

    const NAME: &'static str = "users";

    fn filtered(store: &Store, caller: &Caller, filter: &UserFilter) -> Select<user::Entity> {
        store::filtered(store, caller, filter)
    }

    fn keys(sort: store::UserSort, direction: Direction) -> Vec<Key<user::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> user::Column {
        user::Column::Id
    }
}

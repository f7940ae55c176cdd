use entity::user;
use sea_orm::Select;

use super::{User, store};
use crate::{
    auth::Caller,
    db::{Direction, Key, Store},
    graphql::list::Listing,
};

/// Lists of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Users;

impl Listing for Users {
    type Entity = user::Entity;
    type Row = user::Model;
    type Node = User;
    type Filters = store::Sought;
    type Sort = store::Sort;

    const NAME: &'static str = "users";

    fn filtered(store: &Store, caller: &Caller, sought: &store::Sought) -> Select<user::Entity> {
        store::filtered(store, caller, sought)
    }

    fn keys(sort: store::Sort, direction: Direction) -> Vec<Key<user::Model>> {
        store::keys(sort, direction)
    }

    fn user() -> user::Column {
        user::Column::Id
    }
}

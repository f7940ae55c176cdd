//! What a type with lists declares, and how plans use it.

use std::any::Any;

use async_graphql::{Context, Positioned, ServerResult, Value, parser::types::Field};
use entity::user;
use futures_util::future::BoxFuture;
use keyset::ColumnMask;
use sea_orm::Select;
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    db::{Placeholders, Store},
    graphql::Request,
};

/// A field of `N` that is a list of a user's rows.
pub struct ListField<N> {
    pub name: &'static str,
    /// The user whose list it is.
    pub owner: fn(&N) -> ListOwner<'_>,
    /// Prepares the list of the running field for every user of a page. `None` if an argument is invalid: the resolver
    /// reports it.
    pub prepare: fn(&Context<'_>) -> Option<Box<dyn PreparedList>>,
}

/// A user whose list is read.
#[derive(Clone, Copy)]
pub struct ListOwner<'a> {
    pub user: Uuid,
    /// The list that was read together with the user.
    pub ahead: Option<&'a ListAhead>,
}

/// A page of one of a user's lists that was read together with the user.
pub struct ListAhead(pub(super) Box<dyn Any + Send + Sync>);

/// The list of a field, for any user.
pub trait PreparedList: Send + Sync {
    /// Resolves the list of a user.
    fn resolve<'a>(
        &'a self,
        ctx: &'a Context<'a>,
        field: &'a Positioned<Field>,
        owner: ListOwner<'a>,
    ) -> BoxFuture<'a, ServerResult<Value>>;

    /// Whether the page is known to be empty, so that nothing is read.
    fn is_unread(&self) -> bool;

    /// Reads a user, without the columns `skipped`, together with the list.
    fn with_user<'a>(
        &'a self,
        request: &'a Request,
        user: &'a dyn OneUser,
        skipped: ColumnMask,
    ) -> BoxFuture<'a, Result<Option<(user::Model, ListAhead)>>>;
}

/// Selects one user.
pub trait OneUser: Send + Sync {
    /// By what the user is selected. Users that are selected by the same have the same statement, but for its values.
    fn by(&self) -> &'static str;

    /// The same choice with placeholders.
    #[must_use]
    fn form(&self, placeholders: &mut Placeholders) -> Box<dyn OneUser>;

    /// The select of the user, if the caller may see it.
    fn select(&self, store: &Store, caller: &Caller) -> Select<user::Entity>;
}

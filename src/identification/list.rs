use async_graphql::{Lookahead, SelectionField};
use entity::identification;
use futures_util::FutureExt;
use uuid::Uuid;

use super::{CountOf, Identification, IdentificationFilters, IdentificationsOrderBy, store};
use crate::{
    Result,
    auth::Caller,
    db::{Direction, Ordering, Page, Window},
    graphql::{Connection, PageArgs, Request, Total, argument, loader::load},
};

/// What a field `User.identifications` asks for. Fields that ask for the same are one batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct List {
    pub filters: IdentificationFilters,
    sort: store::Sort,
    direction: Direction,
    pub window: Window,
    /// Whether the length of the list is asked for as well.
    pub total: bool,
}

impl List {
    /// The list that these arguments ask for.
    ///
    /// # Errors
    ///
    /// When the page arguments make no window of it.
    pub fn new(
        page: &PageArgs,
        filters: Option<IdentificationFilters>,
        order_by: Option<IdentificationsOrderBy>,
        total: bool,
        request: &Request,
    ) -> Result<Self> {
        let (sort, direction) = order_by.unwrap_or_default().parts();
        let window = page.window(&of_user(&request.caller, sort, direction), request)?;
        Ok(Self { filters: filters.unwrap_or_default(), sort, direction, window, total })
    }

    /// The list that a field will ask for once it runs; `None` if it will only have something to complain about.
    #[must_use]
    pub fn ahead(field: &SelectionField<'_>, request: &Request) -> Option<Self> {
        let total = Lookahead::from(*field).field("totalCount").exists();
        let (filters, order_by) = (argument(field, "filters")?, argument(field, "orderBy")?);
        Self::new(&PageArgs::ahead(field)?, filters, order_by, total, request).ok()
    }

    /// The order of the list.
    #[must_use]
    pub fn order(&self, caller: &Caller) -> Ordering<identification::Model> {
        of_user(caller, self.sort, self.direction)
    }

    /// A page of the list of this user, for the client.
    #[must_use]
    pub fn connection(
        self,
        caller: &Caller,
        user: Uuid,
        page: Page<identification::Model>,
    ) -> Connection<Identification> {
        let order = self.order(caller);
        let key = CountOf { user, filters: self.filters };
        let count = Total::Later(Box::new(move |ctx| {
            let key = key.clone();
            async move { Ok(load(ctx, key).await?.unwrap_or_default()) }.boxed()
        }));
        Connection::new(page, order, count)
    }
}

fn of_user(caller: &Caller, sort: store::Sort, direction: Direction) -> Ordering<identification::Model> {
    store::order("User.identifications", caller, sort, direction)
}

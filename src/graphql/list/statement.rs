//! The statements of lists. Their text is kept: see [`Store::statement`].

use entity::user;
use keyset::{ColumnMask, Ordering, Page};
use sea_orm::{Statement, StatementBuilder, sea_query::SelectStatement};
use uuid::Uuid;

use super::{ListQuery, ListSource, OneUser};
use crate::{
    Result,
    auth::{Caller, CallerScope},
    db::{ChildPages, Parents, Placeholders, Store},
    graphql::Request,
};

/// What determines the text of a statement.
#[derive(PartialEq, Eq, Hash)]
struct Form<K> {
    scope: CallerScope,
    kind: K,
}

/// A page over all users.
#[derive(PartialEq, Eq, Hash)]
struct PageForm<L: ListSource>(ListQuery<L>);

/// The pages of several users.
#[derive(PartialEq, Eq, Hash)]
struct UserPagesForm<L: ListSource>(ListQuery<L>, Vec<Uuid>);

/// The length of a list.
#[derive(PartialEq, Eq, Hash)]
struct CountForm<L: ListSource>(L::Filters);

/// A user with a page of a list.
#[derive(PartialEq, Eq, Hash)]
struct UserForm<L: ListSource> {
    list: ListQuery<L>,
    user: &'static str,
    skipped: ColumnMask,
}

impl<L: ListSource> ListQuery<L> {
    /// The query with placeholders, if the text of its statements is kept.
    fn form(&self, order: &Ordering<L::Row>, placeholders: &mut Placeholders) -> Option<Self> {
        let filters = L::form(&self.filters, placeholders)?;
        let window = placeholders.window(&self.window, order.sort_order());
        let Self { sort, direction, total, scope, .. } = *self;
        Some(Self { filters, sort, direction, window, total, scope })
    }

    /// Reads the page over all users.
    pub(super) async fn page(
        &self,
        store: &Store,
        caller: &Caller,
        order: &Ordering<L::Row>,
    ) -> Result<Page<L::Row>> {
        if self.window.is_unread() {
            return Ok(self.window.unread());
        }
        let build = |list: &Self| {
            let rows = L::filtered(store, caller, &list.filters);
            // A statement of its own for the length would take longer.
            let total = list.total.then(|| L::counting(store, caller, &list.filters));
            list.window.statement_with_total(&rows, order, total)
        };
        let mut placeholders = Placeholders::default();
        let statement = match self.form(order, &mut placeholders) {
            Some(list) => {
                let form = Form { scope: caller.scope(), kind: PageForm(list) };
                store.statement(form, &placeholders, |form| build(&form.kind.0))
            }
            None => build(self).map(|select| built(store, &select)),
        };
        store.page_by(statement, &self.window, self.total).await
    }

    /// Reads the pages of these users.
    pub(super) async fn pages_of(
        &self,
        store: &Store,
        caller: &Caller,
        users: Vec<Uuid>,
    ) -> Result<impl Iterator<Item = (Uuid, Page<L::Row>)>> {
        let order = self.order(caller);
        let build = |list: &Self, users: &[Uuid]| {
            let rows = L::filtered(store, caller, &list.filters);
            list.children(&order).select(store.dialect(), rows, &Parents::Ids(users.to_vec()))
        };
        let mut placeholders = Placeholders::default();
        let list = self.form(&order, &mut placeholders);
        let statement = list.and_then(|list| {
            let users = placeholders.ids(store.dialect(), &users);
            let form = Form { scope: caller.scope(), kind: UserPagesForm(list, users) };
            store.statement(form, &placeholders, |form| Some(build(&form.kind.0, &form.kind.1)))
        });
        let statement = statement.unwrap_or_else(|| built(store, &build(self, &users)));
        Ok(store.pages_by::<L::Row>(statement, &self.children(&order)).await?.into_iter())
    }

    /// Reads a user, without the columns `skipped`, together with a page of the user's list, in one statement.
    /// `None` if there is no such user.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(super) async fn with_user(
        &self,
        request: &Request,
        order: &Ordering<L::Row>,
        user: &dyn OneUser,
        skipped: ColumnMask,
    ) -> Result<Option<(user::Model, Page<L::Row>)>> {
        let (store, caller) = (&request.store, &request.caller);
        let build = |list: &Self, user: &dyn OneUser| {
            let rows = L::filtered(store, caller, &list.filters);
            list.children(order).select_with(store.dialect(), rows, user.select(store, caller), skipped)
        };
        let mut placeholders = Placeholders::default();
        let list = self.form(order, &mut placeholders);
        let statement = list.and_then(|list| {
            let by = user.by();
            let user = user.form(&mut placeholders);
            let form = Form { scope: caller.scope(), kind: UserForm { list, user: by, skipped } };
            store.statement(form, &placeholders, |form| Some(build(&form.kind.list, user.as_ref())))
        });
        let statement = statement.unwrap_or_else(|| built(store, &build(self, user)));
        store.one_with_page(statement, skipped, &self.children(order)).await
    }

    /// The windows of the users' lists.
    fn children<'a>(&'a self, order: &'a Ordering<L::Row>) -> ChildPages<'a> {
        ChildPages::new::<L::Entity>(L::user(), order, &self.window, self.total)
    }
}

/// Counts the rows of a list over all users.
pub(super) async fn count<L: ListSource>(
    store: &Store,
    caller: &Caller,
    filters: &L::Filters,
) -> Result<u64> {
    let build = |filters: &L::Filters| L::counting(store, caller, filters);
    let mut placeholders = Placeholders::default();
    let statement = L::form(filters, &mut placeholders).and_then(|filters| {
        let form = Form { scope: caller.scope(), kind: CountForm::<L>(filters) };
        store.statement(form, &placeholders, |form| Some(build(&form.kind.0)))
    });
    let statement = statement.unwrap_or_else(|| built(store, &build(filters)));
    store.count_by(statement).await
}

fn built(store: &Store, select: &SelectStatement) -> Statement {
    StatementBuilder::build(select, &store.backend())
}

//! The lists of one user: loaded in the batch of their level, or read together with the user.

use std::sync::Arc;

use async_graphql::{Context, InputType, OutputType, Positioned, ServerResult, Value, parser::types::Field};
use entity::user;
use futures_util::{FutureExt, future::BoxFuture};
use keyset::{ColumnMask, Direction, Ordering, Page};

use super::{
    CountOf, ListAhead, ListField, ListOwner, ListQuery, ListScope, ListSource, OneUser, PageOf, PreparedList,
};
use crate::{
    Result,
    graphql::{
        Connection, ConnectionNode, ContextExt, PageArgs, Request, Total,
        connection::Asked,
        page::Arguments,
        plan::{ConnectionPlan, fields_of, kept},
    },
};

/// A list that each user has, as a field with these arguments.
pub trait UserList: ListSource {
    type FilterInput: InputType + Into<Self::Filters>;
    type OrderInput: InputType + Default;

    /// Sort order and direction of the argument `orderBy`.
    fn order_of(order: Self::OrderInput) -> (Self::Sort, Direction);
}

/// The query of a user's list, and its sort order.
pub struct OfUser<L: ListSource> {
    query: Arc<ListQuery<L>>,
    order: Arc<Ordering<L::Row>>,
}

/// Declares a field that is a list of a user's rows.
#[must_use]
pub const fn list_field<N, L: UserList>(name: &'static str, owner: fn(&N) -> ListOwner<'_>) -> ListField<N> {
    ListField { name, owner, prepare: prepare::<L> }
}

/// Lists of an object that its selection contains once, by their places among the object's lists.
struct SelectedLists(Vec<(usize, Positioned<Field>)>);

/// Prepares the list of the running field's object that is read together with it: the first that the document selects and
/// `may_read` allows. A list that it selects more often, under aliases, is loaded in batches.
pub fn list_ahead<N: ConnectionNode>(
    ctx: &Context<'_>,
    request: &Request,
    may_read: impl Fn(&str) -> bool,
) -> Option<Box<dyn PreparedList>> {
    let set = &ctx.item.node.selection_set;
    let selected = kept(request, ctx.item.pos, || {
        let fields = fields_of::<N>(&set.node, &ctx.query_env.fragments)?;
        let lists = N::LISTS.iter().enumerate().filter_map(|(place, list)| {
            let mut of_list = fields.iter().filter(|field| field.node.name.node == list.name);
            let field = of_list.next().filter(|_| of_list.next().is_none())?;
            Some((place, (*field).clone()))
        });
        Some(SelectedLists(lists.collect()))
    })?;
    let (list, field) = selected.0.iter().find_map(|(place, field)| {
        let list = N::LISTS.get(*place)?;
        may_read(list.name).then_some((list, field))
    })?;
    let ctx = ctx.with_selection_set(set);
    (list.prepare)(&ctx.with_field(field)).filter(|list| !list.is_unread())
}

fn prepare<L: UserList>(ctx: &Context<'_>) -> Option<Box<dyn PreparedList>> {
    let arguments = Arguments::of(ctx)?;
    let page = PageArgs::ahead(&arguments, Asked::of(ctx))?;
    let filters: Option<L::FilterInput> = arguments.get("filters")?;
    let order: Option<L::OrderInput> = arguments.get("orderBy")?;
    let list = OfUser::<L>::new(ctx, &page, filters, L::order_of(order.unwrap_or_default())).ok()?;
    let field = &ctx.item.node.selection_set;
    let request = ctx.data_opt::<Arc<Request>>()?;
    let plan = ConnectionPlan::kept(&ctx.with_selection_set(field), request);
    Some(Box::new(Prepared { list, plan }))
}

/// The list of a field, and the plan of its selection.
struct Prepared<L: ListSource> {
    list: OfUser<L>,
    plan: Option<Arc<ConnectionPlan<L::Node>>>,
}

impl<L: ListSource> OfUser<L> {
    /// The list of the running field, from these arguments.
    ///
    /// # Errors
    ///
    /// When the page arguments are invalid.
    pub fn new(
        ctx: &Context<'_>,
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
    ) -> Result<Self> {
        let (query, order) = ListQuery::at(ListScope::User, ctx, page, filters, order)?;
        Ok(Self { query: Arc::new(query), order: Arc::new(order) })
    }

    /// Returns the list of one user. Loads it in the batch of the field's level, unless it was read together with the
    /// user.
    ///
    /// # Errors
    ///
    /// When the batch fails.
    pub async fn of(&self, request: &Request, owner: ListOwner<'_>) -> Result<Connection<L::Node>> {
        let Self { query, order } = self;
        let user = owner.user;
        let page = match owner.ahead.and_then(|ahead| page_ahead(ahead, query)) {
            _ if query.window.is_unread() => query.window.unread(),
            Some(page) => page,
            // A caller that can see a user can see the user's list, so a missing list means that the user was
            // deleted meanwhile.
            None => {
                let page = request.load(PageOf { user, list: query.clone() }).await?;
                page.map_or_else(Page::unread, |page| Page::clone(&page))
            }
        };
        let query = query.clone();
        let count = Total::Later(Box::new(move |request| {
            let key = CountOf::<L> { user, filters: query.filters.clone() };
            async move { Ok(request.load(key).await?.unwrap_or_default()) }.boxed()
        }));
        Ok(Connection::new(page, order.clone(), count))
    }
}

impl<L: ListSource> PreparedList for Prepared<L> {
    fn resolve<'a>(
        &'a self,
        ctx: &'a Context<'a>,
        field: &'a Positioned<Field>,
        owner: ListOwner<'a>,
    ) -> BoxFuture<'a, ServerResult<Value>> {
        async move {
            let failed = |error| async_graphql::Error::from(error).into_server_error(ctx.item.pos);
            let request = ctx.request().map_err(failed)?;
            let connection = self.list.of(request, owner).await.map_err(failed)?;
            let ctx = ctx.with_selection_set(&field.node.selection_set);
            if let Some(plan) = &self.plan
                && let Some(answer) = connection.write(&ctx, plan, request).await
            {
                return answer;
            }
            connection.resolve(&ctx, field).await
        }
        .boxed()
    }

    fn is_unread(&self) -> bool {
        self.list.query.window.is_unread()
    }

    fn with_user<'a>(
        &'a self,
        request: &'a Request,
        user: &'a dyn OneUser,
        skipped: ColumnMask,
    ) -> BoxFuture<'a, Result<Option<(user::Model, ListAhead)>>> {
        async move {
            let query = &self.list.query;
            let found = query.with_user(request, &self.list.order, user, skipped).await?;
            Ok(found.map(|(row, page)| (row, ListAhead(Box::new((query.clone(), page))))))
        }
        .boxed()
    }
}

/// The page of this query, if it is the one that was read.
fn page_ahead<L: ListSource>(ahead: &ListAhead, query: &ListQuery<L>) -> Option<Page<L::Row>> {
    let (read, page) = ahead.0.downcast_ref::<(Arc<ListQuery<L>>, Page<L::Row>)>()?;
    (**read == *query).then(|| page.clone())
}

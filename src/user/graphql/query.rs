use async_graphql::{Context, Object, SelectionField};

use super::{User, UserFilters, Users, UsersOrderBy};
use crate::user::store;
use crate::{
    Result,
    auth::policy,
    graphql::{Connection, ContextExt, PageArgs, Request, argument, list::ListQuery},
    identification::graphql::{IdentificationFilters, Identifications, IdentificationsOrderBy},
};

/// Root fields of users.
#[derive(Default)]
pub struct UserQuery;

#[Object]
impl UserQuery {
    /// A user. Null if the user does not exist or is not visible to the token, and without an `id`: no token of this server
    /// belongs to one user.
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the user, or else your own `refId` of it.")] id: Option<String>,
    ) -> Result<Option<User>> {
        let Some(id) = id else { return Ok(None) };
        let request = ctx.request()?;
        let user = store::by_id_or_ref(&request.store, &request.caller, &id);
        // The user's identifications ride along in the same statement if they are asked for once. Asked for more
        // often, under aliases, each list is a batch of its own.
        let ahead = match ctx.look_ahead().field("identifications").selection_fields().as_slice() {
            [field] if policy::check(&request.caller, "User", "identifications").is_ok() => {
                ahead(*field, request)
            }
            _ => None,
        };
        let Some(list) = ahead.filter(|list| !list.window.is_unread()) else {
            return Ok(user.one(request.store.read()).await?.map(User::from));
        };
        Ok(list.with_user(request, user).await?.map(|(row, page)| User::with(row, list, page)))
    }

    /// The users of the project that you may see.
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 50, desc = "How many users to take from the front of the list; at most 100.")]
        first: Option<i32>,
        #[graphql(desc = "Only users after the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many users to take from the back of the list; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only users before the one with this cursor.")] before: Option<String>,
        #[graphql(desc = "Which users to list. Left out: all.")] filters: Option<UserFilters>,
        #[graphql(desc = "The order. Left out: `updatedAt`, the latest first.")] order_by: Option<
            UsersOrderBy,
        >,
    ) -> Result<Option<Connection<User>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        let filter = filters.map(|filters| filters.filter(request)).transpose()?;
        ListQuery::<Users>::at_root(&page, filter, order, &ctx.look_ahead(), request).await.map(Some)
    }
}

/// The list of identifications that a field will ask for.
fn ahead(field: SelectionField<'_>, request: &Request) -> Option<ListQuery<Identifications>> {
    let order: Option<IdentificationsOrderBy> = argument(&field, "orderBy")?;
    let filters: Option<IdentificationFilters> = argument(&field, "filters")?;
    ListQuery::ahead(field, filters, order.unwrap_or_default().parts(), request)
}

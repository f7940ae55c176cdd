use async_graphql::{Context, Object, SelectionField};
use entity::user;
use sea_orm::Select;

use super::{User, UserFilters, Users, UsersOrderBy};
use crate::{
    Result,
    audit::record_view,
    auth::Caller,
    db::{Placeholders, Store},
    graphql::{
        Connection, ContextExt, PageArgs, Request, argument,
        list::{ListQuery, OneUser, unused_columns},
    },
    identification::graphql::{IdentificationFilters, Identifications, IdentificationsOrderBy},
    user::store::{self, UserName},
};

/// Query fields of users.
#[derive(Default)]
pub struct UserQuery;

#[Object]
impl UserQuery {
    /// A user. Null if the user does not exist or is not visible to the token. Null without an `id`, because
    /// no token of this server belongs to a single user.
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the user, or its `refId`.")] id: Option<String>,
    ) -> Result<Option<User>> {
        let Some(id) = id else { return Ok(None) };
        let request = ctx.request()?;
        let name = UserName::from(id.as_str());
        // Reads the user's identifications in the same statement if the document selects them once. If it
        // selects them more often, under aliases, each list is loaded in a batch of its own.
        let ahead = match ctx.look_ahead().field("identifications").selection_fields().as_slice() {
            [field] if request.policy().check(&request.caller, "User", "identifications").is_ok() => {
                ahead(*field, request)
            }
            _ => None,
        };
        let Some(list) = ahead.filter(|list| !list.window.is_unread()) else {
            let user = store::by_name(&request.store, &request.caller, &name);
            let row = user.one(request.store.read()).await?;
            viewed(request, row.as_ref()).await?;
            return Ok(row.map(User::from));
        };
        let skipped = unused_columns::<User>(&ctx.look_ahead());
        let found = list.with_user(&request.store, &request.caller, &name, skipped).await?;
        viewed(request, found.as_ref().map(|(row, _)| row)).await?;
        Ok(found.map(|(row, page)| User::with(row, list, page)))
    }

    /// The users that are visible to the token.
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<UserFilters>,
        #[graphql(desc = "Sort order. Default: `updatedAt`, newest first.")] order_by: Option<UsersOrderBy>,
    ) -> Result<Option<Connection<User>>> {
        let request = ctx.request()?;
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        let filter = match filters {
            Some(filters) => Some(filters.filter(request).await?),
            None => None,
        };
        ListQuery::<Users>::at_root(&page, filter, order, &ctx.look_ahead(), request).await.map(Some)
    }
}

impl OneUser for UserName {
    fn form(&self, placeholders: &mut Placeholders) -> Self {
        match self {
            Self::Ref(reference) => Self::Ref(placeholders.text(reference)),
            Self::IdOrRef(id, reference) => Self::IdOrRef(placeholders.id(*id), placeholders.text(reference)),
        }
    }

    fn select(&self, store: &Store, caller: &Caller) -> Select<user::Entity> {
        store::by_name(store, caller, self)
    }
}

/// Records that a member looked at a user. Programs cost no statement.
async fn viewed(request: &Request, row: Option<&user::Model>) -> Result<()> {
    match row {
        Some(row) if request.caller.member().is_some() => {
            record_view(&request.store, &request.clock, &request.caller, row.id).await
        }
        _ => Ok(()),
    }
}

/// Returns the query of the `identifications` field, to be read ahead.
fn ahead(field: SelectionField<'_>, request: &Request) -> Option<ListQuery<Identifications>> {
    let order: Option<IdentificationsOrderBy> = argument(&field, "orderBy")?;
    let filters: Option<IdentificationFilters> = argument(&field, "filters")?;
    ListQuery::ahead(field, filters, order.unwrap_or_default().parts(), request)
}

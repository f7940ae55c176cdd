use async_graphql::{Context, Object};
use entity::user;
use sea_orm::Select;

use super::{User, UserFilters, Users, UsersOrderBy};
use crate::{
    Result,
    audit::record_view,
    auth::Caller,
    db::{Placeholders, Store},
    graphql::{
        Connection, ConnectionNode, ContextExt, PageArgs, Request, Single,
        list::{ListQuery, OneUser, list_ahead, unused_columns},
    },
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
    ) -> Result<Option<Single<User>>> {
        let Some(id) = id else { return Ok(None) };
        let request = ctx.request()?;
        let name = UserName::from(id.as_str());
        let may_read = |field: &str| request.policy().check(&request.caller, "User", field).is_ok();
        let row = if let Some(list) = list_ahead::<User>(ctx, request, may_read) {
            // One statement reads the user and the list.
            let skipped = unused_columns::<User>(ctx, request);
            list.with_user(request, &name, skipped).await?.map(|(row, list)| User::with(row, list))
        } else {
            let user = store::by_name(&request.store, &request.caller, &name);
            user.one(request.store.read()).await?.map(User::from)
        };
        viewed(request, row.as_ref().map(ConnectionNode::row)).await?;
        Ok(row.map(Single))
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
        ListQuery::<Users>::at_root(ctx, &page, filter, order).await.map(Some)
    }
}

impl OneUser for UserName {
    fn by(&self) -> &'static str {
        match self {
            Self::Ref(_) => "refId",
            Self::IdOrRef(..) => "id or refId",
        }
    }

    fn form(&self, placeholders: &mut Placeholders) -> Box<dyn OneUser> {
        Box::new(match self {
            Self::Ref(reference) => Self::Ref(placeholders.text(reference)),
            Self::IdOrRef(id, reference) => Self::IdOrRef(placeholders.id(*id), placeholders.text(reference)),
        })
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

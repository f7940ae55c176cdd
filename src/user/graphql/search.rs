use async_graphql::{Context, Enum, InputObject, Object};

use super::{User, UserFilters, Users, UsersOrderBy};
use crate::{
    Error, Result,
    audit::{self, Action, Entry},
    graphql::{Connection, ContextExt, PageArgs, list::ListQuery},
    user::{
        filter::UserFilter,
        search::{self, Found, NameSearch, SearchKind},
        search_text::SearchText,
    },
};

/// Input of `userSearch`.
#[derive(Clone, Debug, InputObject)]
pub struct UserSearchInput {
    /// Id, number, `refId`, whole e-mail address or telephone number, or parts of a name, also followed by the
    /// day of birth (`Doe 1990-05-17`). In a project whose `nameSearch` is `Index`: words of a name, or their
    /// beginnings of three letters or more. 1 to 200 characters.
    text: String,
}

/// What a search looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "SearchKind")]
pub enum UserSearchKind {
    /// The id.
    Id,
    /// The number in the project.
    Number,
    /// The client's own id.
    RefId,
    /// Whole verified e-mail addresses.
    Email,
    /// The whole mobile phone number.
    Phone,
    /// Parts of names.
    Name,
    /// The day of birth.
    Birth,
}

/// The result of a search of users.
pub struct UserSearch {
    found: Found,
    filter: UserFilter,
}

/// The result of a search of users.
#[Object]
impl UserSearch {
    /// The users that were found.
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
        #[graphql(desc = "Sort order. Default: `updatedAt`, newest first.")] order_by: Option<UsersOrderBy>,
    ) -> Result<Option<Connection<User>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        let filter = Some(UserFilter { ids: Some(self.found.ids.clone()), ..self.filter.clone() });
        ListQuery::<Users>::at_root(ctx, &page, filter, order).await.map(Some)
    }

    /// What the text was compared with.
    async fn looked(&self) -> Vec<UserSearchKind> {
        self.found.looked.iter().copied().map(UserSearchKind::from).collect()
    }

    /// What the text was not compared with, because the token may not read it.
    async fn not_allowed(&self) -> Vec<UserSearchKind> {
        self.found.not_allowed.iter().copied().map(UserSearchKind::from).collect()
    }

    /// What the text was not compared with, because the project does not offer it: see
    /// `ProjectSettings.nameSearch`.
    async fn not_offered(&self) -> Vec<UserSearchKind> {
        self.found.not_offered.iter().copied().map(UserSearchKind::from).collect()
    }

    /// Whether every user was compared. Otherwise narrow the search by filters.
    async fn is_complete(&self) -> bool {
        self.found.is_complete
    }

    /// Number of users whose names were compared, newest first.
    async fn scanned(&self) -> i32 {
        i32::try_from(self.found.scanned).unwrap_or(i32::MAX)
    }
}

/// Query fields of the search of users.
#[derive(Default)]
pub struct UserSearchQuery;

#[Object]
impl UserSearchQuery {
    /// Searches the users that are visible to the token by one text. A caller may run one search at a time.
    async fn user_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The text.")] search: UserSearchInput,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<UserFilters>,
    ) -> Result<Option<UserSearch>> {
        let request = ctx.request()?;
        let text = SearchText::parse(&search.text)?;
        let filter = match filters {
            Some(filters) => filters.filter(request).await?,
            None => UserFilter::default(),
        };
        let caller = &request.caller;
        let now = request.machine_clock().now();
        let _permit = text.has_name().then(|| request.searches.start(caller, now)).transpose()?;
        if caller.member().is_some() {
            // Before the answer: without the entry there is none. Never what was searched for.
            let transaction = request.services().store.begin().await.map_err(Error::from)?;
            let entry = Entry::of_project(caller.project_id(), Action::UsersSearched);
            audit::record(&transaction, &request.clock, entry).await?;
            transaction.commit().await.map_err(Error::from)?;
        }
        let by_name = if text.has_name() {
            NameSearch::of(&request.store, caller.project_id(), request.limits.name_scan_users).await?
        } else {
            NameSearch::Off
        };
        let found = search::find(&request.store, &request.vault, caller, (&filter, &text), &by_name).await?;
        Ok(Some(UserSearch { found, filter }))
    }
}

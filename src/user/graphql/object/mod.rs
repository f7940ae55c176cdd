mod fields;
mod node;
mod related;

use async_graphql::Context;
use entity::user;
use keyset::Direction;
use tokio::sync::OnceCell;

use crate::{
    Result,
    graphql::{
        Connection, ContextExt, JsonText, PageArgs,
        list::{ListAhead, ListOwner, ListSource, OfUser},
    },
    user::Personal,
};

/// The natural person who is verified.
pub struct User {
    row: user::Model,
    /// Decrypted personal data. Decrypted when the first field needs it.
    personal: OnceCell<Personal>,
    /// A list that was read in the same statement as the user.
    ahead: Option<ListAhead>,
}

impl User {
    /// Creates a user together with one of its lists that was read with it.
    #[must_use]
    pub const fn with(row: user::Model, list: ListAhead) -> Self {
        Self { row, personal: OnceCell::const_new(), ahead: Some(list) }
    }

    /// The user as the owner of its lists.
    const fn as_owner(&self) -> ListOwner<'_> {
        ListOwner { user: self.row.id, ahead: self.ahead.as_ref() }
    }

    /// Returns one of the user's lists.
    async fn list<L: ListSource>(
        &self,
        ctx: &Context<'_>,
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
    ) -> Result<Option<Connection<L::Node>>> {
        OfUser::<L>::new(ctx, page, filters, order)?.of(ctx.request()?, self.as_owner()).await.map(Some)
    }

    /// Returns the user's personal data.
    async fn personal(&self, ctx: &Context<'_>) -> Result<&Personal> {
        let vault = &ctx.request()?.vault;
        self.personal.get_or_try_init(|| Personal::of(vault, &self.row)).await
    }

    /// Writes a text of the personal data, which was opened before.
    fn write<'a, T: AsRef<str>>(&'a self, json: &mut JsonText, field: impl Fn(&'a Personal) -> Option<T>) {
        match self.personal.get() {
            Some(personal) => json.optional(field(personal), |json, text| json.text(text.as_ref())),
            None => json.fail(),
        }
    }
}

impl From<user::Model> for User {
    fn from(row: user::Model) -> Self {
        Self { row, personal: OnceCell::const_new(), ahead: None }
    }
}

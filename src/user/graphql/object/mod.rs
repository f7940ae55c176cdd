mod fields;
mod related;

use async_graphql::Context;
use entity::{identification as identifications, user};
use keyset::{Direction, Page};
use tokio::sync::OnceCell;

use crate::{
    Result,
    graphql::{
        Connection, ConnectionNode, ContextExt, FieldWriter, JsonText, PageArgs,
        list::{ListQuery, ListSource},
    },
    identification::graphql::Identifications,
    user::{Personal, graphql::UserStatus},
};

/// Fields whose values are in the encrypted column of the row.
const PERSONAL: &[&str] = &[
    "firstName",
    "allFirstNames",
    "lastName",
    "birthLastName",
    "preferredLastName",
    "fullName",
    "birthDate",
    "birthCity",
    "birthCountry",
    "nationalityCCA3",
    "mobilePhoneNumber",
    "verifiedEmails",
    "preferredNotificationChannel",
    "masked",
];

/// The natural person who is verified.
pub struct User {
    row: user::Model,
    /// Decrypted personal data. Decrypted when the first field needs it.
    personal: OnceCell<Personal>,
    /// Page of identifications that was read in the same statement as the user.
    ahead: Option<(ListQuery<Identifications>, Page<identifications::Model>)>,
}

impl User {
    /// Creates a user together with a page of identifications that was read with it.
    #[must_use]
    pub const fn with(
        row: user::Model,
        list: ListQuery<Identifications>,
        page: Page<identifications::Model>,
    ) -> Self {
        Self { row, personal: OnceCell::const_new(), ahead: Some((list, page)) }
    }

    /// Returns one of the user's lists. `ahead` is a page that was read with the user.
    async fn list<L: ListSource>(
        &self,
        ctx: &Context<'_>,
        page: &PageArgs,
        filters: Option<impl Into<L::Filters>>,
        order: (L::Sort, Direction),
        ahead: Option<&(ListQuery<L>, Page<L::Row>)>,
    ) -> Result<Option<Connection<L::Node>>> {
        let list = ListQuery::<L>::new(page, filters, order, &ctx.look_ahead(), ctx.request()?)?;
        list.of_user(ctx, self.row.id, ahead).await.map(Some)
    }

    /// Returns the user's personal data.
    async fn personal(&self, ctx: &Context<'_>) -> Result<&Personal> {
        let vault = &ctx.request()?.vault;
        self.personal.get_or_try_init(|| Personal::of(vault, &self.row)).await
    }
}

impl From<user::Model> for User {
    fn from(row: user::Model) -> Self {
        Self { row, personal: OnceCell::const_new(), ahead: None }
    }
}

impl ConnectionNode for User {
    type Row = user::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<user::Model>)] = &[
        ("id", FieldWriter::Value(|row, json| json.id(row.id))),
        ("refId", FieldWriter::Value(|row, json| json.optional(row.ref_id.as_deref(), JsonText::text))),
        ("number", FieldWriter::Value(|row, json| json.number(row.number))),
        ("version", FieldWriter::Value(|row, json| json.int(row.version))),
        (
            "legalHoldReason",
            FieldWriter::Value(|row, json| json.optional(row.hold_reason.as_deref(), JsonText::text)),
        ),
        ("status", FieldWriter::Value(|row, json| json.one_of::<UserStatus>(row.status))),
        ("createdAt", FieldWriter::Value(|row, json| json.time(row.created_at))),
        ("updatedAt", FieldWriter::Value(|row, json| json.time(row.updated_at))),
        ("joinedAt", FieldWriter::Value(|row, json| json.optional(row.joined_at, JsonText::time))),
    ];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] =
        &[("source_id", &[]), ("wrapped_key", PERSONAL), ("personal", PERSONAL)];

    fn of(row: user::Model) -> Self {
        row.into()
    }

    fn row(&self) -> &user::Model {
        &self.row
    }
}

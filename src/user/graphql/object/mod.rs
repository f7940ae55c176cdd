mod fields;
mod related;

use async_graphql::Context;
use entity::{identification as identifications, user};
use futures_util::future::BoxFuture;
use keyset::{Direction, Page};
use tokio::sync::OnceCell;

use crate::{
    Result,
    graphql::{
        Connection, ConnectionNode, ContextExt, FieldWriter, JsonText, PageArgs, Request,
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

impl ConnectionNode for User {
    type Row = user::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[
        ("id", FieldWriter::Value(|user, json| json.id(user.row.id))),
        ("refId", FieldWriter::Value(|user, json| json.optional(user.row.ref_id.as_deref(), JsonText::text))),
        ("number", FieldWriter::Value(|user, json| json.number(user.row.number))),
        ("version", FieldWriter::Value(|user, json| json.int(user.row.version))),
        (
            "legalHoldReason",
            FieldWriter::Value(|user, json| json.optional(user.row.hold_reason.as_deref(), JsonText::text)),
        ),
        ("status", FieldWriter::Value(|user, json| json.one_of::<UserStatus>(user.row.status))),
        ("createdAt", FieldWriter::Value(|user, json| json.time(user.row.created_at))),
        ("updatedAt", FieldWriter::Value(|user, json| json.time(user.row.updated_at))),
        ("joinedAt", FieldWriter::Value(|user, json| json.optional(user.row.joined_at, JsonText::time))),
        ("firstName", FieldWriter::Value(|user, json| user.write(json, |it| it.first_name.as_deref()))),
        (
            "allFirstNames",
            FieldWriter::Value(|user, json| user.write(json, |it| it.all_first_names.as_deref())),
        ),
        ("lastName", FieldWriter::Value(|user, json| user.write(json, |it| it.last_name.as_deref()))),
        (
            "birthLastName",
            FieldWriter::Value(|user, json| user.write(json, |it| it.birth_last_name.as_deref())),
        ),
        (
            "preferredLastName",
            FieldWriter::Value(|user, json| user.write(json, |it| it.preferred_last_name.as_deref())),
        ),
        ("fullName", FieldWriter::Value(|user, json| user.write(json, Personal::full_name))),
        (
            "birthDate",
            FieldWriter::Value(|user, json| user.write(json, |it| it.birth_date.map(|day| day.to_string()))),
        ),
        ("birthCity", FieldWriter::Value(|user, json| user.write(json, |it| it.birth_city.as_deref()))),
        ("birthCountry", FieldWriter::Value(|user, json| user.write(json, |it| it.birth_country.as_deref()))),
        (
            "nationalityCCA3",
            FieldWriter::Value(|user, json| user.write(json, |it| it.nationality.as_deref())),
        ),
        (
            "mobilePhoneNumber",
            FieldWriter::Value(|user, json| user.write(json, |it| it.mobile_phone_number.as_deref())),
        ),
    ];

    const PREPARED: &'static [&'static str] = PERSONAL;

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] =
        &[("source_id", &[]), ("wrapped_key", PERSONAL), ("personal", PERSONAL)];

    fn of(row: user::Model) -> Self {
        row.into()
    }

    fn row(&self) -> &user::Model {
        &self.row
    }

    /// Opens the personal data.
    fn prepare<'a>(users: &'a [Self], request: &'a Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            for user in users {
                user.personal.get_or_try_init(|| Personal::of(&request.vault, &user.row)).await?;
            }
            Ok(())
        })
    }
}

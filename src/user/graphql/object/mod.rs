mod fields;

use async_graphql::Context;
use entity::{identification as identifications, user};
use tokio::sync::OnceCell;

use crate::user::Personal;
use crate::{
    Result,
    db::Page,
    graphql::{ConnectionNode, ContextExt, list::ListQuery},
    identification::graphql::Identifications,
};

/// The fields that tell what is sealed in the row.
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
];

/// The natural person being verified.
pub struct User {
    row: user::Model,
    /// What was sealed in the row, once a field has asked for it.
    personal: OnceCell<Personal>,
    /// The list of identifications that was read together with the user.
    ahead: Option<(ListQuery<Identifications>, Page<identifications::Model>)>,
}

impl User {
    /// A user and a page that was read with it.
    #[must_use]
    pub const fn with(
        row: user::Model,
        list: ListQuery<Identifications>,
        page: Page<identifications::Model>,
    ) -> Self {
        Self { row, personal: OnceCell::const_new(), ahead: Some((list, page)) }
    }

    /// What says who it is.
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

    const SYNC_FIELDS: &'static [&'static str] = &[
        "id",
        "refId",
        "number",
        "version",
        "legalHoldReason",
        "status",
        "createdAt",
        "updatedAt",
        "joinedAt",
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

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::proofing_request::Model;
use keyset::{Direction, End, InvalidCursor, Ordering, Position};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::bad,
    limits::{DEFAULT_LIMIT, MAX_LIMIT},
    search::{Attribute, Search},
};
use crate::{
    http::rest::RestError,
    proofing::store::{ProofingSort, keys, pinned},
};

/// The order of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = IdProofingOrder)]
pub struct OrderBy {
    /// `requestTime`, `deviceCheckResult`, `state`, `documentAuthenticationResult` or `faceMatch`.
    pub name: String,
    pub ascending: bool,
}

impl Default for OrderBy {
    /// Latest first.
    fn default() -> Self {
        Self { name: "requestTime".to_owned(), ascending: false }
    }
}

impl OrderBy {
    /// The database ordering of a search in a project. It differs for each project, so cursors of other
    /// projects are rejected.
    ///
    /// # Errors
    ///
    /// If requests cannot be ordered by this attribute.
    pub fn ordering(&self, project: Uuid, search: &Search) -> Result<Ordering<Model>, RestError> {
        let sort = match self.name.as_str() {
            "requestTime" => ProofingSort::RequestTime,
            "deviceCheckResult" => ProofingSort::DeviceCheckResult,
            "state" => ProofingSort::State,
            "documentAuthenticationResult" => ProofingSort::DocumentAuthenticationResult,
            "faceMatch" => ProofingSort::FaceMatch,
            name => {
                let text = format!("requests cannot be ordered by `{name}`");
                return Err(bad("invalid_order_by_attribute", text).with("name", name));
            }
        };
        let direction = if self.ascending { Direction::Asc } else { Direction::Desc };
        let order = Ordering::new("idproofing", project, keys(sort, direction));
        Ok(order.pinned(pinned(&search.filters, sort)))
    }
}

/// A list request: search, order and start position.
#[derive(Debug)]
pub struct ListRequest {
    pub search: Search,
    pub order_by: OrderBy,
    pub order: Ordering<Model>,
    /// The position to continue from, and whether it is the start or the end of the page.
    pub from: Option<(Position, End)>,
    /// Page size if the request has none: that of the previous page.
    pub limit: u32,
}

/// The content of a cursor. It is untrusted, so it is parsed as strictly as a body.
#[derive(Serialize, Deserialize)]
struct Cursor {
    s: Vec<Attribute>,
    o: OrderBy,
    /// Whether the cursor leads to the previous page.
    b: bool,
    p: String,
    /// Page size of the page that returned the cursor.
    #[serde(default = "default_limit")]
    l: u32,
}

/// Page size for cursors issued before they contained one.
const fn default_limit() -> u32 {
    DEFAULT_LIMIT
}

impl ListRequest {
    /// Parses the cursor of a page of this project.
    ///
    /// # Errors
    ///
    /// If it is not a cursor of a list of this project.
    pub fn at(cursor: &str, project: Uuid) -> Result<Self, RestError> {
        let refused = || bad("invalid_cursor", "this is not a cursor of one of your lists");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
        let Cursor { s, o, b, p, l } = serde_json::from_slice(&bytes).map_err(|_| refused())?;
        if !(1..=MAX_LIMIT).contains(&l) {
            return Err(refused());
        }
        let search = Search::new(s).map_err(|_| refused())?;
        let order = o.ordering(project, &search).map_err(|_| refused())?;
        let position = order.sort_order().decode(&p).map_err(|InvalidCursor| refused())?;
        let from = Some((position, if b { End::Back } else { End::Front }));
        Ok(Self { search, order_by: o, order, from, limit: l })
    }

    /// The cursor of the page after or before a row.
    #[must_use]
    pub fn cursor(&self, row: &Model, end: End) -> String {
        let (s, o) = (self.search.attributes.clone(), self.order_by.clone());
        let p = self.order.cursor(row);
        let cursor = serde_json::json!(Cursor { s, o, b: end == End::Back, p, l: self.limit });
        BASE64_URL_SAFE_NO_PAD.encode(cursor.to_string())
    }
}

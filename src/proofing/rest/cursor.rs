use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::proofing_request::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    DEFAULT_LIMIT, MAX_LIMIT,
    answer::ProofingApiError,
    search::{Attribute, Search},
};
use crate::{
    db::{Direction, End, Ordering, Position},
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
    /// The latest first.
    fn default() -> Self {
        Self { name: "requestTime".to_owned(), ascending: false }
    }
}

impl OrderBy {
    /// The order of what a search finds in a project. A cursor of another project is not one of it.
    ///
    /// # Errors
    ///
    /// When there is no attribute of that name to order by.
    pub fn ordering(&self, project: Uuid, search: &Search) -> Result<Ordering<Model>, ProofingApiError> {
        let sort = match self.name.as_str() {
            "requestTime" => ProofingSort::RequestTime,
            "deviceCheckResult" => ProofingSort::DeviceCheckResult,
            "state" => ProofingSort::State,
            "documentAuthenticationResult" => ProofingSort::DocumentAuthenticationResult,
            "faceMatch" => ProofingSort::FaceMatch,
            name => {
                let text = format!("requests cannot be ordered by `{name}`");
                return Err(ProofingApiError::bad("invalid_order_by_attribute", text).with("name", name));
            }
        };
        let direction = if self.ascending { Direction::Asc } else { Direction::Desc };
        let order = Ordering::new("idproofing", project, keys(sort, direction));
        Ok(order.pinned(pinned(&search.filters, sort)))
    }
}

/// What to list: a search in an order, and from where.
#[derive(Debug)]
pub struct ListRequest {
    pub search: Search,
    pub order_by: OrderBy,
    pub order: Ordering<Model>,
    /// The place to go on from, and whether that is the front of the page or its back.
    pub from: Option<(Position, End)>,
    /// Rows of the page at most, if the request does not say: those of the page before.
    pub limit: u32,
}

/// What a cursor holds. Nothing in it is trusted: it is read as strictly as a body is.
#[derive(Serialize, Deserialize)]
struct Cursor {
    s: Vec<Attribute>,
    o: OrderBy,
    /// Whether it leads back.
    b: bool,
    p: String,
    /// The limit of the page that it comes from.
    #[serde(default = "default_limit")]
    l: u32,
}

/// The limit of cursors that were made before cursors had one.
const fn default_limit() -> u32 {
    DEFAULT_LIMIT
}

impl ListRequest {
    /// The page that a cursor of this project leads to.
    ///
    /// # Errors
    ///
    /// When it is not a cursor of a list of this project.
    pub fn at(cursor: &str, project: Uuid) -> Result<Self, ProofingApiError> {
        let refused = || ProofingApiError::bad("invalid_cursor", "this is not a cursor of one of your lists");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
        let Cursor { s, o, b, p, l } = serde_json::from_slice(&bytes).map_err(|_| refused())?;
        if !(1..=MAX_LIMIT).contains(&l) {
            return Err(refused());
        }
        let search = Search::new(s).map_err(|_| refused())?;
        let order = o.ordering(project, &search).map_err(|_| refused())?;
        let place = order.decode(&p).ok_or_else(refused)?;
        let from = Some((place, if b { End::Back } else { End::Front }));
        Ok(Self { search, order_by: o, order, from, limit: l })
    }

    /// The cursor that leads on from a row, or back from it.
    #[must_use]
    pub fn cursor(&self, row: &Model, end: End) -> String {
        let (s, o) = (self.search.attributes.clone(), self.order_by.clone());
        let p = self.order.encode(&self.order.position(row));
        let cursor = serde_json::json!(Cursor { s, o, b: end == End::Back, p, l: self.limit });
        BASE64_URL_SAFE_NO_PAD.encode(cursor.to_string())
    }
}

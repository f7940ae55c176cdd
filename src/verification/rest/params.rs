use keyset::Direction;

use super::answer::invalid;
use crate::{http::rest::RestError, verification::history::HistoryPage};

/// Default page size.
const LIMIT: u32 = 10;
/// Maximum page size.
const MOST: u32 = 1_000;
/// The only supported sort field.
const SORT_BY: &str = "createTime";
/// The only supported filter.
const CLIENT: &str = "filter[clientId]";

/// The parameters of `GET /api/v2/verifications`.
#[derive(Clone, Copy, Debug)]
pub struct HistoryParams {
    /// Return only the grants to the user with this number.
    pub client: Option<i64>,
    pub part: HistoryPage,
}

impl HistoryParams {
    /// Parses the query of a URL. Unknown parameters are ignored, except filters: a response that ignored a
    /// filter would look like a filtered one.
    pub fn read(query: &str) -> Result<Self, RestError> {
        let mut params =
            Self { client: None, part: HistoryPage { direction: Direction::Desc, limit: LIMIT, offset: 0 } };
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let refused = |issue: String| Err(invalid(&name, &issue));
            match name.as_ref() {
                "limit" => match whole(&value) {
                    Some(limit @ 1..=MOST) => params.part.limit = limit,
                    _ => return refused(format!("write a whole number between 1 and {MOST}")),
                },
                "offset" => match whole(&value) {
                    Some(offset) => params.part.offset = offset,
                    None => return refused("write a whole number, 0 or more".to_owned()),
                },
                "sort_by" if value == SORT_BY => {}
                "sort_by" => return refused(format!("items can be sorted only by {SORT_BY}")),
                "sort_order" => match value.as_ref() {
                    "asc" => params.part.direction = Direction::Asc,
                    "desc" => params.part.direction = Direction::Desc,
                    _ => return refused("write asc or desc".to_owned()),
                },
                // A number that no client can have matches no row.
                CLIENT => params.client = Some(number(CLIENT, &value)?.unwrap_or_default()),
                other if other.starts_with("filter") => {
                    return refused(format!("unknown filter: items can be filtered only by {CLIENT}"));
                }
                _ => continue,
            }
            if seen.contains(&name) {
                return refused("send it once".to_owned());
            }
            seen.push(name);
        }
        Ok(params)
    }
}

/// Parses a number of a row. Returns `None` if it exceeds the numbers of rows.
pub fn number(field: &str, text: &str) -> Result<Option<i64>, RestError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid(field, "write a whole number"));
    }
    Ok(text.parse().ok())
}

fn whole(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

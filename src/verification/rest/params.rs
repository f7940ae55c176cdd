use crate::{db::Direction, verification::history::HistoryPage};

use super::answer::VerificationApiError;

/// Rows of an answer that does not say how many it wants.
const LIMIT: u32 = 10;
/// The most rows of an answer.
const MOST: u32 = 1_000;
/// The one thing to sort by.
const SORT_BY: &str = "createTime";
/// The one filter there is.
const CLIENT: &str = "filter[clientId]";

/// What `GET /api/v2/verifications` can be asked.
#[derive(Clone, Copy, Debug)]
pub struct HistoryParams {
    /// Only the grants to the user of this number.
    pub client: Option<i32>,
    pub part: HistoryPage,
}

impl HistoryParams {
    /// Reads the query of a URL. What the API does not know it leaves alone, but for filters: an answer that a filter
    /// did not narrow would look like one that it did.
    pub fn read(query: &str) -> Result<Self, VerificationApiError> {
        let mut asked =
            Self { client: None, part: HistoryPage { direction: Direction::Desc, limit: LIMIT, offset: 0 } };
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let refused = |issue: String| Err(VerificationApiError::Parameter(name.to_string(), issue));
            match name.as_ref() {
                "limit" => match whole(&value) {
                    Some(limit @ 1..=MOST) => asked.part.limit = limit,
                    _ => return refused(format!("write a whole number between 1 and {MOST}")),
                },
                "offset" => match whole(&value) {
                    Some(offset) => asked.part.offset = offset,
                    None => return refused("write a whole number, 0 or more".to_owned()),
                },
                "sort_by" if value == SORT_BY => {}
                "sort_by" => return refused(format!("the rows can be sorted by {SORT_BY} only")),
                "sort_order" => match value.as_ref() {
                    "asc" => asked.part.direction = Direction::Asc,
                    "desc" => asked.part.direction = Direction::Desc,
                    _ => return refused("write asc or desc".to_owned()),
                },
                // Of a number that no client can have there are no rows.
                CLIENT => asked.client = Some(number(CLIENT, &value)?.unwrap_or_default()),
                other if other.starts_with("filter") => {
                    return refused(format!("there is no such filter: the rows can be filtered by {CLIENT}"));
                }
                _ => continue,
            }
            if seen.contains(&name) {
                return refused("give it once".to_owned());
            }
            seen.push(name);
        }
        Ok(asked)
    }
}

/// A number that rows are known by; `None` for one that is too large for any row.
pub fn number(field: &str, text: &str) -> Result<Option<i32>, VerificationApiError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(VerificationApiError::Parameter(field.to_owned(), "write a whole number".to_owned()));
    }
    Ok(text.parse().ok())
}

fn whole(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

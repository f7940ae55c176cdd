//! What a view may be: which filters it can have, and how many views there are.

use std::{collections::HashMap, sync::LazyLock};

use entity::saved_view::Page;
use serde::Deserialize;
use uuid::Uuid;

use crate::{auth::Permission, user::rules::check_tags};

/// Maximum length of a name, in characters.
pub const NAME: usize = 60;
/// Maximum length of a query, in bytes.
pub const QUERY: usize = 2_000;
/// Maximum number of views that a member has for itself in a project, and of those that everybody has.
pub const VIEWS: u64 = 50;
/// Maximum length of a word, such as the name of a status, in bytes.
const WORD: usize = 60;

/// What the values of a filter are. No filter has free text: the text of a search is no filter, and a text that names a
/// person, such as a `refId`, would survive the person's erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FilterKind {
    /// A name of the API: of a status, a column, an order or an action.
    Word,
    Id,
    Number,
    /// A bound of a time range, such as `>=2026-01-01T00:00:00.000Z`.
    Time,
    Tag,
}

/// The filters of each page. A test of the dashboard compares the names with those of its lists.
static FILTERS: LazyLock<HashMap<String, HashMap<String, FilterKind>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("filters.json")).unwrap_or_default());

/// Returns the name of a page in `filters.json`.
const fn name(page: Page) -> &'static str {
    match page {
        Page::Users => "Users",
        Page::Identifications => "Identifications",
        Page::ProofingRequests => "ProofingRequests",
        Page::Verifications => "Verifications",
        Page::Sessions => "Sessions",
        Page::Results => "Results",
        Page::WebhookLog => "WebhookLog",
        Page::Audit => "Audit",
    }
}

/// Returns the permission that opens a page.
#[must_use]
pub const fn needs(page: Page) -> Permission {
    match page {
        Page::Users => Permission::UsersView,
        Page::Identifications => Permission::IdentificationsView,
        Page::ProofingRequests => Permission::IdproofingView,
        Page::Verifications => Permission::VerificationsView,
        Page::Sessions => Permission::SessionsView,
        Page::Results => Permission::ResultsView,
        Page::WebhookLog => Permission::WebhooksView,
        Page::Audit => Permission::AuditView,
    }
}

/// Checks that a query string has only filters that a view of the page can have.
///
/// # Errors
///
/// The reason, without the value.
pub fn check_query(page: Page, query: &str) -> Result<(), String> {
    if query.len() > QUERY {
        return Err(format!("`query` must have at most {QUERY} bytes"));
    }
    let filters = FILTERS.get(name(page));
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(kind) = filters.and_then(|filters| filters.get(&*key)) else {
            return Err("`query` has a filter that views of this page do not have".to_owned());
        };
        if !kind.accepts(&value) {
            return Err(format!("the filter `{key}` of `query` is invalid"));
        }
    }
    Ok(())
}

impl FilterKind {
    fn accepts(self, value: &str) -> bool {
        let is_word = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
        match self {
            Self::Word => !value.is_empty() && value.len() <= WORD && value.chars().all(is_word),
            Self::Id => Uuid::try_parse(value).is_ok(),
            Self::Number => value.parse::<u64>().is_ok(),
            Self::Time => {
                let time = value.strip_prefix(['<', '>']);
                let time = time.map(|time| time.strip_prefix('=').unwrap_or(time));
                time.is_some_and(|time| chrono::DateTime::parse_from_rfc3339(time).is_ok())
            }
            Self::Tag => check_tags(&[value.to_owned()]).is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_page_has_filters() {
        let pages: Vec<_> = Page::iter().map(name).collect();
        assert!(pages.iter().all(|page| FILTERS[*page].contains_key("hide")));
        assert_eq!(FILTERS.len(), pages.len());
    }

    #[test]
    fn a_query_has_filters_of_its_page_only() {
        for query in [
            "",
            "status=Active&status=Deactivated&tag=vip&order=-createdAt&hide=tags",
            "created=%3E%3D2026-01-01T00%3A00%3A00.000Z&created=%3C2026-02-01T00%3A00%3A00.000Z",
            "verification=3eb8c91c-c866-4f1a-9d5b-2f6a1c0d7e11",
        ] {
            assert_eq!(check_query(Page::Users, query), Ok(()), "{query}");
        }
        for query in [
            "text=John+Doe",
            "search=John",
            "status=John+Doe",
            "created=John",
            "created=2026-01-01T00:00:00Z",
            "verification=John",
            "tag=",
            "status=",
        ] {
            assert!(check_query(Page::Users, query).is_err(), "{query}");
        }
        assert!(check_query(Page::Sessions, "refId=john.doe").is_err());
        assert!(check_query(Page::Audit, "user=John").is_err());
        assert!(check_query(Page::Verifications, "user=302").is_ok());
        let long = format!("tag=a{}", "&tag=a".repeat(QUERY / 6));
        assert!(check_query(Page::Users, &long).is_err());
    }
}

//! Who may read which fields of this concept.

use crate::auth::policy::rule::{DataClass::Plain, Requirement::Token, Row};

/// The fields. The views in the list, and what a caller may save, depend on the permission that opens the page, and on
/// `PROJECT:MANAGE` for views of everybody: see `store`.
pub const FIELDS: &[Row] = &[
    ("Query", Token, Plain, &["savedViews"]),
    ("Mutation", Token, Plain, &["saveView", "deleteView"]),
    ("SavedView", Token, Plain, &["id", "page", "name", "query", "isForEverybody"]),
    ("SaveViewSuccessPayload", Token, Plain, &["savedView"]),
    ("DeleteViewSuccessPayload", Token, Plain, &["viewId"]),
];

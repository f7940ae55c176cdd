//! Who may read which fields of this concept.

use crate::auth::policy::rule::{DataClass::Plain, Requirement::Token, Row};

/// The fields. A caller that may read what a member did may read the member's name.
pub const FIELDS: &[Row] = &[
    ("Actor", Token, Plain, &["id", "number", "label"]),
    ("Membership", Token, Plain, &["id", "number", "label", "role", "tagLimits", "status", "createdAt"]),
    ("Role", Token, Plain, &["id", "name", "builtIn", "permissions", "isMasked"]),
];

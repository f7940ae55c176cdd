//! The access policy of all concepts. A concept lists its fields and paths in its `policy.rs`.

use std::sync::LazyLock;

use super::rejection;
use crate::{
    audit,
    auth::policy::{
        Policy,
        rule::{DataClass::Plain, Requirement::Token, Route, Row},
    },
    document, event, grant_policy, identification, level, member, project, proofing, result, retention,
    sandbox, saved_view, scenario, session, subscription, user, verification, webhook,
};

/// The access policy. Whatever is not listed is denied.
pub static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    // Every caller with a valid token may read why a mutation was rejected.
    let rejections = rejection::NAMES.iter().map(|name| (*name, Token, Plain, &["message"][..]));
    let fields = CONCEPTS.iter().flat_map(|fields| fields.iter().copied()).chain(rejections);
    Policy::new(fields, ROUTES.iter().flat_map(|routes| routes.iter().copied()))
});

const CONCEPTS: &[&[Row]] = &[
    FIELDS,
    audit::policy::FIELDS,
    document::policy::FIELDS,
    event::policy::FIELDS,
    grant_policy::policy::FIELDS,
    identification::policy::FIELDS,
    level::policy::FIELDS,
    member::policy::FIELDS,
    project::policy::FIELDS,
    proofing::policy::FIELDS,
    result::policy::FIELDS,
    retention::policy::FIELDS,
    sandbox::policy::FIELDS,
    saved_view::policy::FIELDS,
    scenario::policy::FIELDS,
    session::policy::FIELDS,
    subscription::policy::FIELDS,
    user::policy::FIELDS,
    verification::policy::FIELDS,
    webhook::policy::FIELDS,
];

const ROUTES: &[&[Route]] = &[
    document::policy::ROUTES,
    project::policy::ROUTES,
    proofing::policy::ROUTES,
    result::policy::ROUTES,
    session::policy::ROUTES,
    verification::policy::ROUTES,
];

/// The fields that no concept owns.
const FIELDS: &[Row] = &[
    // `node` searches only types that the caller may read.
    ("Query", Token, Plain, &["node", "nodes", "viewer"]),
    // Applies to the interface, as in `node(id: …) { id }`, for objects of any type.
    ("Node", Token, Plain, &["id"]),
    ("PageInfo", Token, Plain, &["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]),
];

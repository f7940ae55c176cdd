//! Who may read which fields of this concept.

use crate::auth::{
    Permission::UsersView,
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    // The list says which events are about the user, as `userId` of an event does. The types of its events depend on
    // the other read permissions of the caller: see `Kind::needs`.
    ("User", One(UsersView), Plain, &["events"]),
    ("EventConnection", Token, Plain, &["edges", "pageInfo", "totalCount"]),
    ("EventEdge", Token, Plain, &["node", "cursor"]),
    ("Event", Token, Plain, &["eventId", "eventType", "eventDate", "projectId", "resourceId"]),
    ("Event", One(UsersView), Plain, &["userId"]),
];

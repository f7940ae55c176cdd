//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{IdentificationsView, IdproofingView, SessionsView, VerificationsView},
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    // The event kinds that a caller may subscribe to depend on its read permissions: see `Kind::needs`.
    ("Subscription", One(IdentificationsView), Plain, &["identificationUpdated"]),
    ("Subscription", One(IdproofingView), Plain, &["proofingRequestUpdated"]),
    ("Subscription", One(VerificationsView), Plain, &["verificationGranted"]),
    ("Subscription", One(SessionsView), Plain, &["verificationSessionUpdated"]),
    ("Subscription", Token, Plain, &["event"]),
];

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::AuditView,
    policy::rule::{DataClass::Plain, Requirement::One, Row},
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Query", One(AuditView), Plain, &["auditEvents"]),
    ("AuditEventConnection", One(AuditView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("AuditEventEdge", One(AuditView), Plain, &["node", "cursor"]),
    ("AuditEvent", One(AuditView), Plain, &["id", "action", "resourceId", "userId", "credentialId"]),
    ("AuditEvent", One(AuditView), Plain, &["credential", "actor", "requestId", "createdAt"]),
];

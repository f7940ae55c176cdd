//! Who may read which fields and use which paths of this concept.

use crate::auth::{
    Permission::{UsersView, VerificationsGrant, VerificationsManage, VerificationsView},
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected},
        Route, Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Query", One(VerificationsView), Plain, &["verification", "verifications", "verificationLevels"]),
    ("Mutation", OrRejected(VerificationsManage), Plain, &["createVerificationLevel"]),
    ("Mutation", OrRejected(VerificationsGrant), Plain, &["grantVerificationLevel"]),
    ("User", One(VerificationsView), Plain, &["currentVerificationLevel", "verifications"]),
    ("VerificationConnection", One(VerificationsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("VerificationEdge", One(VerificationsView), Plain, &["node", "cursor"]),
    ("Verification", One(VerificationsView), Plain, &["id", "number", "currentLevel", "previousLevel"]),
    ("Verification", One(VerificationsView), Plain, &["reason", "actor", "grantedBy", "createdAt"]),
    ("Verification", One(UsersView), Plain, &["user"]),
    ("VerificationLevel", One(VerificationsView), Plain, &["id", "number", "name", "index", "createdAt"]),
    ("CreateVerificationLevelSuccessPayload", One(VerificationsView), Plain, &["verificationLevel"]),
    ("GrantVerificationLevelSuccessPayload", One(VerificationsView), Plain, &["verification"]),
];

/// The paths. A path with several rows needs all of their permissions.
pub const ROUTES: &[Route] = &[
    ("GET", "/api/v2/verifications", One(VerificationsView)),
    ("GET", "/api/v2/verifications/levels", One(VerificationsView)),
    ("GET", "/api/v2/verifications/{id}", One(VerificationsView)),
    ("GET", "/v2/verifications/{id}", One(VerificationsView)),
];

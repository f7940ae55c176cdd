//! Who may read which fields and use which paths of this concept.

use crate::auth::{
    Permission::{DocumentsView, SessionsAdd, SessionsEdit, SessionsView, UsersView},
    policy::rule::{
        DataClass::{Personal, Plain},
        Requirement::{One, OrRejected, Token},
        Route, Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("User", One(SessionsView), Plain, &["verificationSessions"]),
    ("Query", One(SessionsView), Plain, &["verificationSession", "verificationSessions"]),
    ("VerificationSessionConnection", One(SessionsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("VerificationSessionEdge", One(SessionsView), Plain, &["node", "cursor"]),
    ("VerificationSession", One(SessionsView), Plain, &["id", "refId", "status", "flowId", "steps"]),
    ("VerificationSession", One(SessionsView), Plain, &["createdAt", "updatedAt", "version"]),
    ("VerificationSession", One(UsersView), Plain, &["user"]),
    ("VerificationSession", One(DocumentsView), Personal, &["metadata"]),
    ("Mutation", OrRejected(SessionsAdd), Plain, &["createVerificationSession"]),
    ("Mutation", OrRejected(SessionsEdit), Plain, &["completeVerificationSession"]),
    ("CreateVerificationSessionSuccessPayload", Token, Plain, &["sessionId"]),
    ("CreateVerificationSessionSuccessPayload", One(SessionsView), Plain, &["verificationSession"]),
    ("CompleteVerificationSessionSuccessPayload", One(SessionsView), Plain, &["verificationSession"]),
];

/// The paths. A path with several rows needs all of their permissions.
pub const ROUTES: &[Route] = &[
    ("POST", "/v2/sessions", One(SessionsAdd)),
    ("GET", "/v2/users/{refId}", One(SessionsView)),
    ("GET", "/v2/sessions/{refId}", One(SessionsView)),
    ("GET", "/sessions/{refId}", One(SessionsView)),
    ("GET", "/v2/users/{refId}/documents", One(SessionsView)),
    ("GET", "/v2/users/{refId}/documents", One(DocumentsView)),
];

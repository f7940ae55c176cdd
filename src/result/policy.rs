//! Who may read which fields and use which paths of this concept.

use crate::auth::{
    Permission::{ResultsAdd, ResultsEdit, ResultsView, UsersView},
    policy::rule::{
        DataClass::{Personal, Plain},
        Requirement::{One, OrRejected},
        Route, Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("User", One(ResultsView), Plain, &["verificationResults"]),
    ("Query", One(ResultsView), Plain, &["verificationResult", "verificationResults"]),
    ("Mutation", OrRejected(ResultsAdd), Plain, &["requestVerification"]),
    ("Mutation", OrRejected(ResultsEdit), Plain, &["recordVerificationOutcome"]),
    ("VerificationResultConnection", One(ResultsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("VerificationResultEdge", One(ResultsView), Plain, &["node", "cursor"]),
    (
        "VerificationResult",
        One(ResultsView),
        Plain,
        &["id", "traceId", "projectId", "correlationId", "status"],
    ),
    (
        "VerificationResult",
        One(ResultsView),
        Plain,
        &["scopes", "verifiedAt", "createdAt", "updatedAt", "version"],
    ),
    ("VerificationResult", One(ResultsView), Personal, &["data"]),
    ("VerificationResult", One(UsersView), Plain, &["user"]),
    ("VerificationResultData", One(ResultsView), Personal, &["identityId", "name", "dateOfBirth", "phone"]),
    ("VerificationResultName", One(ResultsView), Personal, &["fullName", "firstName", "lastName"]),
    ("Query", One(ResultsView), Plain, &["integrations"]),
    ("IntegrationConnection", One(ResultsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("IntegrationEdge", One(ResultsView), Plain, &["node", "cursor"]),
    ("Integration", One(ResultsView), Plain, &["id", "label", "scopes", "createdAt"]),
    ("RequestVerificationSuccessPayload", One(ResultsView), Plain, &["verificationResult"]),
    ("RecordVerificationOutcomeSuccessPayload", One(ResultsView), Plain, &["verificationResult"]),
];

/// The paths. A path with several rows needs all of their permissions.
pub const ROUTES: &[Route] = &[("GET", "/v1/verification/details/{id}", One(ResultsView))];

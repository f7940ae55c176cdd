//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{
        AuditView, CredentialsManage, DataExport, IdentificationsView, IdproofingView, ProjectManage,
        ResultsView, SessionsView, UsersView, VerificationsView, WebhooksView,
    },
    policy::rule::{
        DataClass::Plain,
        Requirement::{FreshOrRejected, One, OrRejected, Token},
        Route, Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", FreshOrRejected(CredentialsManage), Plain, &["createCredential", "rotateCredential"]),
    ("Mutation", OrRejected(CredentialsManage), Plain, &["revokeCredential"]),
    ("Query", One(CredentialsManage), Plain, &["credentials"]),
    ("Viewer", Token, Plain, &["project", "credential", "membership", "isFresh", "permissions", "tagLimits"]),
    ("Viewer", Token, Plain, &["settings"]),
    (
        "ProjectSettings",
        Token,
        Plain,
        &["nameSearch", "nameIndexPercent", "idleMinutes", "sessionHours", "passkeysOnly"],
    ),
    ("Mutation", FreshOrRejected(ProjectManage), Plain, &["setProjectSettings", "setNameSearch"]),
    ("SetProjectSettingsSuccessPayload", Token, Plain, &["settings"]),
    ("SetNameSearchSuccessPayload", Token, Plain, &["settings"]),
    ("Project", Token, Plain, &["id", "name", "mode", "createdAt"]),
    ("Credential", Token, Plain, &["id", "number", "clientId", "label", "createdAt"]),
    (
        "Credential",
        One(CredentialsManage),
        Plain,
        &["permissions", "tagLimits", "revokedAt", "lastUsedAt", "createdBy"],
    ),
    ("CredentialConnection", One(CredentialsManage), Plain, &["edges", "pageInfo", "totalCount"]),
    ("CredentialEdge", One(CredentialsManage), Plain, &["node", "cursor"]),
    ("CreateCredentialSuccessPayload", Token, Plain, &["credential"]),
    // A caller that may create the credential must be able to read its secrets.
    ("CreateCredentialSuccessPayload", Token, Plain, &["clientId", "clientSecret", "apiKey"]),
    ("RotateCredentialSuccessPayload", Token, Plain, &["credential", "clientSecret", "apiKey"]),
    ("RevokeCredentialSuccessPayload", Token, Plain, &["credential"]),
];

/// The paths. A path with several rows needs all of their permissions.
pub const ROUTES: &[Route] = &[
    ("POST", "/export/users", One(DataExport)),
    ("POST", "/export/users", One(UsersView)),
    ("POST", "/export/identifications", One(DataExport)),
    ("POST", "/export/identifications", One(IdentificationsView)),
    ("POST", "/export/proofingRequests", One(DataExport)),
    ("POST", "/export/proofingRequests", One(IdproofingView)),
    ("POST", "/export/verifications", One(DataExport)),
    ("POST", "/export/verifications", One(VerificationsView)),
    ("POST", "/export/verificationSessions", One(DataExport)),
    ("POST", "/export/verificationSessions", One(SessionsView)),
    ("POST", "/export/verificationResults", One(DataExport)),
    ("POST", "/export/verificationResults", One(ResultsView)),
    ("POST", "/export/auditEvents", One(DataExport)),
    ("POST", "/export/auditEvents", One(AuditView)),
    ("POST", "/export/webhookEventLogs", One(DataExport)),
    ("POST", "/export/webhookEventLogs", One(WebhooksView)),
];

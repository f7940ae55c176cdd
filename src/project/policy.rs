//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{CredentialsManage, ProjectManage},
    policy::rule::{
        DataClass::Plain,
        Requirement::{FreshOrRejected, One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", FreshOrRejected(CredentialsManage), Plain, &["createCredential", "rotateCredential"]),
    ("Mutation", OrRejected(CredentialsManage), Plain, &["revokeCredential"]),
    ("Query", One(CredentialsManage), Plain, &["credentials"]),
    ("Viewer", Token, Plain, &["project", "credential", "membership", "isFresh", "permissions", "tagLimits"]),
    ("Viewer", Token, Plain, &["settings"]),
    ("ProjectSettings", Token, Plain, &["nameSearch", "idleMinutes", "sessionHours", "passkeysOnly"]),
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

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::CredentialsManage,
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", OrRejected(CredentialsManage), Plain, &["createCredential", "revokeCredential"]),
    ("Query", One(CredentialsManage), Plain, &["credentials"]),
    ("Viewer", Token, Plain, &["project", "credential", "membership", "isFresh", "permissions", "tagLimits"]),
    ("Project", Token, Plain, &["id", "name", "mode", "createdAt"]),
    ("Credential", Token, Plain, &["id", "number", "clientId", "label", "createdAt"]),
    ("Credential", One(CredentialsManage), Plain, &["permissions", "tagLimits", "revokedAt"]),
    ("CredentialConnection", One(CredentialsManage), Plain, &["edges", "pageInfo", "totalCount"]),
    ("CredentialEdge", One(CredentialsManage), Plain, &["node", "cursor"]),
    ("CreateCredentialSuccessPayload", Token, Plain, &["credential"]),
    // A caller that may create the credential must be able to read its secrets.
    ("CreateCredentialSuccessPayload", Token, Plain, &["clientId", "clientSecret", "apiKey"]),
    ("RevokeCredentialSuccessPayload", Token, Plain, &["credential"]),
];

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{IdentificationsEdit, IdentificationsView, UsersView},
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Query", One(IdentificationsView), Plain, &["identification", "identifications"]),
    ("Query", One(IdentificationsView), Plain, &["identificationCounts"]),
    (
        "IdentificationCount",
        One(IdentificationsView),
        Plain,
        &["day", "process", "status", "reason", "count"],
    ),
    ("Mutation", OrRejected(IdentificationsEdit), Plain, &["updateIdentification", "startIdentification"]),
    ("Mutation", OrRejected(IdentificationsEdit), Plain, &["cancelIdentification", "revokeIdentification"]),
    ("Mutation", OrRejected(IdentificationsEdit), Plain, &["addExternalIdentification"]),
    ("User", One(IdentificationsView), Plain, &["identificationLevels", "identifications"]),
    ("IdentificationConnection", One(IdentificationsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("IdentificationEdge", One(IdentificationsView), Plain, &["node", "cursor"]),
    (
        "Identification",
        One(IdentificationsView),
        Plain,
        &["id", "createdAt", "updatedAt", "process", "status"],
    ),
    (
        "Identification",
        One(IdentificationsView),
        Plain,
        &["identityDocumentType", "levels", "version", "provider"],
    ),
    ("StartIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("CancelIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("RevokeIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("AddExternalIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("Identification", One(UsersView), Plain, &["user"]),
    ("IdentificationLevels", One(IdentificationsView), Plain, &["expert", "QES", "PVID"]),
    ("IdentificationLevelStatusesInfo", One(IdentificationsView), Plain, &["expert", "qes", "pvid"]),
    ("NotSupportedIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("NotStartedIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("StartedIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("PendingIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("ValidIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status", "validUntil"]),
    ("InvalidIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status", "reasons"]),
    ("CanceledIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("ExpiredIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status", "expiredAt"]),
    ("UpdateIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
];

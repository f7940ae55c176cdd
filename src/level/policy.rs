//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{IdentificationsManage, IdentificationsView, UsersView},
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", OrRejected(IdentificationsManage), Plain, &["expireLevels", "setLevelValidity"]),
    ("Query", One(IdentificationsView), Plain, &["levelValidities", "levelForecast"]),
    ("ExpireLevelsSuccessPayload", Token, Plain, &["matched", "expired", "remaining"]),
    ("SetLevelValiditySuccessPayload", One(IdentificationsView), Plain, &["levelValidities"]),
    ("LevelValidity", One(IdentificationsView), Plain, &["level", "days", "untilDocumentExpires"]),
    ("LevelLapseConnection", One(IdentificationsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("LevelLapseEdge", One(IdentificationsView), Plain, &["node", "cursor"]),
    ("LevelLapse", One(IdentificationsView), Plain, &["id", "level", "at", "identification"]),
    ("Identification", One(IdentificationsView), Plain, &["levelChanges"]),
    (
        "LevelChange",
        One(IdentificationsView),
        Plain,
        &["level", "status", "validUntil", "reason", "createdAt"],
    ),
    ("LevelLapse", One(UsersView), Plain, &["user"]),
];

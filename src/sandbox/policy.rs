//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{IdentificationsView, SandboxManage, UsersPersonal, UsersView},
    policy::rule::{
        DataClass::{Personal, Plain},
        Requirement::{One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", OrRejected(SandboxManage), Plain, &["advanceSandboxClock"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["createSandboxUser", "updateSandboxUser"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["endorseSandboxUser", "createSandboxIdentification"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["updateSandboxIdentification", "deleteSandboxUser"]),
    ("DeleteSandboxUserSuccessPayload", Token, Plain, &["id"]),
    ("Query", One(UsersView), Plain, &["sandboxUser", "sandboxUsers"]),
    ("SandboxUserConnection", One(UsersView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("SandboxUserEdge", One(UsersView), Plain, &["node", "cursor"]),
    ("SandboxUser", One(UsersView), Plain, &["id", "user", "autoConsent"]),
    ("SandboxUser", One(IdentificationsView), Plain, &["identificationLevels"]),
    ("SandboxUser", One(UsersPersonal), Personal, &["firstName", "lastName", "allFirstNames", "birthDate"]),
    ("SandboxUser", One(UsersPersonal), Personal, &["birthCountryCCA3", "nationalityCCA3"]),
    ("SandboxIdentification", Token, Plain, &["id"]),
    ("SandboxIdentification", One(IdentificationsView), Plain, &["identification"]),
    ("CreateSandboxUserSuccessPayload", One(UsersView), Plain, &["sandboxUser"]),
    ("UpdateSandboxUserSuccessPayload", One(UsersView), Plain, &["sandboxUser"]),
    ("EndorseSandboxUserSuccessPayload", One(UsersView), Plain, &["sandboxUser"]),
    ("CreateSandboxIdentificationSuccessPayload", Token, Plain, &["sandboxIdentification"]),
    ("UpdateSandboxIdentificationSuccessPayload", Token, Plain, &["sandboxIdentification"]),
    ("Query", Token, Plain, &["sandboxClock"]),
    ("SandboxClock", Token, Plain, &["now", "ahead"]),
    ("AdvanceSandboxClockSuccessPayload", Token, Plain, &["from", "to", "happenings", "remaining"]),
    ("SandboxHappening", Token, Plain, &["at", "type", "resourceId"]),
    ("NationalityNotFoundRejection", Token, Plain, &["identifier"]),
];

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{UsersEdit, UsersErase, UsersMasked, UsersPersonal, UsersView},
    policy::rule::{
        DataClass::{Personal, Plain},
        Requirement::{FreshOrRejected, One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Query", One(UsersView), Plain, &["user", "users", "userSearch"]),
    ("UserSearch", One(UsersView), Plain, &["users", "looked", "notAllowed", "isComplete", "scanned"]),
    ("UserSearch", One(UsersView), Plain, &["notOffered"]),
    ("Mutation", OrRejected(UsersEdit), Plain, &["createUser", "updateUser", "deactivateUser"]),
    ("UserConnection", One(UsersView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("UserEdge", One(UsersView), Plain, &["node", "cursor"]),
    ("User", One(UsersView), Plain, &["id", "refId", "number", "version", "status", "tags"]),
    ("CreateUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("UpdateUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("DeactivateUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("Mutation", FreshOrRejected(UsersErase), Plain, &["eraseUser", "placeLegalHold", "releaseLegalHold"]),
    ("EraseUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("EraseUserSuccessPayload", Token, Plain, &["erasedAt", "receipt"]),
    ("PlaceLegalHoldSuccessPayload", One(UsersView), Plain, &["user"]),
    ("ReleaseLegalHoldSuccessPayload", One(UsersView), Plain, &["user"]),
    ("User", One(UsersErase), Plain, &["legalHoldReason"]),
    ("User", One(UsersView), Plain, &["createdAt", "updatedAt", "joinedAt"]),
    ("User", One(UsersPersonal), Personal, &["firstName", "allFirstNames", "lastName", "fullName"]),
    ("User", One(UsersPersonal), Personal, &["birthLastName", "preferredLastName", "birthDate", "birthCity"]),
    ("User", One(UsersPersonal), Personal, &["birthCountry", "nationalityCCA3", "mobilePhoneNumber"]),
    ("User", One(UsersPersonal), Personal, &["verifiedEmails", "preferredNotificationChannel"]),
    ("User", One(UsersMasked), Personal, &["masked"]),
    ("MaskedPerson", One(UsersMasked), Personal, &["fullName", "birthYear", "nationalityCCA3"]),
    ("MaskedPerson", One(UsersMasked), Personal, &["mobilePhoneNumber", "verifiedEmails"]),
    // The id comes from the caller's own request.
    ("UserNotFoundRejection", Token, Plain, &["id"]),
];

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::UsersErase,
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", OrRejected(UsersErase), Plain, &["setRetentionPolicy"]),
    ("Query", One(UsersErase), Plain, &["retentionPolicies"]),
    ("RetentionPolicy", Token, Plain, &["dataClass", "days"]),
    ("SetRetentionPolicySuccessPayload", Token, Plain, &["retentionPolicies"]),
];

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::UsersErase,
    policy::rule::{
        DataClass::Plain,
        Requirement::{FreshOrRejected, One, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Mutation", FreshOrRejected(UsersErase), Plain, &["setRetentionPolicy"]),
    ("Query", One(UsersErase), Plain, &["retentionPolicies"]),
    ("RetentionPolicy", Token, Plain, &["dataClass", "days"]),
    ("SetRetentionPolicySuccessPayload", Token, Plain, &["retentionPolicies"]),
];

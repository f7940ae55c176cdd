//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{VerificationsManage, VerificationsView},
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Query", One(VerificationsView), Plain, &["grantPolicies"]),
    ("Mutation", OrRejected(VerificationsManage), Plain, &["setGrantPolicy"]),
    ("GrantPolicy", One(VerificationsView), Plain, &["identificationLevel", "verificationLevel"]),
    ("SetGrantPolicySuccessPayload", One(VerificationsView), Plain, &["grantPolicies"]),
];

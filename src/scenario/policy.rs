//! Who may read which fields of this concept.

use crate::auth::{
    Permission::SandboxManage,
    policy::rule::{
        DataClass::Plain,
        Requirement::{One, OrRejected, Token},
        Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Query", One(SandboxManage), Plain, &["scenarios"]),
    ("Scenario", One(SandboxManage), Plain, &["name", "summary", "description", "text"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["runScenario"]),
    ("RunScenarioSuccessPayload", Token, Plain, &["name", "happenings", "userId", "identificationId"]),
    (
        "RunScenarioSuccessPayload",
        Token,
        Plain,
        &["verificationSessionId", "documentId", "proofingRequestId"],
    ),
    ("RunScenarioSuccessPayload", Token, Plain, &["verificationId", "verificationResultId", "objects"]),
    ("ScenarioObject", Token, Plain, &["name", "id"]),
    ("ScenarioHappening", Token, Plain, &["after", "step", "what", "outcome", "isRefused", "resourceId"]),
];

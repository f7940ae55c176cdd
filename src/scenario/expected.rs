//! Expected and actual results of a scenario.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::name::{Kind, Name};
use crate::{
    document::graphql::{DocumentFinding, MrzStatus},
    identification::graphql::{IdentificationStatus, Reason},
    proofing::graphql::{DocumentAuthenticationResult, ProofingRequestState},
    result::graphql::ResultStatus,
    session::graphql::VerificationSessionStatus,
};

/// Expected results. Results that are omitted are not compared, except `refused`: if it is omitted, no step
/// may be rejected.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Expected {
    /// Status of the identification.
    pub identification: Option<IdentificationStatus>,
    /// Statuses of the identification's levels.
    pub levels: Option<Levels>,
    /// Reasons of the levels that are `Invalid`.
    pub reasons: Option<Vec<Reason>>,
    /// Status of the session.
    pub session: Option<VerificationSessionStatus>,
    /// Result of the check of the document's machine-readable zone.
    pub mrz: Option<MrzStatus>,
    /// Findings of the document.
    pub findings: Option<Vec<DocumentFinding>>,
    /// State of the proofing request.
    pub proofing: Option<ProofingRequestState>,
    /// Result of the document authentication.
    pub document_authentication: Option<DocumentAuthenticationResult>,
    /// Whether the faces match.
    pub face_match: Option<bool>,
    /// The user's verification level.
    pub verification_level: Option<String>,
    /// Status of the verification result.
    pub result: Option<ResultStatus>,
    /// Numbers of the rejected steps, from 1.
    pub refused: Vec<usize>,
    /// Types of the events about the scenario's objects, in order, as in `webhookEventTypes`.
    pub events: Option<Vec<String>>,
    /// Webhooks that the receiver is sent, in order.
    pub webhooks: Option<Vec<Delivered>>,
    /// Expected results of the objects that steps named with `as`. The other fields are about the objects
    /// that were created last.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub of: BTreeMap<Name, ExpectedOf>,
}

/// Expected results of one object: the fields that an object of its type has.
// Repeats the fields of `Expected`, because serde rejects unknown keys only without `flatten`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExpectedOf {
    /// Status of the identification.
    pub identification: Option<IdentificationStatus>,
    /// Statuses of the identification's levels.
    pub levels: Option<Levels>,
    /// Reasons of the levels that are `Invalid`.
    pub reasons: Option<Vec<Reason>>,
    /// Status of the session.
    pub session: Option<VerificationSessionStatus>,
    /// Result of the check of the document's machine-readable zone.
    pub mrz: Option<MrzStatus>,
    /// Findings of the document.
    pub findings: Option<Vec<DocumentFinding>>,
    /// State of the proofing request.
    pub proofing: Option<ProofingRequestState>,
    /// Result of the document authentication.
    pub document_authentication: Option<DocumentAuthenticationResult>,
    /// Whether the faces match.
    pub face_match: Option<bool>,
    /// The user's verification level.
    pub verification_level: Option<String>,
    /// Status of the verification result.
    pub result: Option<ResultStatus>,
    /// Types of the events about the object, in order, as in `webhookEventTypes`. For a user, also of the
    /// events about the user's objects.
    pub events: Option<Vec<String>>,
}

impl ExpectedOf {
    /// Returns the first field that is set although objects of this kind do not have it.
    #[must_use]
    pub fn misplaced(&self, kind: Kind) -> Option<&'static str> {
        let fields = [
            (Kind::Identification, "identification", self.identification.is_some()),
            (Kind::Identification, "levels", self.levels.is_some()),
            (Kind::Identification, "reasons", self.reasons.is_some()),
            (Kind::Session, "session", self.session.is_some()),
            (Kind::Document, "mrz", self.mrz.is_some()),
            (Kind::Document, "findings", self.findings.is_some()),
            (Kind::Proofing, "proofing", self.proofing.is_some()),
            (Kind::Proofing, "documentAuthentication", self.document_authentication.is_some()),
            (Kind::Proofing, "faceMatch", self.face_match.is_some()),
            (Kind::User, "verificationLevel", self.verification_level.is_some()),
            (Kind::Result, "result", self.result.is_some()),
        ];
        fields.into_iter().find(|(of, _, is_there)| *is_there && *of != kind).map(|(_, name, _)| name)
    }
}

/// Statuses of levels.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Levels {
    pub expert: Option<IdentificationStatus>,
    pub qes: Option<IdentificationStatus>,
    pub pvid: Option<IdentificationStatus>,
}

/// A webhook that was delivered to the receiver.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delivered {
    /// Type of the event.
    pub event: String,
    /// HTTP status code of the receiver's response.
    pub answered: u16,
}

impl Expected {
    /// Adds the results of one of the objects that were created last.
    pub(super) fn take(&mut self, one: ExpectedOf) {
        let ExpectedOf {
            identification,
            levels,
            reasons,
            session,
            mrz,
            findings,
            proofing,
            document_authentication,
            face_match,
            verification_level,
            result,
            events: _,
        } = one;
        self.identification = identification.or(self.identification);
        self.levels = levels.or(self.levels.take());
        self.reasons = reasons.or(self.reasons.take());
        self.session = session.or(self.session);
        self.mrz = mrz.or(self.mrz);
        self.findings = findings.or(self.findings.take());
        self.proofing = proofing.or(self.proofing);
        self.document_authentication = document_authentication.or(self.document_authentication);
        self.face_match = face_match.or(self.face_match);
        self.verification_level = verification_level.or(self.verification_level.take());
        self.result = result.or(self.result);
    }

    /// Returns the differences to the actual results: `-` lines for what was expected and `+` lines for what
    /// was found. Empty if there are none.
    #[must_use]
    pub fn differences(&self, found: &Self) -> Vec<String> {
        let (expected, found) = (value(self), value(found));
        let mut lines = Vec::new();
        for (name, expected) in expected.as_object().into_iter().flatten() {
            compare(name, expected, &found[name], &mut lines);
        }
        lines
    }
}

fn compare(name: &str, expected: &Value, actual: &Value, lines: &mut Vec<String>) {
    match (expected, actual) {
        // Omitted.
        (Value::Null, _) => {}
        // Levels, and named objects, including those that were never created.
        (Value::Object(expected), actual) if actual.is_object() || name.starts_with("of") => {
            for (part, expected) in expected {
                let actual = actual.get(part).unwrap_or(&Value::Null);
                compare(&format!("{name}.{part}"), expected, actual, lines);
            }
        }
        (Value::Array(expected), Value::Array(actual)) if expected != actual => {
            for index in 0..expected.len().max(actual.len()) {
                let (expected, actual) = (expected.get(index), actual.get(index));
                if expected != actual {
                    let number = index + 1;
                    lines.extend(expected.map(|expected| format!("- {name} {number}: {}", plain(expected))));
                    lines.extend(actual.map(|actual| format!("+ {name} {number}: {}", plain(actual))));
                }
            }
        }
        (expected, actual) if expected != actual => {
            lines.push(format!("- {name}: {}", plain(expected)));
            lines.push(format!("+ {name}: {}", plain(actual)));
        }
        (_, _) => {}
    }
}

fn value(of: &Expected) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

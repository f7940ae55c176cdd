//! What is to come of a scenario, and what came of it.

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

/// What is to come of it. What is left out is not looked at, but for `refused`: no step is to be refused then.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Expected {
    /// Where the identification stands.
    pub identification: Option<IdentificationStatus>,
    /// Where its levels stand.
    pub levels: Option<Levels>,
    /// Why those are invalid that are.
    pub reasons: Option<Vec<Reason>>,
    /// Where the session stands.
    pub session: Option<VerificationSessionStatus>,
    /// What the machine-readable zone of the document is worth.
    pub mrz: Option<MrzStatus>,
    /// What is odd about the document.
    pub findings: Option<Vec<DocumentFinding>>,
    /// How far the proofing request has come.
    pub proofing: Option<ProofingRequestState>,
    /// What the authentication of the document found.
    pub document_authentication: Option<DocumentAuthenticationResult>,
    /// Whether the faces match.
    pub face_match: Option<bool>,
    /// The verification level that the user has.
    pub verification_level: Option<String>,
    /// Where the result stands.
    pub result: Option<ResultStatus>,
    /// The numbers of the steps that are refused, from 1.
    pub refused: Vec<usize>,
    /// What happens to the objects of the scenario, in order, as `webhookEventTypes` names it.
    pub events: Option<Vec<String>>,
    /// What the receiver is sent, in order.
    pub webhooks: Option<Vec<Delivered>>,
    /// What is to come of the objects that steps have given names to by `as`. All the rest of this is about those that are
    /// made last.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub of: BTreeMap<Name, ExpectedOf>,
}

/// What is to come of one object: what such an object has.
// The fields of `Expected` again: serde refuses unknown keys only where nothing is flattened into something else.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExpectedOf {
    /// Where the identification stands.
    pub identification: Option<IdentificationStatus>,
    /// Where its levels stand.
    pub levels: Option<Levels>,
    /// Why those are invalid that are.
    pub reasons: Option<Vec<Reason>>,
    /// Where the session stands.
    pub session: Option<VerificationSessionStatus>,
    /// What the machine-readable zone of the document is worth.
    pub mrz: Option<MrzStatus>,
    /// What is odd about the document.
    pub findings: Option<Vec<DocumentFinding>>,
    /// How far the proofing request has come.
    pub proofing: Option<ProofingRequestState>,
    /// What the authentication of the document found.
    pub document_authentication: Option<DocumentAuthenticationResult>,
    /// Whether the faces match.
    pub face_match: Option<bool>,
    /// The verification level that the user has.
    pub verification_level: Option<String>,
    /// Where the result stands.
    pub result: Option<ResultStatus>,
    /// What happens to it, in order, as `webhookEventTypes` names it; to a user, also what happens to what is the user's.
    pub events: Option<Vec<String>>,
}

impl ExpectedOf {
    /// What an object of this kind does not have.
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

/// Where levels stand.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Levels {
    pub expert: Option<IdentificationStatus>,
    pub qes: Option<IdentificationStatus>,
    pub pvid: Option<IdentificationStatus>,
}

/// A webhook that reached the receiver.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delivered {
    /// What it told of.
    pub event: String,
    /// What the receiver answered with.
    pub answered: u16,
}

impl Expected {
    /// What came of the objects that were made last: what each of them has.
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

    /// Where what came of it is otherwise: a line for each, with `-` what was expected and with `+` what came. Empty when
    /// everything came as expected.
    #[must_use]
    pub fn differences(&self, found: &Self) -> Vec<String> {
        let (expected, found) = (value(self), value(found));
        let mut lines = Vec::new();
        for (name, wanted) in expected.as_object().into_iter().flatten() {
            compare(name, wanted, &found[name], &mut lines);
        }
        lines
    }
}

fn compare(name: &str, wanted: &Value, came: &Value, lines: &mut Vec<String>) {
    match (wanted, came) {
        // Left out.
        (Value::Null, _) => {}
        // Levels, and objects by name: also one that was never made.
        (Value::Object(wanted), came) if came.is_object() || name.starts_with("of") => {
            for (part, wanted) in wanted {
                let came = came.get(part).unwrap_or(&Value::Null);
                compare(&format!("{name}.{part}"), wanted, came, lines);
            }
        }
        (Value::Array(wanted), Value::Array(came)) if wanted != came => {
            for place in 0..wanted.len().max(came.len()) {
                let (wanted, came) = (wanted.get(place), came.get(place));
                if wanted != came {
                    let number = place + 1;
                    lines.extend(wanted.map(|wanted| format!("- {name} {number}: {}", plain(wanted))));
                    lines.extend(came.map(|came| format!("+ {name} {number}: {}", plain(came))));
                }
            }
        }
        (wanted, came) if wanted != came => {
            lines.push(format!("- {name}: {}", plain(wanted)));
            lines.push(format!("+ {name}: {}", plain(came)));
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

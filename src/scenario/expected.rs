//! What is to come of a scenario, and what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    document::{DocumentFinding, MrzStatus},
    identification::{IdentificationStatus, Reason},
    proofing::{DocumentAuthenticationResult, ProofingRequestState},
    result::ResultStatus,
    session::VerificationSessionStatus,
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
        (Value::Object(wanted), Value::Object(came)) if name == "levels" => {
            for (level, wanted) in wanted {
                let came = came.get(level).unwrap_or(&Value::Null);
                compare(&format!("levels.{level}"), wanted, came, lines);
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

//! What a scenario file says. The names in it are those of the graph. Its JSON schema is made of these types.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::expected::Expected;
use crate::{
    document::SessionDocumentType,
    graphql::Duration,
    identification::{IdentificationProcess, IdentificationStatus, Reason},
    proofing::{DeviceCheckResult, DocumentAuthenticationResult, ProofingImageSide},
    result::VerificationOutcome,
    session::{VerificationSessionStatus, VerificationStep},
};

/// A whole verification: what happens, step by step, and what is to come of it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, in a line.
    pub name: String,
    /// Why somebody would want to see that.
    pub description: Option<String>,
    /// A receiver of webhooks, for `verigraph simulate`. A server sends to the subscriptions that the project has.
    pub webhooks: Option<Receiver>,
    /// What happens, in order. Each step is about the user, identification, session, … that was made last.
    pub steps: Vec<Step>,
    /// What is to come of it. What is left out is not looked at.
    pub expect: Option<Expected>,
}

/// Something that receives webhooks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receiver {
    /// The statuses that it answers with, one after the other; 200 from then on.
    #[serde(default)]
    pub answer: Vec<u16>,
    /// What it wants to know of, as `webhookEventTypes` names it. Left out: everything.
    pub events: Option<Vec<String>>,
}

/// One thing that happens.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// A user is made up.
    User(User),
    /// An identification begins.
    Identification(Identification),
    /// Somebody reports where the levels of the identification stand.
    Report(Report),
    /// Levels are forced to stand somewhere, wherever they stood before.
    Force(Levels),
    /// The identification is given up.
    Cancel(Because),
    /// What is valid of the identification ends.
    Revoke(Because),
    /// A session begins, in which documents are captured.
    Session(Session),
    /// A document is captured in the session.
    Document(Document),
    /// The session ends, or goes on to another status.
    CompleteSession(CompleteSession),
    /// A proofing request begins.
    Proofing(Proofing),
    /// An image is uploaded to the proofing request.
    Image(Image),
    /// The proofing request ends.
    CompleteProofing(CompleteProofing),
    /// A verification level is granted. It is added to the ladder if it is not there.
    Grant(Grant),
    /// A relying party asks for the result of a verification.
    Result(Asked),
    /// The verification that was asked for ends.
    Outcome(Outcome),
    /// Time passes: whatever is due in between happens.
    Wait(Wait),
}

/// A made-up person. What is left out is made up.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// Your own id of the user.
    pub ref_id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    #[schemars(with = "Option<String>")]
    pub birth_date: Option<NaiveDate>,
    /// As ISO 3166-1 alpha-3 writes it.
    pub nationality: Option<String>,
    pub phone: Option<String>,
    #[serde(default)]
    pub emails: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// An identification that begins.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Identification {
    pub process: IdentificationProcess,
}

/// Where levels stand.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Levels {
    pub expert: Option<IdentificationStatus>,
    pub qes: Option<IdentificationStatus>,
    pub pvid: Option<IdentificationStatus>,
    /// Why, for the levels that are `Invalid`.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// A report, which may come as reports do not always should.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Report {
    pub expert: Option<IdentificationStatus>,
    pub qes: Option<IdentificationStatus>,
    pub pvid: Option<IdentificationStatus>,
    /// Why, for the levels that are `Invalid`.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// It comes so much later.
    pub late: Option<Length>,
    /// It comes twice.
    #[serde(default)]
    pub duplicate: bool,
    /// It comes after the next report.
    #[serde(default)]
    pub out_of_order: bool,
}

/// Why something is ended.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Because {
    pub reason: Option<String>,
}

/// A session that begins.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Session {
    /// What is to be captured. Left out: `ID_DOCUMENT`.
    pub steps: Option<Vec<VerificationStep>>,
    pub flow_id: Option<String>,
}

/// A document that is captured.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// Left out: `ID_DOCUMENT`.
    pub step: Option<VerificationStep>,
    #[serde(rename = "type")]
    pub kind: Option<SessionDocumentType>,
    /// What was read out of it.
    #[serde(default)]
    pub fields: Fields,
    /// The lines of the machine-readable zone.
    #[serde(default)]
    pub mrz: Vec<String>,
    /// How well the faces match, from 0 to 100.
    pub match_level: Option<i32>,
}

/// What was read out of a document.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fields {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub full_name: Option<String>,
    #[schemars(with = "Option<String>")]
    pub date_of_birth: Option<NaiveDate>,
    pub place_of_birth: Option<String>,
    pub sex: Option<String>,
    pub address: Option<String>,
    pub id_number: Option<String>,
    #[schemars(with = "Option<String>")]
    pub date_of_issue: Option<NaiveDate>,
    #[schemars(with = "Option<String>")]
    pub date_of_expiration: Option<NaiveDate>,
    pub issuer: Option<String>,
    pub doc_types: Option<Vec<String>>,
}

/// What comes of a session.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteSession {
    pub status: VerificationSessionStatus,
}

/// A proofing request that begins.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proofing {
    /// What the check of the device finds. Left out: `ALLOW`.
    pub device: Option<DeviceCheckResult>,
}

/// An image of a document, which is made up.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Left out: `FRONT`.
    pub side: Option<ProofingImageSide>,
    /// Whether it shows a known document. Left out: it does.
    pub classified: Option<bool>,
}

/// What a proofing request ends with.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteProofing {
    /// Left out: `PASSED`.
    pub document: Option<DocumentAuthenticationResult>,
    /// How much the faces are alike, from 0 to 100.
    pub score: Option<i64>,
}

/// A level that is granted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grant {
    /// The name of the level.
    pub level: String,
    pub reason: Option<String>,
}

/// What a relying party wants to know.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    pub correlation_id: Option<String>,
}

/// How a verification ends.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    pub outcome: VerificationOutcome,
}

/// Time that passes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wait {
    pub after: Length,
}

/// A length of time, as ISO 8601 writes it: `PT2H`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub struct Length(pub i64);

/// The longest time that passes in one step: ten years.
const LONGEST: i64 = 10 * 366 * 24 * 60 * 60 * 1000;

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let length = Duration::parse(&text).filter(|length| (1..=LONGEST).contains(&length.0));
        let wrong =
            || D::Error::custom("write a length of time as ISO 8601 does, such as PT2H, up to ten years");
        length.map(|length| Self(length.0)).ok_or_else(wrong)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Duration(self.0).text())
    }
}

//! What a scenario file says. The names in it are those of the graph. Its JSON schema is made of these types.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

pub use super::length::{Length, Wait};
use super::{expected::Expected, name::Name};
use crate::{
    document::graphql::SessionDocumentType,
    identification::graphql::{IdentificationProcess, IdentificationStatus, Reason},
    proofing::graphql::{DeviceCheckResult, DocumentAuthenticationResult, ProofingImageSide},
    result::graphql::VerificationOutcome,
    session::graphql::{VerificationSessionStatus, VerificationStep},
    value::date,
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
    /// What happens, in order. Each step is about the user, identification, session, … that its `of` names by the `as` of an
    /// earlier step; left out, about the one that was made last.
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
    Report(LevelReport),
    /// Levels are forced to stand somewhere, wherever they stood before.
    Force(Levels),
    /// The identification is given up.
    Cancel(ReasonStep),
    /// What is valid of the identification ends.
    Revoke(ReasonStep),
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
    Result(ResultRequest),
    /// The verification that was asked for ends.
    Outcome(Outcome),
    /// Time passes: whatever is due in between happens.
    Wait(Wait),
}

/// A made-up person. What is left out is made up.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// What it is called in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// Your own id of the user.
    pub ref_id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "date::deserialize_option")]
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
    /// What it is called in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// The user. Left out: the one that was made last.
    pub of: Option<Name>,
    pub process: IdentificationProcess,
}

/// Where levels stand.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Levels {
    /// The identification. Left out: the one that was made last.
    pub of: Option<Name>,
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
pub struct LevelReport {
    /// The identification. Left out: the one that was made last.
    pub of: Option<Name>,
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
pub struct ReasonStep {
    /// The identification. Left out: the one that was made last.
    pub of: Option<Name>,
    pub reason: Option<String>,
}

/// A session that begins.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Session {
    /// What it is called in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// The user. Left out: the one that was made last.
    pub of: Option<Name>,
    /// What is to be captured. Left out: `ID_DOCUMENT`.
    pub steps: Option<Vec<VerificationStep>>,
    pub flow_id: Option<String>,
}

/// A document that is captured.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// What it is called in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// The session. Left out: the one that was made last.
    pub of: Option<Name>,
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
    #[serde(default, deserialize_with = "date::deserialize_option")]
    #[schemars(with = "Option<String>")]
    pub date_of_birth: Option<NaiveDate>,
    pub place_of_birth: Option<String>,
    pub sex: Option<String>,
    pub address: Option<String>,
    pub id_number: Option<String>,
    #[serde(default, deserialize_with = "date::deserialize_option")]
    #[schemars(with = "Option<String>")]
    pub date_of_issue: Option<NaiveDate>,
    #[serde(default, deserialize_with = "date::deserialize_option")]
    #[schemars(with = "Option<String>")]
    pub date_of_expiration: Option<NaiveDate>,
    pub issuer: Option<String>,
    pub doc_types: Option<Vec<String>>,
}

/// What comes of a session.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteSession {
    /// The session. Left out: the one that was made last.
    pub of: Option<Name>,
    pub status: VerificationSessionStatus,
}

/// A proofing request that begins.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proofing {
    /// What it is called in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// The user. Left out: the one that was made last.
    pub of: Option<Name>,
    /// What the check of the device finds. Left out: `ALLOW`.
    pub device: Option<DeviceCheckResult>,
}

/// An image of a document, which is made up.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// The proofing request. Left out: the one that was made last.
    pub of: Option<Name>,
    /// Left out: `FRONT`.
    pub side: Option<ProofingImageSide>,
    /// Whether it shows a known document. Left out: it does.
    pub classified: Option<bool>,
}

/// What a proofing request ends with.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteProofing {
    /// The proofing request. Left out: the one that was made last.
    pub of: Option<Name>,
    /// Left out: `PASSED`.
    pub document: Option<DocumentAuthenticationResult>,
    /// How much the faces are alike, from 0 to 100.
    pub score: Option<i64>,
}

/// A level that is granted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grant {
    /// The user. Left out: the one that was made last.
    pub of: Option<Name>,
    /// The name of the level.
    pub level: String,
    pub reason: Option<String>,
}

/// What a relying party wants to know.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultRequest {
    /// What it is called in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// The user. Left out: the one that was made last.
    pub of: Option<Name>,
    pub correlation_id: Option<String>,
}

/// How a verification ends.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// The result. Left out: the one that was made last.
    pub of: Option<Name>,
    pub outcome: VerificationOutcome,
}

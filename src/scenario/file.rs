//! Contents of a scenario file. The names are those of the GraphQL schema. The files' JSON schema is
//! generated from these types.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

pub use super::length::{Length, Wait};
use super::{expected::Expected, name::Name};
use crate::{
    identification::graphql::{IdentificationProcess, IdentificationStatus, Reason},
    proofing::graphql::{DeviceCheckResult, DocumentAuthenticationResult, ProofingImageSide},
    result::graphql::VerificationOutcome,
    scenario::document::Document,
    session::graphql::{VerificationSessionStatus, VerificationStep},
    value::date,
};

/// A scenario: a whole verification, step by step, and its expected results.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// Title of the scenario, in one line.
    pub name: String,
    /// Purpose of the scenario.
    pub description: Option<String>,
    /// Receiver of webhooks, for `verigraph simulate`. A server sends webhooks to the subscriptions of the
    /// project.
    pub webhooks: Option<Receiver>,
    /// Steps, in order. Each step is about the user, identification, session, … that its `of` names, by the
    /// `as` of an earlier step. Default: the one that was created last.
    pub steps: Vec<Step>,
    /// Expected results. Results that are omitted are not compared.
    pub expect: Option<Expected>,
}

/// A receiver of webhooks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receiver {
    /// HTTP status codes of the receiver's responses, in order. Further requests get 200.
    #[serde(default)]
    pub answer: Vec<u16>,
    /// Types of the events that the receiver subscribes to, as in `webhookEventTypes`. Default: all.
    pub events: Option<Vec<String>>,
}

/// A step of a scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// Creates a sandbox user.
    User(User),
    /// Starts an identification.
    Identification(Identification),
    /// Reports the statuses of the identification's levels.
    Report(LevelReport),
    /// Forces the statuses of levels, whatever their present statuses are.
    Force(Levels),
    /// Cancels the identification.
    Cancel(ReasonStep),
    /// Ends the validity of the identification.
    Revoke(ReasonStep),
    /// Starts a session that captures documents.
    Session(Session),
    /// Captures a document in the session.
    Document(Document),
    /// Completes the session, or changes its status.
    CompleteSession(CompleteSession),
    /// Starts a proofing request.
    Proofing(Proofing),
    /// Uploads an image to the proofing request.
    Image(Image),
    /// Completes the proofing request.
    CompleteProofing(CompleteProofing),
    /// Grants a verification level. Adds the level to the ladder if it does not exist.
    Grant(Grant),
    /// Requests a verification result for a relying party.
    Result(ResultRequest),
    /// Records the outcome of the requested verification.
    Outcome(Outcome),
    /// Advances the clock. Everything that is due in between is applied.
    Wait(Wait),
}

/// A sandbox user. Fields that are omitted get generated values.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// Name of the user in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// The client's own id of the user.
    pub ref_id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "date::deserialize_option")]
    #[schemars(with = "Option<String>")]
    pub birth_date: Option<NaiveDate>,
    /// ISO 3166-1 alpha-3 code.
    pub nationality: Option<String>,
    pub phone: Option<String>,
    #[serde(default)]
    pub emails: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// An identification to start.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Identification {
    /// Name of the identification in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// Name of the user. Default: the user that was created last.
    pub of: Option<Name>,
    pub process: IdentificationProcess,
}

/// Statuses of levels.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Levels {
    /// Name of the identification. Default: the identification that was created last.
    pub of: Option<Name>,
    pub expert: Option<IdentificationStatus>,
    pub qes: Option<IdentificationStatus>,
    pub pvid: Option<IdentificationStatus>,
    /// Reasons for the levels that are `Invalid`.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// A report of level statuses, which can be late, duplicated or out of order.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelReport {
    /// Name of the identification. Default: the identification that was created last.
    pub of: Option<Name>,
    pub expert: Option<IdentificationStatus>,
    pub qes: Option<IdentificationStatus>,
    pub pvid: Option<IdentificationStatus>,
    /// Reasons for the levels that are `Invalid`.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// Delay of the report.
    pub late: Option<Length>,
    /// Whether the report is sent twice.
    #[serde(default)]
    pub duplicate: bool,
    /// Whether the report is sent after the next one.
    #[serde(default)]
    pub out_of_order: bool,
}

/// Reason why an identification is canceled or revoked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReasonStep {
    /// Name of the identification. Default: the identification that was created last.
    pub of: Option<Name>,
    pub reason: Option<String>,
}

/// A session to start.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Session {
    /// Name of the session in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// Name of the user. Default: the user that was created last.
    pub of: Option<Name>,
    /// Steps to capture. Default: `ID_DOCUMENT`.
    pub steps: Option<Vec<VerificationStep>>,
    pub flow_id: Option<String>,
}

/// New status of a session.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteSession {
    /// Name of the session. Default: the session that was created last.
    pub of: Option<Name>,
    pub status: VerificationSessionStatus,
}

/// A proofing request to start.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proofing {
    /// Name of the proofing request in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// Name of the user. Default: the user that was created last.
    pub of: Option<Name>,
    /// Result of the device check. Default: `ALLOW`.
    pub device: Option<DeviceCheckResult>,
}

/// A generated image of a document.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Name of the proofing request. Default: the proofing request that was created last.
    pub of: Option<Name>,
    /// Side of the document. Default: `FRONT`.
    pub side: Option<ProofingImageSide>,
    /// Whether the image shows a known document. Default: true.
    pub classified: Option<bool>,
}

/// Results that complete a proofing request.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteProofing {
    /// Name of the proofing request. Default: the proofing request that was created last.
    pub of: Option<Name>,
    /// Result of the document authentication. Default: `PASSED`.
    pub document: Option<DocumentAuthenticationResult>,
    /// Similarity of the faces, from 0 to 100.
    pub score: Option<i64>,
}

/// A verification level to grant.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grant {
    /// Name of the user. Default: the user that was created last.
    pub of: Option<Name>,
    /// Name of the level.
    pub level: String,
    pub reason: Option<String>,
}

/// Request for a verification result.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultRequest {
    /// Name of the result in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// Name of the user. Default: the user that was created last.
    pub of: Option<Name>,
    pub correlation_id: Option<String>,
}

/// Outcome of a verification.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// Name of the result. Default: the result that was created last.
    pub of: Option<Name>,
    pub outcome: VerificationOutcome,
}

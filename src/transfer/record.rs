//! The lines of an export: one typed object each, with everything that is kept of a record.

use chrono::NaiveDate;
use entity::{
    document, grant_policy, identification,
    identification::{DocumentType, Process, Reason, Status},
    proofing_request::{DeviceCheck, DocumentAuthentication, State},
    user, verification_result, verification_session,
};
use sea_orm::prelude::Date;
use serde::{Deserialize, Serialize};

use super::wire::{Moment, Named};
use crate::{document::Fields, result::rules::Data, user::Personal};

/// One record of a project. What points at another one does so by the `id` that the other one's line has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Record {
    VerificationLevel(Level),
    User(Box<User>),
    Identification(Box<Identification>),
    ProofingRequest(Box<Proofing>),
    Verification(Verification),
    Session(Session),
    Document(Box<Document>),
    Result(Box<VerificationResult>),
}

impl Record {
    /// Its type and what tells it from others of that type.
    #[must_use]
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::VerificationLevel(it) => ("verificationLevel", it.number.to_string()),
            Self::User(it) => ("user", it.id.clone()),
            Self::Identification(it) => ("identification", it.id.clone()),
            Self::ProofingRequest(it) => ("proofingRequest", it.id.clone()),
            Self::Verification(it) => ("verification", it.number.to_string()),
            Self::Session(it) => ("session", it.id.clone()),
            Self::Document(it) => ("document", it.id.clone()),
            Self::Result(it) => ("result", it.id.clone()),
        }
    }
}

/// A rung of the ladder of verification levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Level {
    pub number: i32,
    pub name: String,
    /// Its place on the ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ref_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Named<user::Status>>,
    #[serde(with = "PersonalLine")]
    pub personal: Personal,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Moment>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Personal", rename_all = "camelCase")]
struct PersonalLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all_first_names: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    preferred_last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_date: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nationality: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mobile_phone_number: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    verified_emails: Vec<String>,
}

/// One run of an identity check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identification {
    pub id: String,
    pub user: String,
    pub process: Named<Process>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_document_type: Option<Named<DocumentType>>,
    pub levels: Levels,
    pub created_at: Moment,
    pub updated_at: Moment,
    /// Who made it, and what they call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Origin>,
    /// Which level stood where when; without it, what is known now is all that is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<LevelChange>,
}

/// The three levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Levels {
    pub expert: LevelState,
    pub qes: LevelState,
    pub pvid: LevelState,
}

/// Where a level stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelState {
    pub status: Named<Status>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Moment>,
}

/// Where an identification comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    pub provider: String,
    pub reference: String,
}

/// That a level went somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelChange {
    pub level: Named<grant_policy::Level>,
    pub status: Named<identification::Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub at: Moment,
}

/// One automated check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proofing {
    #[serde(alias = "requestId")]
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    pub request_time: Moment,
    pub state: Named<State>,
    pub device_check_result: Named<DeviceCheck>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_authentication_result: Option<Named<DocumentAuthentication>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_match: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_match_score: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_image_classified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_image_upload_time: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_image_classified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_image_upload_time: Option<Moment>,
}

/// One grant of a verification level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    pub number: i32,
    pub user: String,
    /// The numbers of the levels.
    pub current_level: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_level: Option<i32>,
    pub reason: String,
    /// The number of the credential that granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<i32>,
    pub created_at: Moment,
}

/// One session in which documents are captured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub id: String,
    pub user: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_id: Option<String>,
    pub status: Named<verification_session::Status>,
    pub steps: Vec<verification_session::Step>,
    /// Addresses that the user was seen at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Moment>,
}

/// A document that was captured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    pub id: String,
    pub user: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<verification_session::Step>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Named<document::Kind>>,
    #[serde(with = "FieldsLine")]
    pub fields: Fields,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub match_level: Option<i32>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Fields", rename_all = "camelCase")]
struct FieldsLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    full_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_of_birth: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_of_birth: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_of_issue: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_of_expiration: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mrz: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doc_types: Option<Vec<String>>,
}

/// What a relying party was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationResult {
    pub id: String,
    pub user: String,
    /// The label of the integration that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<String>,
    pub trace_id: uuid::Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    pub status: Named<verification_result::Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Data>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Moment>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

impl User {
    /// A person of whom nothing but what it is called is known.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// A person that somebody names: by its id, or by the caller's own one.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let ref_id = uuid::Uuid::try_parse(name).is_err().then(|| name.to_owned());
        Self { ref_id, ..Self::of(name) }
    }
}

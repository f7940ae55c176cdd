use chrono::NaiveDate;
use entity::{document, document_image, verification_session};
use serde::{Deserialize, Serialize};

use crate::{
    document::Fields,
    transfer::format::{Moment, Named},
    value::date,
};

/// A session that captures documents.
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
    /// Addresses at which the user was seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Moment>,
}

/// A captured document.
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
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date::deserialize_option")]
    date_of_birth: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_of_birth: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date::deserialize_option")]
    date_of_issue: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date::deserialize_option")]
    date_of_expiration: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mrz: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doc_types: Option<Vec<String>>,
}

/// An image of a document, or of the face of a session's user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    pub id: String,
    pub user: String,
    /// The document that the image shows, or that was captured with the face.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The session, if no document names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    pub kind: Named<document_image::Kind>,
    /// Omitted if unknown: the image is then as old as its document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uploaded_at: Option<Moment>,
    /// The bytes of a JPEG, PNG or WebP, in base64.
    pub data: String,
}

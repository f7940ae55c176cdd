//! A captured document in a scenario file.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    document::graphql::SessionDocumentType, scenario::name::Name, session::graphql::VerificationStep,
    value::date,
};

/// A document to capture.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// Name of the document in this file.
    #[serde(rename = "as")]
    pub called: Option<Name>,
    /// Name of the session. Default: the session that was created last.
    pub of: Option<Name>,
    /// Step of the session. Default: `ID_DOCUMENT`.
    pub step: Option<VerificationStep>,
    #[serde(rename = "type")]
    pub kind: Option<SessionDocumentType>,
    /// Data that was read from the document.
    #[serde(default)]
    pub fields: Fields,
    /// Lines of the machine-readable zone.
    #[serde(default)]
    pub mrz: Vec<String>,
    /// Face match score from 0 to 100.
    pub match_level: Option<i32>,
}

/// Data that was read from a document.
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

//! Data read from a document: sealed with the key of its user before it reaches the database.

use chrono::NaiveDate;
use entity::{document, user};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypto::{AssociatedData, DataKey, KeySource},
    session::rules::is_text,
    user::personal::key_of,
    value::text::normalized,
};

/// Maximum length of a text field, in characters.
const TEXT: usize = 1024;
/// Maximum number of lines of a machine-readable zone, or of types of a proof of address.
const LINES: usize = 10;

/// Data read from a document. Unknown fields are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_of_birth: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_issue: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_expiration: Option<NaiveDate>,
    /// The issuer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The lines of the machine-readable zone, as read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mrz: Vec<String>,
    /// The types of a proof of address, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_types: Option<Vec<String>>,
}

impl Fields {
    /// Validates the fields and normalizes their texts to NFC. The only way into the database.
    ///
    /// # Errors
    ///
    /// The name of the first field that cannot be stored: a text that is empty, too long, or contains a NUL.
    pub fn validated(self) -> Result<Self, &'static str> {
        let text = |text: Option<String>| text.map(normalized);
        let texts = |texts: Vec<String>| texts.into_iter().map(normalized).collect();
        let fields = Self {
            first_name: text(self.first_name),
            last_name: text(self.last_name),
            full_name: text(self.full_name),
            place_of_birth: text(self.place_of_birth),
            sex: text(self.sex),
            address: text(self.address),
            id_number: text(self.id_number),
            issuer: text(self.issuer),
            mrz: texts(self.mrz),
            doc_types: self.doc_types.map(texts),
            ..self
        };
        fields.unstorable().map_or(Ok(fields), Err)
    }

    fn unstorable(&self) -> Option<&'static str> {
        let texts = [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("fullName", &self.full_name),
            ("placeOfBirth", &self.place_of_birth),
            ("sex", &self.sex),
            ("address", &self.address),
            ("idNumber", &self.id_number),
            ("issuer", &self.issuer),
        ];
        let text = texts.into_iter().find(|(_, text)| text.as_ref().is_some_and(|text| !is_text(text, TEXT)));
        let none = Vec::new();
        let lists = [("mrzLines", &self.mrz), ("docTypes", self.doc_types.as_ref().unwrap_or(&none))];
        let is_wrong = |list: &[String]| list.len() > LINES || list.iter().any(|text| !is_text(text, TEXT));
        let list = lists.into_iter().find(|(_, list)| is_wrong(list));
        text.map(|(name, _)| name).or(list.map(|(name, _)| name))
    }

    /// Seals the fields with the key of the user.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn seal(&self, key: &DataKey, project: Uuid, document: Uuid) -> Result<Vec<u8>> {
        let text =
            serde_json::to_vec(self).map_err(|_| Error::Fault("failed to write a document as JSON"))?;
        Ok(key.seal(associated_data(project, document), &text)?)
    }

    /// Opens the fields of a row; empty if its user is erased.
    ///
    /// # Errors
    ///
    /// When the database fails, or the row was modified.
    pub async fn of(keys: &impl KeySource, user: &user::Model, row: &document::Model) -> Result<Self> {
        let Some(key) = key_of(keys, user).await? else { return Ok(Self::default()) };
        // The retention period is over, and the fields were deleted.
        if row.fields.is_empty() {
            return Ok(Self::default());
        }
        let text = key.open(associated_data(row.project_id, row.id), &row.fields)?;
        serde_json::from_slice(&text).map_err(|_| Error::Fault("the sealed data of a document is malformed"))
    }
}

const fn associated_data(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "documents", column: "fields", row }
}

use chrono::NaiveDate;
use entity::{
    document, user,
    verification_session::{self, Step},
};
use sea_orm::ActiveEnum;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Result,
    auth::Caller,
    crypto::Vault,
    document::{Fields, kind::label, store::of_parents},
    http::ApiState,
};

// The keys are in the order of the API's document. Unknown values are omitted.
/// A document of a step, and the data read from it. Dates are written DD/MM/YYYY.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionDocument)]
pub struct Document {
    /// `ID_DOCUMENT`, `DRIVING_LICENSE`, `CAR_REGISTRATION_DOCUMENT` or `ADDRESS_PROOF`.
    #[schema(example = "ID_DOCUMENT")]
    pub step_id: String,
    #[serde(flatten)]
    pub read: Read,
}

/// The data read from a document.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionDocumentFields)]
pub struct Read {
    /// The type of the document, in words.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Passport")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_types: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "15/07/2030")]
    date_of_expiration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_of_issue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_of_birth: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuing_authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place_of_birth: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mrz_line1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mrz_line2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mrz_line3: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_number: Option<String>,
    /// Only for a proof of address.
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_date: Option<String>,
    /// Only for a proof of address.
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer_name: Option<String>,
    /// Only for a proof of address.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    match_level: Option<i32>,
}

/// The documents of a session, in the order of the steps. If a step was repeated, its latest document.
pub async fn latest(
    app: &ApiState,
    caller: &Caller,
    session: &verification_session::Model,
) -> Result<Vec<document::Model>> {
    let of_session = document::Column::SessionId;
    let mut found = of_parents(&app.store, caller, of_session, &[session.id]).await?;
    let rows = found.remove(&session.id).unwrap_or_default();
    let mut latest: std::collections::BTreeMap<Step, document::Model> = std::collections::BTreeMap::new();
    for row in rows {
        if let Some(step) = row.step {
            latest.insert(step, row);
        }
    }
    Ok(latest.into_values().collect())
}

/// A document without its images.
///
/// # Errors
///
/// If the database fails, or the row was modified outside of the server.
pub async fn document(vault: &Vault, user: &user::Model, row: &document::Model) -> Result<Document> {
    let fields = Fields::of(vault, user, row).await?;
    let step_id = row.step.map(|step| step.to_value()).unwrap_or_default();
    Ok(Document { step_id, read: read(row, fields) })
}

fn read(row: &document::Model, fields: Fields) -> Read {
    let is_proof = row.step == Some(Step::AddressProof);
    let [issued, date_of_birth, date_of_expiration] =
        [fields.date_of_issue, fields.date_of_birth, fields.date_of_expiration].map(day);
    let (date_of_issue, issue_date) = either(issued, is_proof);
    let (address1, address) = either(fields.address, is_proof);
    let (issuing_authority, issuer_name) = either(fields.issuer, is_proof);
    let mut mrz = fields.mrz.into_iter();
    Read {
        kind: row.kind.filter(|_| !is_proof).map(label),
        doc_types: fields.doc_types,
        first_name: fields.first_name,
        last_name: fields.last_name,
        full_name: fields.full_name,
        date_of_expiration,
        address1,
        date_of_issue,
        sex: fields.sex,
        date_of_birth,
        issuing_authority,
        place_of_birth: fields.place_of_birth,
        mrz_line1: mrz.next(),
        mrz_line2: mrz.next(),
        mrz_line3: mrz.next(),
        id_number: fields.id_number,
        issue_date,
        issuer_name,
        address,
        match_level: row.match_level,
    }
}

/// Returns the value in the second position for a proof of address, whose fields have other names.
fn either<T>(value: Option<T>, is_proof: bool) -> (Option<T>, Option<T>) {
    if is_proof { (None, value) } else { (value, None) }
}

fn day(date: Option<NaiveDate>) -> Option<String> {
    date.map(|date| date.format("%d/%m/%Y").to_string())
}

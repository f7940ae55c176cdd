use serde_json::{Map, Value};

use super::item::{Item, shaped};
use crate::transfer::Record;

/// Parses a line of an export.
pub fn item(mut object: Map<String, Value>) -> Item {
    // Removed first, so that errors in inner fields include their path.
    let kind = object.remove("type");
    let record = match kind.as_ref().and_then(Value::as_str) {
        Some("verificationLevel") => Record::VerificationLevel(shaped(object)?),
        Some("user") => Record::User(Box::new(shaped(object)?)),
        Some("identification") => Record::Identification(Box::new(shaped(object)?)),
        Some("proofingRequest") => Record::ProofingRequest(Box::new(shaped(object)?)),
        Some("verification") => Record::Verification(shaped(object)?),
        Some("session") => Record::Session(shaped(object)?),
        Some("document") => Record::Document(Box::new(shaped(object)?)),
        Some("image") => Record::Image(Box::new(shaped(object)?)),
        Some("result") => Record::Result(Box::new(shaped(object)?)),
        Some(other) => return Err(format!("`type`: `{other}` is not a record type: is the file an export?")),
        None => return Err("`type` is missing: is the file an export?".to_owned()),
    };
    Ok(vec![record].into())
}

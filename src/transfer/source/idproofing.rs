use serde_json::{Map, Value};

use super::item::{Item, SourceContext, shaped};
use crate::transfer::{
    Record,
    record::{Proofing, User},
};

/// Parses a proofing request as that API returns it. Stored fields have the same names.
pub fn item(object: Map<String, Value>, known: &SourceContext) -> Item {
    let mut request: Proofing = shaped(object)?;
    if request.id.is_empty() {
        return Err("`requestId` is empty".to_owned());
    }
    request.user.clone_from(&known.user);
    let mut records = Vec::new();
    if let Some(user) = &known.user {
        records.push(Record::User(Box::new(User::named(user))));
    }
    records.push(Record::ProofingRequest(Box::new(request)));
    Ok(records.into())
}

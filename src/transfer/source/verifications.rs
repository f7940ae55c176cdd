use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value};

use super::item::{Item, shaped};
use crate::transfer::{
    Record,
    format::Moment,
    record::{Level, User, Verification},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: i64,
    client_id: i64,
    current_level: Named,
    // The document's table spells this field differently from its examples.
    #[serde(default, alias = "previuosLevel")]
    previous_level: Option<Named>,
    reason: Reason,
    #[serde(default, deserialize_with = "number")]
    user_id: Option<i64>,
    create_time: Moment,
}

#[derive(Deserialize)]
struct Named {
    id: i64,
    name: String,
}

#[derive(Deserialize)]
struct Reason {
    name: String,
}

/// A number, possibly in quotes: the document's examples have both forms.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let value = Option::<Value>::deserialize(from)?;
    let read = match &value {
        None => return Ok(None),
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_i64(),
    };
    read.map(Some)
        .ok_or_else(|| D::Error::custom(format!("{} is not a whole number", value.unwrap_or_default())))
}

/// Parses a grant as that API returns it, with the client and the levels that it names.
pub fn item(object: Map<String, Value>) -> Item {
    let row: Row = shaped(object)?;
    for (key, number) in [("id", row.id), ("clientId", row.client_id)] {
        if number < 1 {
            return Err(format!("`{key}`: {number} is not valid: numbers start at 1"));
        }
    }
    let user = User {
        number: Some(row.client_id),
        created_at: Some(row.create_time),
        ..User::of(&format!("client {}", row.client_id))
    };
    let verification = Verification {
        number: row.id,
        user: user.id.clone(),
        current_level: row.current_level.id,
        previous_level: row.previous_level.as_ref().map(|level| level.id),
        reason: row.reason.name,
        granted_by: row.user_id,
        created_at: row.create_time,
    };
    let mut levels: Vec<Level> = [row.previous_level, Some(row.current_level)]
        .into_iter()
        .flatten()
        .map(|level| Level { number: level.id, name: level.name, index: None, created_at: None })
        .collect();
    levels.sort_by_key(|level| level.number);
    let mut records: Vec<Record> = levels.into_iter().map(Record::VerificationLevel).collect();
    records.push(Record::User(Box::new(user)));
    records.push(Record::Verification(verification));
    Ok(records.into())
}

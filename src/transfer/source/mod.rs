//! Parses other systems' responses into records. Each file handles one API and only interprets its format.

mod idproofing;
mod native;
mod results;
mod sessions;
mod swan;
mod verifications;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Record;

/// The system whose responses are parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// Users with their identifications: responses of the identifications GraphQL API
    Swan,
    /// Proofing requests: `POST /api/web/v1/idproofing`
    Idproofing,
    /// The history of verification levels: `GET /api/v2/verifications`
    Verifications,
    /// Users with their sessions and documents: `GET /v2/users/{refId}`, and with --user its `/documents`
    /// with images
    Sessions,
    /// Verification results: `GET /v1/verification/details/{id}`
    Results,
    /// Exports by `verigraph export`
    Verigraph,
}

/// Information that the responses do not contain.
#[derive(Clone, Debug, Default)]
pub struct SourceContext {
    /// The owner of the records: the user's id, or the caller's own id.
    pub user: Option<String>,
    /// Label of the integration that receives the results.
    pub integration: Option<String>,
}

/// The content of one item.
#[derive(Debug, Default)]
pub struct ParsedItem {
    pub records: Vec<Record>,
    /// Content that is not imported, and why.
    pub notes: Vec<String>,
}

impl From<Vec<Record>> for ParsedItem {
    fn from(records: Vec<Record>) -> Self {
        Self { records, notes: Vec::new() }
    }
}

/// The content of an item, or why it is rejected.
pub type Item = Result<ParsedItem, String>;

impl Source {
    /// The items of a value: of a response, of a list of items or responses, or of one item.
    #[must_use]
    pub fn items(self, value: Value, known: &SourceContext) -> Vec<Item> {
        let mut items = Vec::new();
        self.read(value, known, &mut items);
        items
    }

    fn read(self, value: Value, known: &SourceContext, items: &mut Vec<Item>) {
        match value {
            Value::Array(values) => values.into_iter().for_each(|value| self.read(value, known, items)),
            Value::Object(object) => match self {
                Self::Swan => swan::read(object, known, items),
                Self::Idproofing => match within(object, "results") {
                    Ok(results) => self.read(results, known, items),
                    Err(object) => items.push(idproofing::item(object, known)),
                },
                Self::Verifications => match within(object, "data") {
                    Ok(data) => self.read(data, known, items),
                    Err(object) => items.push(verifications::item(object)),
                },
                Self::Sessions => items.push(sessions::item(object, known)),
                Self::Results => items.push(results::item(object, known)),
                Self::Verigraph => items.push(native::item(object)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                items
                    .push(Err("is not a JSON object: pass complete API responses or their items".to_owned()));
            }
        }
    }
}

/// The list in which a response wraps its items, or the item itself.
fn within(mut object: Map<String, Value>, key: &str) -> Result<Value, Map<String, Value>> {
    match object.get(key) {
        Some(Value::Array(_)) => object.remove(key).ok_or(object),
        Some(_) | None => Err(object),
    }
}

/// Deserializes an object. Errors begin with the key they are about.
fn shaped<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, String> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let path = error.path().to_string();
        if path == "." { error.inner().to_string() } else { format!("`{path}`: {}", error.inner()) }
    })
}

/// Prefixes an error that has its own location with an outer location.
fn inside(place: &str, why: &str) -> String {
    why.strip_prefix('`').map_or_else(|| format!("`{place}`: {why}"), |rest| format!("`{place}.{rest}"))
}

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::transfer::Record;

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

/// The list in which a response wraps its items, or the item itself.
pub(super) fn within(mut object: Map<String, Value>, key: &str) -> Result<Value, Map<String, Value>> {
    match object.get(key) {
        Some(Value::Array(_)) => object.remove(key).ok_or(object),
        Some(_) | None => Err(object),
    }
}

/// Deserializes an object. Errors begin with the key they are about.
pub(super) fn shaped<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, String> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let path = error.path().to_string();
        if path == "." { error.inner().to_string() } else { format!("`{path}`: {}", error.inner()) }
    })
}

/// Prefixes an error that has its own location with an outer location.
pub(super) fn inside(path: &str, why: &str) -> String {
    why.strip_prefix('`').map_or_else(|| format!("`{path}`: {why}"), |rest| format!("`{path}.{rest}"))
}

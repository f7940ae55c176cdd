//! The list of settings, derived from their types, so that no second list must be maintained.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::Config;

/// A setting.
pub(super) struct Field {
    /// The key, with dots between its parts.
    pub key: String,
    /// The description from the field's doc comment.
    pub meaning: String,
    kind: Kind,
    default: Value,
}

enum Kind {
    Text,
    Choice(Vec<String>),
    Truth,
    Whole { least: i64, most: i64 },
    Texts,
}

/// All settings, in declaration order.
pub(super) static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let generator = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true).into_generator();
    let schema = generator.into_root_schema_for::<Config>();
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut fields = Vec::new();
    collect("", schema.as_value(), &defaults, &mut fields);
    fields
});

/// Finds the field of a key.
pub(super) fn field(key: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.key == key)
}

/// All keys.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|field| field.key.as_str())
}

/// Whether any setting's key is below this one.
pub(super) fn is_section(key: &str) -> bool {
    keys().any(|known| known.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
}

/// The JSON pointer of a key in a tree of objects.
pub(super) fn pointer(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

fn collect(prefix: &str, schema: &Value, default: &Value, fields: &mut Vec<Field>) {
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let default = &default[name.as_str()];
        if schema["properties"].is_object() {
            collect(&key, schema, default, fields);
        } else {
            let description = schema["description"].as_str().unwrap_or_default();
            let meaning = description.split_whitespace().collect::<Vec<_>>().join(" ");
            let kind = Kind::of(name, schema);
            fields.push(Field { key, meaning, kind, default: default.clone() });
        }
    }
}

impl Kind {
    fn of(name: &str, schema: &Value) -> Self {
        // An optional field has two types: its own and `null`.
        let is = |wanted: &str| match &schema["type"] {
            Value::Array(types) => types.iter().any(|it| it == wanted),
            one => one == wanted,
        };
        if let Some(names) = schema["enum"].as_array() {
            return Self::Choice(names.iter().filter_map(|name| Some(name.as_str()?.to_owned())).collect());
        }
        if is("array") {
            return Self::Texts;
        }
        if is("boolean") {
            return Self::Truth;
        }
        if is("integer") {
            // Durations are added to times. Larger values would overflow and are not meaningful.
            let sensible = match name.rsplit('_').next() {
                Some("seconds") => 31_536_000,
                Some("milliseconds") => 86_400_000,
                Some("days") => 36_500,
                _ => 1 << 40,
            };
            let bound = |name: &str, other| schema[name].as_i64().unwrap_or(other);
            return Self::Whole {
                least: bound("minimum", 0),
                most: bound("maximum", sensible).min(sensible),
            };
        }
        Self::Text
    }
}

impl Field {
    /// Validates a value from a file.
    pub fn typed(&self, value: Value) -> Result<Value, String> {
        let is_right = match (&self.kind, &value) {
            (Kind::Text, Value::String(_)) | (Kind::Truth, Value::Bool(_)) => true,
            (Kind::Choice(names), Value::String(name)) => names.contains(name),
            (Kind::Whole { least, most }, Value::Number(number)) => {
                number.as_i64().is_some_and(|number| (*least..=*most).contains(&number))
            }
            (Kind::Texts, Value::Array(items)) => items.iter().all(Value::is_string),
            (Kind::Texts, Value::String(_)) => return Ok(json!([value])),
            _ => false,
        };
        if is_right { Ok(value) } else { Err(self.form()) }
    }

    /// Parses a value from a variable or flag: TOML syntax, or plain text.
    pub fn read(&self, text: &str) -> Result<Value, String> {
        let parsed = format!("x = {text}").parse::<toml::Table>().ok();
        let parsed = parsed.filter(|table| table.len() == 1).and_then(|mut table| table.remove("x"));
        let parsed = parsed.and_then(|value| serde_json::to_value(value).ok());
        let value = match (&self.kind, parsed) {
            // A path or a password may look like a number.
            (Kind::Text | Kind::Choice(_), Some(value)) if !value.is_string() => json!(text),
            (Kind::Texts, None) => {
                let items = text.trim_start_matches('[').trim_end_matches(']').split(',');
                let items = items.map(|item| item.trim().trim_matches(['"', '\'']));
                json!(items.filter(|item| !item.is_empty()).collect::<Vec<_>>())
            }
            (_, parsed) => parsed.unwrap_or_else(|| json!(text)),
        };
        self.typed(value)
    }

    /// Describes the accepted values.
    fn form(&self) -> String {
        match &self.kind {
            Kind::Text => "write a string".to_owned(),
            Kind::Choice(names) => format!("write one of `{}`", names.join("`, `")),
            Kind::Truth => "write true or false".to_owned(),
            Kind::Whole { least, most } => {
                format!("write a whole number from {least} to {most}, such as {}", self.default)
            }
            Kind::Texts => "write a list of strings, such as [\"a\", \"b\"], or one string".to_owned(),
        }
    }
}

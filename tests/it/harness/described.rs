//! Compares responses with `openapi.json`. Every response that a test receives is checked here.

use std::sync::LazyLock;

use axum::http::Method;
use serde_json::Value;

use super::Answer;

/// The document that the server generates.
pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(verigraph::http::openapi::text()).unwrap());

/// Fails unless the document has the status of a response and its body matches. Unknown paths, and methods
/// that a path does not have, are not checked.
pub fn check(method: &Method, path: &str, answer: &Answer) {
    let Some(operation) = operation(path, method.as_str()) else { return };
    let what = format!("{method} {path}: {}: {}", answer.status, answer.text);
    let response = &operation["responses"][answer.status.as_str()];
    assert!(response.is_object(), "an answer that is not described: {what}");
    let position = "x-verigraph-position";
    if answer.status.is_success() && !answer.header(position).is_empty() {
        assert!(response["headers"][position].is_object(), "a header that is not described: {what}");
    }
    let essence = answer.header("content-type").split(';').next().unwrap_or_default();
    let content = &response["content"][essence];
    assert!(content.is_object(), "a type that is not described: {essence}: {what}");
    if essence == "application/json" {
        assert_eq!(fits(&content["schema"], &answer.json(), ""), Ok(()), "{what}");
    }
}

/// The operation of a request. Literal segments take precedence over parameters.
fn operation(path: &str, method: &str) -> Option<&'static Value> {
    let paths = DOCUMENT["paths"].as_object()?;
    let matches = |template: &str| {
        let (one, other): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
        one.len() == other.len()
            && one
                .iter()
                .zip(&other)
                .all(|(one, other)| one == other || (one.starts_with('{') && !other.is_empty()))
    };
    let (_, item) =
        paths.iter().filter(|(at, _)| matches(at)).min_by_key(|(at, _)| at.matches('{').count())?;
    item.get(method.to_ascii_lowercase())
}

/// Checks that a value matches a schema: all required properties, and none that the schema lacks. The error
/// is the path of the mismatch.
pub fn fits(schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = DOCUMENT.pointer(name.trim_start_matches('#')).ok_or_else(|| format!("no {name}"))?;
        return fits(schema, value, at);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return fits(&joined(parts), value, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices.iter().filter(|schema| fits(schema, value, at).is_ok()).count();
        return if fitting == 1 { Ok(()) } else { Err(format!("{at}: {value} fits {fitting} of {schema}")) };
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        return Err(format!("{at}: {value} is none of {schema}"));
    }
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_of = match &schema["type"] {
        Value::Null => true,
        Value::Array(types) => types.iter().any(|it| it == is),
        one => one == is,
    };
    if !is_of {
        return Err(format!("{at}: {value} is no {}", schema["type"]));
    }
    for item in value.as_array().into_iter().flatten() {
        fits(&schema["items"], item, &format!("{at}[]"))?;
    }
    let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) else {
        return Ok(());
    };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            return Err(format!("{at}: no {name}"));
        }
    }
    for (name, value) in fields {
        let schema = known.get(name).ok_or_else(|| format!("{at}: {name} is not described"))?;
        fits(schema, value, &format!("{at}.{name}"))?;
    }
    Ok(())
}

/// Merges the properties of several object schemas (`allOf`).
fn joined(parts: &[Value]) -> Value {
    let mut all = serde_json::json!({ "type": "object", "properties": {}, "required": [] });
    for part in parts {
        let named = part["$ref"].as_str().and_then(|name| DOCUMENT.pointer(name.trim_start_matches('#')));
        let part = named.unwrap_or(part);
        for (name, schema) in part["properties"].as_object().into_iter().flatten() {
            all["properties"][name] = schema.clone();
        }
        let required = all["required"].as_array_mut().unwrap();
        required.extend(part["required"].as_array().into_iter().flatten().cloned());
    }
    all
}

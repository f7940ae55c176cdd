use std::io::Write as _;

use async_graphql::{Value, resolver_utils::EnumType};
use entity::Timestamp;
use uuid::Uuid;

/// The text of a response as it is written.
#[derive(Debug, Default)]
pub struct JsonText {
    bytes: Vec<u8>,
    /// Whether a value could not be written. The executor then resolves the selection, and reports the cause.
    has_failed: bool,
}

impl JsonText {
    /// An empty text with space for this many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), has_failed: false }
    }

    /// The text. `None` if a value could not be written.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        (!self.has_failed).then_some(self.bytes)
    }

    /// Appends JSON as it is.
    pub(in crate::graphql) fn raw(&mut self, json: &[u8]) {
        self.bytes.extend_from_slice(json);
    }

    /// Removes the last byte if it is this one.
    pub(super) fn strip(&mut self, byte: u8) {
        if self.bytes.last() == Some(&byte) {
            self.bytes.pop();
        }
    }

    /// Makes the text invalid: a value cannot be written.
    pub fn fail(&mut self) {
        self.has_failed = true;
    }

    /// `null`.
    pub fn null(&mut self) {
        self.raw(b"null");
    }

    /// The value, or `null`.
    pub fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    /// A list.
    pub fn list<T>(&mut self, values: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.raw(b"[");
        for value in values {
            write(self, value);
            self.raw(b",");
        }
        self.strip(b',');
        self.raw(b"]");
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            // Writing to memory cannot fail.
            let _ = serde_json::to_writer(&mut self.bytes, text);
        } else {
            self.raw(b"\"");
            self.raw(text.as_bytes());
            self.raw(b"\"");
        }
    }

    /// An id.
    pub fn id(&mut self, id: Uuid) {
        self.raw(b"\"");
        self.raw(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        self.raw(b"\"");
    }

    /// An `Int`.
    pub fn int(&mut self, number: i32) {
        // Writing to memory cannot fail.
        let _ = write!(self.bytes, "{number}");
    }

    /// A number of a row as an `Int`, which has 32 bits. It fails if the number does not fit.
    pub fn number(&mut self, number: i64) {
        match i32::try_from(number) {
            Ok(number) => self.int(number),
            Err(_) => self.has_failed = true,
        }
    }

    /// A `Boolean`.
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { b"true" } else { b"false" });
    }

    /// A value of an enum.
    pub fn one_of<E: EnumType>(&mut self, value: impl Into<E>) {
        let value = value.into();
        match E::items().iter().find(|item| item.value == value) {
            Some(item) => self.text(item.name),
            None => self.has_failed = true,
        }
    }

    /// A `DateTime`.
    pub fn time(&mut self, time: Timestamp) {
        self.raw(b"\"");
        self.raw(time.to_rfc3339().as_bytes());
        self.raw(b"\"");
    }

    /// A value of the executor. Bytes are JSON that a plan has written: the schema has no type that is bytes.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.null(),
            Value::Boolean(value) => self.boolean(*value),
            Value::String(text) => self.text(text),
            Value::Enum(name) => self.text(name.as_str()),
            Value::Binary(json) => self.raw(json),
            Value::List(values) => self.list(values, Self::value),
            Value::Object(fields) => {
                self.raw(b"{");
                for (name, value) in fields {
                    self.text(name.as_str());
                    self.raw(b":");
                    self.value(value);
                    self.raw(b",");
                }
                self.strip(b',');
                self.raw(b"}");
            }
            Value::Number(number) => {
                // Writing to memory cannot fail.
                let _ = serde_json::to_writer(&mut self.bytes, number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut JsonText)) -> Option<String> {
        let mut json = JsonText::default();
        write(&mut json);
        json.finish().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn values_are_written_as_by_serde_json() {
        let texts = ["", "plain", "a\"b\\c", "line\nbreak\ttab", "\u{0}\u{1f}\u{7f}", "Zoë 😀", "/<>&'"];
        for text in texts {
            let value = Value::from_json(serde_json::json!({
                "text": text, text: [1, -2.5, true, null, {}, [], u64::MAX, i64::MIN, 1e300],
            }))
            .unwrap();
            let expected = serde_json::to_string(&value).unwrap();
            assert_eq!(written(|json| json.value(&value)).unwrap(), expected);
        }
    }

    #[test]
    fn json_of_a_plan_is_written_as_it_is() {
        let value = Value::List(vec![Value::Binary(b"{\"a\":1}".as_slice().into()), Value::Null]);
        assert_eq!(written(|json| json.value(&value)).unwrap(), "[{\"a\":1},null]");
    }

    #[test]
    fn a_number_that_does_not_fit_fails() {
        assert_eq!(written(|json| json.number(2_147_483_647)).as_deref(), Some("2147483647"));
        assert_eq!(written(|json| json.number(2_147_483_648)), None);
    }
}

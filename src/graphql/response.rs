//! Responses: adds a code to every error, masks faults and logs them once with the request id.

use async_graphql::{PathSegment, Response, ServerError, Value};
use serde::{Serialize, Serializer};
use serde_json::json;

use super::{JsonText, Request};
use crate::{Code, Error};

/// Body of a response, by the GraphQL specification: without `data` if the document did not run.
#[derive(Serialize)]
pub struct ResponseBody {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_tree")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
}

/// Serializes data for a message that contains it: JSON that plans have written is read again.
#[expect(clippy::ref_option, reason = "serde's signature")]
fn as_tree<S: Serializer>(data: &Option<Value>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut json = JsonText::default();
    json.optional(data.as_ref(), JsonText::value);
    let tree: serde_json::Value = serde_json::from_slice(&json.finish().unwrap_or_default())
        .map_err(|_| serde::ser::Error::custom("a plan has written text that is not JSON"))?;
    tree.serialize(serializer)
}

impl ResponseBody {
    /// The text of the response.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] if it cannot be written.
    pub fn to_json(&self) -> crate::Result<Vec<u8>> {
        let fault = Error::Fault("the response could not be serialized as JSON");
        let mut json = JsonText::default();
        json.raw(b"{");
        if let Some(data) = &self.data {
            json.raw(b"\"data\":");
            json.value(data);
        }
        if !self.errors.is_empty() {
            json.raw(if self.data.is_some() { b",\"errors\":" } else { b"\"errors\":" });
            json.raw(&serde_json::to_vec(&self.errors).map_err(|_| fault)?);
        }
        json.raw(b"}");
        json.finish().ok_or(Error::Fault("a response has a value that cannot be written"))
    }

    /// Whether the execution of the document started.
    #[must_use]
    pub const fn ran(&self) -> bool {
        self.data.is_some()
    }

    /// Whether every error says that the database is unavailable or overloaded, and no root field has a
    /// value.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        let is_empty = match &self.data {
            None | Some(Value::Null) => true,
            Some(Value::Object(fields)) => fields.values().all(|value| *value == Value::Null),
            Some(_) => false,
        };
        let of_outage = |error: &ServerError| {
            error.source::<Error>().is_some_and(|ours| ours.is_outage() || ours.code() == Code::Overloaded)
        };
        is_empty && !self.errors.is_empty() && self.errors.iter().all(of_outage)
    }
}

/// Creates the body of the response of the executor.
#[must_use]
pub fn answer(response: Response, request: &Request, id: &str) -> ResponseBody {
    let mut errors = request.field_errors.take();
    errors.extend(response.errors);
    // Fields of a level run concurrently, so their errors are in any order. Sorts them in the order of the
    // document, and the errors of one field of many rows in the order of the list.
    errors.sort_by(|one, other| {
        let start = |error: &ServerError| error.locations.first().map(|at| (at.line, at.column));
        start(one).cmp(&start(other)).then_with(|| path_of(one).cmp(path_of(other)))
    });
    for error in &mut errors {
        finish(error, id);
    }
    let data = if request.field_errors.is_emptied() { Value::Null } else { response.data };
    ResponseBody { data: request.started().then_some(data), errors }
}

/// Returns the steps of an error's path, as sort keys.
fn path_of(error: &ServerError) -> impl Iterator<Item = (usize, &str)> {
    error.path.iter().map(segment)
}

/// Returns the sort key of a step of a path. Rows are sorted by index.
fn segment(step: &PathSegment) -> (usize, &str) {
    match step {
        PathSegment::Field(name) => (0, name),
        PathSegment::Index(index) => (*index, ""),
    }
}

/// Creates the body of a response to a request that did not reach the executor.
#[must_use]
pub fn error_body(error: &Error, id: &str) -> serde_json::Value {
    log_fault(error, id);
    let mut extensions = json!({ "code": error.code().as_str() });
    if error.code() == Code::Internal {
        extensions["requestId"] = id.into();
    }
    json!({ "errors": [{ "message": error.to_string(), "extensions": extensions }] })
}

fn finish(error: &mut ServerError, id: &str) {
    let code = match (error.source::<Error>(), &error.source) {
        (Some(ours), _) => {
            log_fault(ours, id);
            ours.code()
        }
        // An error of another crate that `?` passed on. Its text may contain anything, so it is only logged.
        (None, Some(_)) => {
            tracing::error!(request_id = id, error = %error.message, "a resolver failed");
            "internal error".clone_into(&mut error.message);
            Code::Internal
        }
        // An error of async-graphql about the document, with its own text.
        (None, None) if error.path.is_empty() => Code::ValidationFailed,
        (None, None) => Code::BadUserInput,
    };
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code.as_str());
    if code == Code::Internal {
        extensions.set("requestId", id);
    }
}

fn log_fault(error: &Error, id: &str) {
    if let Some(fault) = error.fault() {
        tracing::error!(request_id = id, error = %fault, "the request failed");
    }
}

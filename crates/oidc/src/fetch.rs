use std::{future::Future, time::Duration};

use serde::de::DeserializeOwned;

use crate::{Document, SignInError};

/// Maximum length of a response in bytes.
pub const RESPONSE_LIMIT: usize = 256 * 1024;

/// Maximum duration of a request, with the reading of its response.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// The HTTP client of the caller.
///
/// An implementation decides which addresses it sends to, because the provider's documents name further
/// addresses. It stops reading at [`RESPONSE_LIMIT`] and gives up after [`TIMEOUT`], and it follows no
/// redirects. A response with an error status is a response.
pub trait Fetch: Send + Sync {
    /// Sends a GET request with `Accept: application/json`.
    fn get(&self, url: &str) -> impl Future<Output = Result<Response, FetchError>> + Send;

    /// Sends a POST request with `Content-Type: application/x-www-form-urlencoded` and
    /// `Accept: application/json`. `form` is the encoded body, `authorization` the value of the header of that
    /// name. Both contain secrets.
    fn post_form(
        &self,
        url: &str,
        form: String,
        authorization: Option<&str>,
    ) -> impl Future<Output = Result<Response, FetchError>> + Send;
}

/// A response to a request.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Why there is no response, such as `timeout` or `address_not_allowed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FetchError(pub &'static str);

impl Response {
    /// The body of a success as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, document: Document) -> Result<T, SignInError> {
        if self.status != 200 {
            return Err(SignInError::Status { document, status: self.status });
        }
        if self.body.len() > RESPONSE_LIMIT {
            return Err(SignInError::Malformed { document, reason: "it is too long".to_owned() });
        }
        serde_json::from_slice(&self.body).map_err(|error| {
            // The place of the error in the document, and nothing of its content.
            let reason = format!("line {} column {}: {:?}", error.line(), error.column(), error.classify());
            SignInError::Malformed { document, reason }
        })
    }
}

use serde::{Deserialize, Serialize};

/// A rejection as stored under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRejection {
    /// The type of the rejection.
    pub name: String,
    /// The message of the rejection.
    pub message: String,
    /// Id of the object that was not found, if the rejection repeats it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

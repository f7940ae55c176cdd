use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A string that is never shown in logs, errors or the list of settings.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a string.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The secret string.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[hidden]")
    }
}

// Needed only to list the settings.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("[hidden]")
    }
}

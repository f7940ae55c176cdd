use std::fmt::{self, Debug, Formatter};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use super::redact::redacted_url;

/// The URL of the image store. Contains no credentials.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ImagesUrl(String);

impl ImagesUrl {
    /// The complete URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ImagesUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const FORM: &str =
            "write s3://BUCKET/PREFIX, with ?endpoint=URL&region=NAME for a store other than Amazon S3";
        let url = Url::parse(&text).map_err(|_| FORM)?;
        if url.scheme() != "s3" {
            return Err(FORM);
        }
        let has_credentials = |url: &Url| !url.username().is_empty() || url.password().is_some();
        for (name, value) in url.query_pairs() {
            let endpoint = Url::parse(&value);
            match (&*name, endpoint) {
                ("region", _) => {}
                ("endpoint", Ok(endpoint)) if matches!(endpoint.scheme(), "http" | "https") => {
                    if has_credentials(&endpoint) {
                        return Err(CREDENTIALS);
                    }
                }
                _ => return Err(FORM),
            }
        }
        if has_credentials(&url) { Err(CREDENTIALS) } else { Ok(Self(text)) }
    }
}

const CREDENTIALS: &str =
    "remove the credentials: they are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

impl Debug for ImagesUrl {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted_url(&self.0))
    }
}

// Needed only to list the settings.
impl Serialize for ImagesUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&redacted_url(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_bucket_without_credentials() {
        for url in ["s3://b", "s3://b/x/y?region=eu", "s3://b?endpoint=http%3A%2F%2F127.0.0.1%3A9000"] {
            assert_eq!(ImagesUrl::try_from(url.to_owned()).unwrap().as_str(), url);
        }
        for url in [
            "b/x",
            "https://b/x",
            "s3://key:hush@b",
            "s3://key@b",
            "s3://b?endpoint=https://key:hush@host",
            "s3://b?endpoint=host",
            "s3://b?secret_access_key=hush",
        ] {
            let refused = ImagesUrl::try_from(url.to_owned()).unwrap_err();
            assert!(!refused.contains("hush"), "{url}");
        }
    }
}

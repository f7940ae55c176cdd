use std::fmt::{self, Debug, Formatter};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use url::Url;

use super::{error::nearest, redact::redacted_url};

const ADVICE: &str =
    "write postgres://USER:PASSWORD@HOST/DATABASE, with %40 for `@`, %2F for `/` and so on in the password";

/// Parameters that the driver supports. It logs unknown parameters with their values.
const PARAMETERS: &[&str] = &[
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// The URL of a database. Displayed without its password.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The URL with its password.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // Other schemes are checked where the database is opened.
        if !text.starts_with("postgres:") && !text.starts_with("postgresql:") {
            return Ok(Self(text));
        }
        let url = Url::parse(&text).map_err(|error| format!("{error}: {ADVICE}"))?;
        let is_stray = url.path().contains('@') || url.query().is_some_and(|it| it.contains('@'));
        if is_stray || url.fragment().is_some() {
            return Err(format!("the password contains a character that must be percent-encoded: {ADVICE}"));
        }
        for (name, _) in url.query_pairs() {
            if PARAMETERS.contains(&&*name) || name.starts_with("options[") {
                continue;
            }
            // The parameter's name may be part of a password, so it is not shown.
            let nearest = nearest(&name, PARAMETERS.iter().copied()).filter(|(distance, _)| *distance <= 2);
            return Err(match nearest {
                Some((_, nearest)) => {
                    format!(
                        "the URL has a parameter that PostgreSQL does not support: did you mean `{nearest}`?"
                    )
                }
                None => format!("the URL has a parameter that PostgreSQL does not support: {ADVICE}"),
            });
        }
        Ok(Self(text))
    }
}

impl Debug for DatabaseUrl {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted_url(&self.0))
    }
}

// Needed only to list the settings.
impl Serialize for DatabaseUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&redacted_url(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_urls_that_the_driver_does_not_support_without_showing_them() {
        for (url, reason) in [
            ("postgres://me:hush@db:port/x", "invalid port number: write postgres://"),
            (
                "postgres://me:12/hush@db/x",
                "the password contains a character that must be percent-encoded: write",
            ),
            (
                "postgres://me:12?hush@db/x",
                "the password contains a character that must be percent-encoded: write",
            ),
            (
                "postgres://me:12#hush@db/x",
                "the password contains a character that must be percent-encoded: write",
            ),
            (
                "postgres://db/x?pasword=hush",
                "the URL has a parameter that PostgreSQL does not support: did you mean `password`?",
            ),
            (
                "postgres://db/x?secret=hush",
                "the URL has a parameter that PostgreSQL does not support: write",
            ),
        ] {
            let refused = DatabaseUrl::try_from(url.to_owned()).unwrap_err();
            assert!(refused.starts_with(reason) && !refused.contains("hush"), "{url}: {refused}");
        }
    }

    #[test]
    fn accepts_urls_that_the_driver_supports() {
        for url in [
            "postgres://me:h%40sh@db/x",
            "postgresql://db/x?user=me&password=hush&sslmode=require",
            "postgres:///x?host=/run/postgresql&options[search_path]=a",
            "sqlite://data/x.db",
        ] {
            assert_eq!(DatabaseUrl::try_from(url.to_owned()).unwrap().expose(), url);
        }
    }
}

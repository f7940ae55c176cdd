use std::fmt::{self, Debug, Formatter};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::DatabaseUrl;

/// The URL of a `PostgreSQL` database. Displayed without its password.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct PostgresUrl(DatabaseUrl);

impl PostgresUrl {
    /// The URL with its password.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl TryFrom<String> for PostgresUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // The text may be a misspelt URL with a password, so it is not shown.
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err("write postgres://USER:PASSWORD@HOST/DATABASE".to_owned());
        }
        DatabaseUrl::try_from(text).map(Self)
    }
}

impl Debug for PostgresUrl {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

// Needed only to list the settings.
impl Serialize for PostgresUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_only_urls_of_postgresql() {
        for url in ["postgres://me:h%40sh@db/x", "postgresql:///x?host=/run/postgresql"] {
            assert_eq!(PostgresUrl::try_from(url.to_owned()).unwrap().expose(), url);
        }
        for url in
            ["sqlite://data/x.db", "postgres:/me:hush@db/x", "me:hush@db", "", "postgres://me:hush@db:port/x"]
        {
            let refused = PostgresUrl::try_from(url.to_owned()).unwrap_err();
            assert!(refused.contains("write postgres://") && !refused.contains("hush"), "{url}: {refused}");
        }
    }

    #[test]
    fn is_displayed_without_its_password() {
        let url = PostgresUrl::try_from("postgres://me:hush@db/x".to_owned()).unwrap();
        assert_eq!(format!("{url:?}"), "postgres://me@db/x");
        assert_eq!(serde_json::to_value(&url).unwrap(), "postgres://me@db/x");
    }
}

//! The fields of a user's personal data, and why a value is rejected.

use std::fmt;

use strum::IntoStaticStr;

/// A field of [`Personal`]. APIs with other names map it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "camelCase", const_into_str)]
pub enum PersonalField {
    FirstName,
    AllFirstNames,
    LastName,
    BirthLastName,
    PreferredLastName,
    BirthDate,
    BirthCity,
    BirthCountry,
    #[strum(serialize = "nationalityCCA3")]
    Nationality,
    MobilePhoneNumber,
    VerifiedEmails,
}

impl PersonalField {
    /// Returns the GraphQL name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }
}

/// A rejected field of a user's personal data, with the expected form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPersonal {
    pub field: PersonalField,
    pub reason: String,
}

impl InvalidPersonal {
    /// Returns the message for an API that calls the field `name`.
    #[must_use]
    pub fn named(&self, name: &str) -> String {
        format!("`{name}`: {}", self.reason)
    }
}

impl fmt::Display for InvalidPersonal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.named(self.field.name()))
    }
}

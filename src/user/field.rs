//! The fields of a user's personal data, and why a value is rejected.

use std::fmt;

/// A field of [`Personal`]. APIs with other names map it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonalField {
    FirstName,
    AllFirstNames,
    LastName,
    BirthLastName,
    PreferredLastName,
    BirthDate,
    BirthCity,
    BirthCountry,
    Nationality,
    MobilePhoneNumber,
    VerifiedEmails,
}

impl PersonalField {
    /// Returns the GraphQL name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstName => "firstName",
            Self::AllFirstNames => "allFirstNames",
            Self::LastName => "lastName",
            Self::BirthLastName => "birthLastName",
            Self::PreferredLastName => "preferredLastName",
            Self::BirthDate => "birthDate",
            Self::BirthCity => "birthCity",
            Self::BirthCountry => "birthCountry",
            Self::Nationality => "nationalityCCA3",
            Self::MobilePhoneNumber => "mobilePhoneNumber",
            Self::VerifiedEmails => "verifiedEmails",
        }
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

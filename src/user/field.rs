//! The fields of what is known of a user, and why a value of one is refused.

use std::fmt;

/// A field of [`Personal`]. Surfaces that call it otherwise map it.
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
    /// Its name in the graph.
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

/// A field of a person whose value is refused, and how to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPersonal {
    pub field: PersonalField,
    pub reason: String,
}

impl InvalidPersonal {
    /// The message where a surface calls the field `name`.
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

use async_graphql::SimpleObject;

use crate::{graphql::Cca3, user::masked::Masked};

/// Personal data with most letters and digits masked.
#[derive(Clone, Debug, SimpleObject)]
pub struct MaskedPerson {
    /// The first letter of each name.
    full_name: Option<String>,
    /// The year of birth.
    birth_year: Option<i32>,
    /// The nationality, as an ISO 3166-1 alpha-3 code.
    #[graphql(name = "nationalityCCA3")]
    nationality: Option<Cca3>,
    /// The last digits of the mobile phone number.
    mobile_phone_number: Option<String>,
    /// The first letters of the verified e-mail addresses.
    verified_emails: Option<Vec<String>>,
}

impl From<Masked> for MaskedPerson {
    fn from(masked: Masked) -> Self {
        Self {
            full_name: masked.full_name,
            birth_year: masked.birth_year,
            nationality: masked.nationality.map(Cca3),
            mobile_phone_number: masked.mobile_phone_number,
            verified_emails: Some(masked.verified_emails),
        }
    }
}

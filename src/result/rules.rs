//! The data that a result releases, and its transitions. Pure functions.

use entity::verification_result::Status;
use sea_orm::prelude::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::{
    user::{
        Personal,
        rules::{NAME, PersonalField},
    },
    value::text,
};

/// Data about a user that a relying party can receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
pub enum Scope {
    /// The id of the person. Released with every result, unless the project is configured otherwise.
    IdentityId,
    /// The name: full, first and last.
    Name,
    /// The date of birth.
    DateOfBirth,
    /// The phone number.
    Phone,
}

impl Scope {
    /// Every scope.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the name, as integrations store it and as APIs use it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }

    /// Returns the scope with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

/// The data that a result releases. Unreleased and unknown values are absent. The keys are in the order of
/// the API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Milliseconds since the Unix epoch at midnight UTC; negative before 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<i64>,
    /// E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Name {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
}

/// Returns the data that scopes release about a user. `always_identity_id` releases the id independently of
/// the scopes.
#[must_use]
pub fn release(scopes: &[Scope], always_identity_id: bool, user: Uuid, personal: &Personal) -> Data {
    let has = |scope| scopes.contains(&scope);
    let first_name = personal.first_name.clone().or_else(|| personal.all_first_names.clone());
    let name = Name { full_name: personal.full_name(), first_name, last_name: personal.last_name.clone() };
    Data {
        identity_id: (always_identity_id || has(Scope::IdentityId)).then_some(user),
        name: (has(Scope::Name) && name != Name::default()).then_some(name),
        date_of_birth: personal.birth_date.filter(|_| has(Scope::DateOfBirth)).map(midnight),
        phone: personal.mobile_phone_number.clone().filter(|_| has(Scope::Phone)),
    }
}

impl Data {
    /// Validates the data that another system released, by the same rules as all personal data.
    ///
    /// # Errors
    ///
    /// The rejected field, and the reason.
    pub fn validated(&self, today: Date) -> Result<Self, String> {
        let name = self.name.clone().unwrap_or_default();
        let birth_date =
            self.date_of_birth.map(|at| day(at).ok_or("`dateOfBirth`: must be midnight UTC of a valid date"));
        let personal = Personal {
            first_name: name.first_name,
            last_name: name.last_name,
            birth_date: birth_date.transpose()?,
            mobile_phone_number: self.phone.clone(),
            ..Personal::default()
        };
        let personal = personal.validate(today).map_err(|why| match why.field {
            PersonalField::BirthDate => why.named("dateOfBirth"),
            PersonalField::MobilePhoneNumber => why.named("phone"),
            field => why.named(&format!("name.{}", field.name())),
        })?;
        let full_name = name.full_name.map(text::normalized);
        // A first name, a space, and a last name.
        if full_name.as_ref().is_some_and(|name| !text::is_name(name, 2 * NAME + 1)) {
            return Err("`name.fullName`: must not be empty, too long or with control characters".to_owned());
        }
        let known = personal.get();
        let name = self.name.as_ref().map(|_| Name {
            full_name,
            first_name: known.first_name.clone(),
            last_name: known.last_name.clone(),
        });
        Ok(Self { name, phone: known.mobile_phone_number.clone(), ..self.clone() })
    }
}

/// Returns midnight UTC of a day, in milliseconds since the Unix epoch.
#[must_use]
pub fn midnight(day: Date) -> i64 {
    day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}

/// Returns the day of a midnight.
#[must_use]
pub fn day(midnight: i64) -> Option<Date> {
    chrono::DateTime::from_timestamp_millis(midnight).map(|at| at.date_naive())
}

/// Returns the status after recording an outcome. Recording the same outcome again changes nothing.
///
/// # Errors
///
/// The current status, if it is another outcome.
pub fn outcome(status: Status, outcome: Status) -> Result<Status, Status> {
    match status {
        Status::Started => Ok(outcome),
        Status::Verified | Status::Failed if status == outcome => Ok(status),
        Status::Verified | Status::Failed => Err(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Personal {
        Personal {
            first_name: Some("Ada".to_owned()),
            last_name: Some("Lovelace".to_owned()),
            birth_date: Date::from_ymd_opt(1815, 12, 10),
            mobile_phone_number: Some("+12014825099".to_owned()),
            ..Personal::default()
        }
    }

    #[test]
    fn a_scope_releases_its_own_data_and_no_other() {
        let user = Uuid::from_u128(7);
        let everything = release(Scope::ALL, false, user, &ada());
        for mask in 0..16_u8 {
            let scopes: Vec<Scope> = Scope::ALL
                .iter()
                .copied()
                .enumerate()
                .filter(|(index, _)| mask & 1 << index != 0)
                .map(|(_, it)| it)
                .collect();
            let data = release(&scopes, false, user, &ada());
            let or_nothing = |scope| scopes.contains(&scope);
            assert_eq!(data.identity_id, everything.identity_id.filter(|_| or_nothing(Scope::IdentityId)));
            assert_eq!(data.name, everything.name.clone().filter(|_| or_nothing(Scope::Name)));
            assert_eq!(
                data.date_of_birth,
                everything.date_of_birth.filter(|_| or_nothing(Scope::DateOfBirth))
            );
            assert_eq!(data.phone, everything.phone.clone().filter(|_| or_nothing(Scope::Phone)));
            let with_id = Data { identity_id: Some(user), ..data };
            assert_eq!(release(&scopes, true, user, &ada()), with_id);
        }
    }

    #[test]
    fn unknown_data_is_omitted() {
        let data = release(Scope::ALL, false, Uuid::nil(), &Personal::default());
        assert_eq!(serde_json::json!(data), serde_json::json!({ "identityId": Uuid::nil() }));
    }

    #[test]
    fn days_are_utc_midnights_also_before_1970() {
        for (day, expected) in
            [((1995, 6, 4), 802_224_000_000), ((1970, 1, 1), 0), ((1969, 12, 31), -86_400_000)]
        {
            let (year, month, day) = day;
            let date = Date::from_ymd_opt(year, month, day);
            assert_eq!((date.map(midnight), super::day(expected)), (Some(expected), date));
        }
    }

    #[test]
    fn an_outcome_is_final() {
        use Status::{Failed, Started, Verified};
        for (from, to, expected) in [
            (Started, Verified, Ok(Verified)),
            (Started, Failed, Ok(Failed)),
            (Verified, Verified, Ok(Verified)),
            (Failed, Failed, Ok(Failed)),
            (Verified, Failed, Err(Verified)),
            (Failed, Verified, Err(Failed)),
        ] {
            assert_eq!(outcome(from, to), expected, "{from:?} {to:?}");
        }
    }
}

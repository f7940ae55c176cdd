//! Validation rules for users. Pure functions.
//!
//! [`ValidPersonal`] is the only type that a user's key seals: every API that accepts personal data uses
//! [`Personal::validate`].

use chrono::NaiveDate;
use serde::Serialize;

use super::Personal;
pub use super::field::{InvalidPersonal, PersonalField};
use crate::value::{country, date, email, phone, text};

/// Maximum length of a name, in characters of Unicode form NFC.
pub const NAME: usize = 255;
/// Maximum number of a user's e-mail addresses.
pub const EMAILS: usize = 20;
/// Maximum length of a tag, in characters.
const TAG: usize = 100;
/// Maximum number of a user's tags.
const TAGS: usize = 50;

/// A rejected value: the field, and the reason.
pub type ValidationError = (&'static str, String);

/// Personal data that every API accepts: texts in NFC, each field valid by its rule. [`Default`]: all fields
/// unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ValidPersonal(Personal);

impl ValidPersonal {
    /// Returns the data.
    #[must_use]
    pub const fn get(&self) -> &Personal {
        &self.0
    }

    /// Merges a record of another system into the stored data: unknown fields are filled in, and known fields
    /// are replaced if the record is newer.
    #[must_use]
    pub fn over(&self, stored: Personal, is_newer: bool) -> Self {
        let given = &self.0;
        let one = |stored: Option<String>, given: &Option<String>| merged(stored, given.as_ref(), is_newer);
        let is_replaced = stored.verified_emails.is_empty() || is_newer;
        let emails = if is_replaced && !given.verified_emails.is_empty() {
            given.verified_emails.clone()
        } else {
            stored.verified_emails
        };
        Self(Personal {
            first_name: one(stored.first_name, &given.first_name),
            all_first_names: one(stored.all_first_names, &given.all_first_names),
            last_name: one(stored.last_name, &given.last_name),
            birth_last_name: one(stored.birth_last_name, &given.birth_last_name),
            preferred_last_name: one(stored.preferred_last_name, &given.preferred_last_name),
            birth_date: merged(stored.birth_date, given.birth_date.as_ref(), is_newer),
            birth_city: one(stored.birth_city, &given.birth_city),
            birth_country: one(stored.birth_country, &given.birth_country),
            nationality: one(stored.nationality, &given.nationality),
            mobile_phone_number: one(stored.mobile_phone_number, &given.mobile_phone_number),
            preferred_notification_channel: merged(
                stored.preferred_notification_channel,
                given.preferred_notification_channel.as_ref(),
                is_newer,
            ),
            verified_emails: emails,
        })
    }
}

fn merged<T: Clone>(stored: Option<T>, given: Option<&T>, is_newer: bool) -> Option<T> {
    if is_newer { given.cloned().or(stored) } else { stored.or_else(|| given.cloned()) }
}

impl Personal {
    /// Normalizes texts to NFC and checks every field.
    ///
    /// # Errors
    ///
    /// The first rejected field.
    pub fn validate(self, today: NaiveDate) -> Result<ValidPersonal, InvalidPersonal> {
        self.validate_change(&Self::default(), today)
    }

    /// Checks the fields that differ from the known ones. Stored values stay unchecked: a table of countries
    /// or of numbers that has changed since must not lock a record.
    ///
    /// # Errors
    ///
    /// The first rejected field.
    pub fn validate_change(self, known: &Self, today: NaiveDate) -> Result<ValidPersonal, InvalidPersonal> {
        let personal = self.normalized();
        personal.check_names(known)?;
        personal.check_birth_date(known, today)?;
        personal.check_countries(known)?;
        personal.check_addresses(known)?;
        Ok(ValidPersonal(personal))
    }

    /// Normalizes all texts to NFC and the phone number to E.164, the form in which they are compared, stored
    /// and hashed.
    #[must_use]
    pub fn normalized(self) -> Self {
        let name = |name: Option<String>| name.map(text::normalized);
        Self {
            first_name: name(self.first_name),
            all_first_names: name(self.all_first_names),
            last_name: name(self.last_name),
            birth_last_name: name(self.birth_last_name),
            preferred_last_name: name(self.preferred_last_name),
            birth_city: name(self.birth_city),
            mobile_phone_number: self.mobile_phone_number.map(phone::normalized),
            verified_emails: self.verified_emails.into_iter().map(text::normalized).collect(),
            ..self
        }
    }

    fn check_names(&self, known: &Self) -> Result<(), InvalidPersonal> {
        use PersonalField::{
            AllFirstNames, BirthCity, BirthLastName, FirstName, LastName, PreferredLastName,
        };
        for (field, name, known) in [
            (FirstName, &self.first_name, &known.first_name),
            (AllFirstNames, &self.all_first_names, &known.all_first_names),
            (LastName, &self.last_name, &known.last_name),
            (BirthLastName, &self.birth_last_name, &known.birth_last_name),
            (PreferredLastName, &self.preferred_last_name, &known.preferred_last_name),
            (BirthCity, &self.birth_city, &known.birth_city),
        ] {
            if name != known && name.as_ref().is_some_and(|name| !text::is_name(name, NAME)) {
                let reason = format!(
                    "must be 1 to {NAME} visible characters, without control characters and line breaks"
                );
                return Err(InvalidPersonal { field, reason });
            }
        }
        Ok(())
    }

    fn check_birth_date(&self, known: &Self, today: NaiveDate) -> Result<(), InvalidPersonal> {
        let Some(day) = self.birth_date.filter(|_| self.birth_date != known.birth_date) else {
            return Ok(());
        };
        let reason = if !date::is_writable(day) {
            "must be in the years 1 to 9999"
        } else if day > today {
            "must be a date of birth in the Gregorian calendar that is not in the future"
        } else {
            return Ok(());
        };
        Err(InvalidPersonal { field: PersonalField::BirthDate, reason: reason.to_owned() })
    }

    fn check_countries(&self, known: &Self) -> Result<(), InvalidPersonal> {
        for (field, code, known) in [
            (PersonalField::BirthCountry, &self.birth_country, &known.birth_country),
            (PersonalField::Nationality, &self.nationality, &known.nationality),
        ] {
            if code != known && code.as_ref().is_some_and(|code| !country::is_country(code)) {
                return Err(InvalidPersonal { field, reason: country::FORM.to_owned() });
            }
        }
        Ok(())
    }

    fn check_addresses(&self, known: &Self) -> Result<(), InvalidPersonal> {
        let number = self.mobile_phone_number.as_ref();
        if self.mobile_phone_number != known.mobile_phone_number
            && number.is_some_and(|number| !phone::is_possible(number))
        {
            let (field, reason) = (PersonalField::MobilePhoneNumber, phone::FORM.to_owned());
            return Err(InvalidPersonal { field, reason });
        }
        let emails = &self.verified_emails;
        if *emails != known.verified_emails
            && (emails.len() > EMAILS || !emails.iter().all(|email| email::is_email(email)))
        {
            let reason = format!("must be at most {EMAILS} valid e-mail addresses, such as ada@example.com");
            return Err(InvalidPersonal { field: PersonalField::VerifiedEmails, reason });
        }
        Ok(())
    }
}

/// Checks that a user can have these tags.
///
/// # Errors
///
/// The reason why not.
pub fn check_tags(tags: &[String]) -> Result<(), ValidationError> {
    if tags.len() > TAGS || !tags.iter().all(|tag| is_text(tag, TAG)) {
        return Err(("tags", format!("must be at most {TAGS} tags of 1 to {TAG} characters")));
    }
    Ok(())
}

fn is_text(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn refused(personal: Personal) -> Option<&'static str> {
        personal.validate(day(2026, 1, 15)).err().map(|why| why.field.name())
    }

    #[test]
    fn a_rejected_field_is_named() {
        let text = |text: &str| Some(text.to_owned());
        let nothing = Personal::default;
        for (personal, field) in [
            (Personal { first_name: text("  "), ..nothing() }, "firstName"),
            (Personal { all_first_names: text("a\u{7}"), ..nothing() }, "allFirstNames"),
            (Personal { last_name: text("\u{200b}"), ..nothing() }, "lastName"),
            (Personal { birth_last_name: text(""), ..nothing() }, "birthLastName"),
            (Personal { preferred_last_name: text(&"x".repeat(256)), ..nothing() }, "preferredLastName"),
            (Personal { birth_city: text("a\0b"), ..nothing() }, "birthCity"),
            (Personal { birth_date: Some(day(2026, 1, 16)), ..nothing() }, "birthDate"),
            (Personal { birth_date: Some(day(0, 1, 1)), ..nothing() }, "birthDate"),
            (Personal { birth_country: text("QZQ"), ..nothing() }, "birthCountry"),
            (Personal { nationality: text("CH"), ..nothing() }, "nationalityCCA3"),
            (Personal { mobile_phone_number: text("0791234567"), ..nothing() }, "mobilePhoneNumber"),
            (Personal { verified_emails: vec!["nope".to_owned()], ..nothing() }, "verifiedEmails"),
            (Personal { verified_emails: vec!["a@b.c".to_owned(); 21], ..nothing() }, "verifiedEmails"),
        ] {
            assert_eq!(refused(personal.clone()), Some(field), "{personal:?}");
        }
        assert_eq!(refused(nothing()), None);
        assert_eq!(refused(Personal { last_name: text("Suparman"), ..nothing() }), None);
        assert_eq!(refused(Personal { birth_date: Some(day(2026, 1, 15)), ..nothing() }), None);
        assert_eq!(refused(Personal { birth_date: Some(day(1815, 12, 10)), ..nothing() }), None);
    }

    #[test]
    fn texts_are_kept_in_their_composed_form() {
        let personal = Personal {
            last_name: Some("Mu\u{308}ller".to_owned()),
            verified_emails: vec!["do\u{308}rte@example.com".to_owned()],
            ..Personal::default()
        };
        let valid = personal.validate(day(2026, 1, 15)).unwrap();
        assert_eq!(valid.get().last_name.as_deref(), Some("Müller"));
        assert_eq!(valid.get().verified_emails, ["dörte@example.com"]);
    }

    #[test]
    fn stored_values_are_not_validated_again() {
        let known = Personal { nationality: Some("QZQ".to_owned()), ..Personal::default() };
        let later = Personal { first_name: Some("Ada".to_owned()), ..known.clone() };
        assert!(later.clone().validate_change(&known, day(2026, 1, 15)).is_ok());
        assert!(later.validate_change(&Personal::default(), day(2026, 1, 15)).is_err());
    }

    #[test]
    fn tags_are_short_and_few() {
        assert_eq!(check_tags(&["vip".to_owned()]), Ok(()));
        assert_eq!(check_tags(&[" ".to_owned()]).unwrap_err().0, "tags");
        assert_eq!(check_tags(&vec!["a".to_owned(); 51]).unwrap_err().0, "tags");
    }
}

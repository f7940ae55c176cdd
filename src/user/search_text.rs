//! The text of a search of users: what it may be.

use sea_orm::prelude::Date;
use uuid::Uuid;

use super::{
    Personal,
    names::{names, words},
};
use crate::{Error, Result};

/// Maximum length of a search text, in characters.
const TEXT: usize = 200;
/// Minimum number of digits of a telephone number.
const PHONE: usize = 7;

/// A search text, taken for everything that it may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchText {
    pub(super) id: Option<Uuid>,
    pub(super) number: Option<i64>,
    pub(super) ref_id: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    /// Words of a name, folded.
    pub(super) words: Vec<String>,
    pub(super) birth: Option<Date>,
}

impl SearchText {
    /// Parses a search text.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] if it is empty or too long.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > TEXT || text.contains('\0') {
            return Err(Error::argument("text", format!("write 1 to {TEXT} characters")));
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_phone = text.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c))
            && (text.starts_with('+') || digits >= PHONE);
        let id = Uuid::try_parse(text).ok();
        let mut search = Self {
            id,
            number: text.parse().ok().filter(|number: &i64| *number > 0),
            ref_id: Some(text.to_owned()),
            email: text.contains('@').then(|| text.to_owned()),
            phone: is_phone.then(|| text.to_owned()),
            ..Self::default()
        };
        if id.is_some() || search.email.is_some() {
            return Ok(search);
        }
        let (name, birth) = match text.rsplit_once(' ') {
            Some((name, last)) if let Ok(date) = last.parse::<Date>() => (name, Some(date)),
            _ => (text, None),
        };
        if name.chars().any(char::is_alphabetic) {
            search.words = words(name);
            search.birth = birth;
        }
        Ok(search)
    }

    /// Returns whether the text may be a name, so that names have to be opened.
    #[must_use]
    pub const fn has_name(&self) -> bool {
        !self.words.is_empty()
    }

    /// Returns whether a user has every word in its names, and the day of birth if there is one.
    pub(super) fn matches(&self, personal: &Personal) -> bool {
        if self.birth.is_some() && self.birth != personal.birth_date {
            return false;
        }
        let known: Vec<String> = names(personal).flat_map(words).collect();
        self.words.iter().all(|word| known.iter().any(|known| known.contains(word.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_for_everything_that_it_may_be() {
        let parse = |text| SearchText::parse(text).unwrap();
        assert_eq!(parse("302").number, Some(302));
        assert_eq!(parse("+41 79 123 45 67").phone.as_deref(), Some("+41 79 123 45 67"));
        assert_eq!(parse("0791234567").phone.as_deref(), Some("0791234567"));
        assert_eq!(parse("a@example.org").email.as_deref(), Some("a@example.org"));
        assert!(parse("a@example.org").words.is_empty());
        let born = parse(" Doe 1990-05-17 ");
        assert_eq!((born.words, born.birth), (vec!["doe".to_owned()], Date::from_ymd_opt(1990, 5, 17)));
        assert!(SearchText::parse("  ").is_err() && SearchText::parse(&"x".repeat(201)).is_err());
    }

    #[test]
    fn names_are_compared_without_marks_and_case_by_parts_of_words() {
        let john = Personal {
            first_name: Some("John".to_owned()),
            last_name: Some("Doe-Müßig".to_owned()),
            ..Personal::default()
        };
        for text in ["doe", "DOÉ", "john doe", "doe john", "oh", "mussig", "MÜSSIG"] {
            assert!(SearchText::parse(text).unwrap().matches(&john), "{text}");
        }
        for text in ["jane", "john smith", "doejohn"] {
            assert!(!SearchText::parse(text).unwrap().matches(&john), "{text}");
        }
    }
}

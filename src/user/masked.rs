//! Personal data with most letters and digits masked, for callers that recognize a person without learning who it
//! is.

use super::Personal;

/// Sign in place of what is hidden.
const HIDDEN: &str = "•••";

/// Masks a name: the first letter of each word remains.
#[must_use]
pub fn name(text: &str) -> String {
    let word = |word: &str| word.chars().next().map_or_else(String::new, |first| format!("{first}{HIDDEN}"));
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Masks a telephone number: the last four digits remain, of short numbers two.
#[must_use]
pub fn phone_number(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let shown = if digits.len() < 8 { 2 } else { 4 };
    let last: String = digits[digits.len().saturating_sub(shown)..].iter().collect();
    format!("•••• {last}")
}

/// Masks an e-mail address: the first letters of its parts and the top-level domain remain.
#[must_use]
pub fn email(text: &str) -> String {
    let Some((local, domain)) = text.rsplit_once('@') else { return HIDDEN.to_owned() };
    let first = |text: &str| text.chars().next().map_or_else(String::new, String::from);
    match domain.rsplit_once('.') {
        Some((name, top)) => format!("{}{HIDDEN}@{}{HIDDEN}.{top}", first(local), first(name)),
        None => format!("{}{HIDDEN}@{HIDDEN}", first(local)),
    }
}

/// Masked personal data of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    pub full_name: Option<String>,
    pub birth_year: Option<i32>,
    pub nationality: Option<String>,
    pub mobile_phone_number: Option<String>,
    pub verified_emails: Vec<String>,
}

impl From<&Personal> for Masked {
    fn from(personal: &Personal) -> Self {
        use chrono::Datelike;

        Self {
            full_name: personal.full_name().as_deref().map(name),
            birth_year: personal.birth_date.map(|date| date.year()),
            nationality: personal.nationality.clone(),
            mobile_phone_number: personal.mobile_phone_number.as_deref().map(phone_number),
            verified_emails: personal.verified_emails.iter().map(|address| email(address)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_values_keep_first_letters_and_last_digits_only() {
        assert_eq!(name("John Doe"), "J••• D•••");
        assert_eq!(name(" Éva  van der Berg "), "É••• v••• d••• B•••");
        assert_eq!(phone_number("+41 79 123 45 67"), "•••• 4567");
        assert_eq!(phone_number("12345"), "•••• 45");
        assert_eq!(email("john.doe@example.org"), "j•••@e•••.org");
        assert_eq!(email("a@localhost"), "a•••@•••");
        assert_eq!(email("nonsense"), "•••");
    }
}

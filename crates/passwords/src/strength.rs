use zxcvbn::{Score, zxcvbn};

/// Minimum and maximum length of a password in characters. There are no rules of composition.
pub const MINIMUM_LENGTH: usize = 12;
pub const MAXIMUM_LENGTH: usize = 128;

/// Minimum length of a part of a name or e-mail address that counts as a word of the account.
const WORD: usize = 3;

/// Why a password is rejected, with a message for the person who chose it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    #[error("the password has {length} characters: use at least {MINIMUM_LENGTH}")]
    TooShort { length: usize },
    #[error("the password has {length} characters: use at most {MAXIMUM_LENGTH}")]
    TooLong { length: usize },
    /// It would be guessed with 10^8 tries or fewer. `advice` says why and what helps, in whole sentences.
    #[error("the password is easy to guess. {advice}")]
    Guessable { advice: String },
}

/// Checks that a password has 12 to 128 characters and is hard to guess: a score of 3 or more by zxcvbn.
/// `personal` are texts that an attacker knows of the account, such as its name and e-mail address; their
/// words count as guessed.
pub fn check_strength(password: &str, personal: &[&str]) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < MINIMUM_LENGTH {
        return Err(WeakPassword::TooShort { length });
    }
    if length > MAXIMUM_LENGTH {
        return Err(WeakPassword::TooLong { length });
    }
    let words = words(personal);
    let known: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn(password, &known);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    let mut advice = Vec::new();
    let lower = password.to_lowercase();
    if words.iter().any(|word| lower.contains(word)) {
        advice.push("It contains a part of your name or e-mail address.".to_owned());
    }
    if let Some(feedback) = estimate.feedback() {
        advice.extend(feedback.warning().map(|warning| warning.to_string()));
        advice.extend(feedback.suggestions().iter().map(ToString::to_string));
    }
    Err(WeakPassword::Guessable { advice: advice.join(" ") })
}

/// The texts, their words, and their words without the characters between them, in lower case.
fn words(texts: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for text in texts {
        let text = text.to_lowercase();
        words.extend(text.split(|character: char| !character.is_alphanumeric()).map(str::to_owned));
        words.push(text.chars().filter(|character| character.is_alphanumeric()).collect());
        words.push(text);
    }
    words.retain(|word| word.chars().count() >= WORD);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSONAL: [&str; 3] = ["Ada Lovelace", "ada.lovelace@example.org", "Vondrasek Qarthimel"];

    #[test]
    fn accepts_any_characters_if_they_are_hard_to_guess() {
        for password in [
            "five otters sail north",
            "correct horse battery staple",
            "kbtrxqmzwphvng",
            "Zug-47-fährt-über-Brücken",
            "море кит сапог окно",
            "🦦🦦🦒🚲🌵🍩🪐🎺🧦🐙🌶🗿",
            &"n3uz!q".repeat(20),
        ] {
            assert_eq!(check_strength(password, &PERSONAL), Ok(()), "{password}");
        }
    }

    #[test]
    fn rejects_passwords_of_a_wrong_length() {
        assert_eq!(check_strength("kbtrxqmzwph", &[]), Err(WeakPassword::TooShort { length: 11 }));
        assert_eq!(check_strength("кбтрхqмзwпч", &[]), Err(WeakPassword::TooShort { length: 11 }));
        assert_eq!(check_strength(&"é".repeat(129), &[]), Err(WeakPassword::TooLong { length: 129 }));
        assert_eq!(
            check_strength("", &[]).unwrap_err().to_string(),
            "the password has 0 characters: use at least 12"
        );
    }

    #[test]
    fn rejects_passwords_that_are_easy_to_guess_and_says_why() {
        for (password, reason) in [
            ("password1234", "common"),
            ("aaaaaaaaaaaaaaaa", "Repeats"),
            ("qwertyuiop[]", "common"),
            ("abcdefghijklmnop", "Sequences"),
        ] {
            let message = check_strength(password, &[]).unwrap_err().to_string();
            assert!(message.starts_with("the password is easy to guess. "), "{message}");
            assert!(message.contains(reason), "{password}: {message}");
        }
    }

    #[test]
    fn rejects_a_password_made_of_the_accounts_own_words() {
        for password in ["ada.lovelace@example.org", "Lovelace1815", "vondrasekqarthimel"] {
            let message = check_strength(password, &PERSONAL).unwrap_err().to_string();
            assert!(message.contains("a part of your name or e-mail address"), "{message}");
        }
        // The same words are not known of another account.
        assert_eq!(check_strength("vondrasekqarthimel", &["Grace Hopper", "grace@navy.mil"]), Ok(()));
    }

    #[test]
    fn advice_is_never_empty() {
        let error = check_strength("adalovelaceexample", &PERSONAL).unwrap_err();
        assert!(matches!(error, WeakPassword::Guessable { advice } if !advice.is_empty()));
    }
}

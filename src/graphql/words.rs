use crate::{Error, Result};

/// A text of a client's without the space around it: at least one letter, not too many, and none that PostgreSQL refuses.
///
/// # Errors
///
/// [`Error::Argument`] for any other.
pub fn words<'a>(name: &'static str, text: &'a str, most: usize) -> Result<&'a str> {
    let words = text.trim();
    if words.is_empty() || words.chars().count() > most || words.contains('\0') {
        let reason = format!("write 1 to {most} characters, not only spaces and none of them NUL");
        return Err(Error::argument(name, reason));
    }
    Ok(words)
}

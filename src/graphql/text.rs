use crate::{Error, Result};

/// Validates a client's text and trims the space around it. The text must have at least one character, at
/// most `most`, and none that PostgreSQL rejects.
///
/// # Errors
///
/// [`Error::Argument`] if the text is invalid.
pub fn validated_text<'a>(name: &'static str, text: &'a str, most: usize) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most || text.contains('\0') {
        let reason = format!("must have 1 to {most} characters, not only spaces, and no NUL");
        return Err(Error::argument(name, reason));
    }
    Ok(text)
}

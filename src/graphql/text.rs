use crate::{Error, Result};

/// A text of a client's without the space around it: at least one letter, not too many, and none that PostgreSQL refuses.
///
/// # Errors
///
/// [`Error::Argument`] for any other.
pub fn validated_text<'a>(name: &'static str, text: &'a str, most: usize) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most || text.contains('\0') {
        let reason = format!("write 1 to {most} characters, not only spaces and none of them NUL");
        return Err(Error::argument(name, reason));
    }
    Ok(text)
}

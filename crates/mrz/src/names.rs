//! The name field: a primary identifier, `<<`, and a secondary one, each with components separated by
//! fillers.

use crate::{Field, InvalidForm};

/// The names of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The family name. Contains the whole name of a person with one name.
    pub primary: Name,
    /// The given names; no components if the zone has none.
    pub secondary: Name,
}

/// A name of a zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Upper-case letters; no component is empty.
    pub components: Vec<String>,
    /// Whether the field has no room left, so that components may be shortened or left out (Doc 9303-4,
    /// 4.2.3).
    pub is_truncated: bool,
}

impl Names {
    /// Reads a field with both names.
    pub(crate) fn together(text: &str) -> Field<Self> {
        let text = checked(text)?;
        // One more component takes a filler and a letter.
        let is_truncated = room_left(text) < 2;
        let (primary, secondary) = text.split_once("<<").unwrap_or((text, ""));
        let names = Self {
            primary: Name { components: components(primary), is_truncated },
            secondary: Name { components: components(secondary), is_truncated },
        };
        if names.primary.components.is_empty() && names.secondary.components.is_empty() {
            return Err(InvalidForm);
        }
        Ok(names)
    }

    /// Reads a separate field for each name. Given names are separated by two fillers in it.
    pub(crate) fn apart(primary: &str, secondary: &str) -> Field<Self> {
        let (primary, secondary) = (checked(primary)?, checked(secondary)?);
        let names = Self {
            primary: Name { components: components(primary), is_truncated: room_left(primary) < 2 },
            secondary: Name { components: components(secondary), is_truncated: room_left(secondary) < 3 },
        };
        if names.primary.components.is_empty() { Err(InvalidForm) } else { Ok(names) }
    }
}

fn checked(text: &str) -> Field<&str> {
    let is_valid = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'<');
    if is_valid { Ok(text) } else { Err(InvalidForm) }
}

fn room_left(text: &str) -> usize {
    text.len() - text.trim_end_matches('<').len()
}

fn components(text: &str) -> Vec<String> {
    text.split('<').filter(|component| !component.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Vec<String>, Vec<String>, bool) {
        let names = Names::together(text).unwrap();
        (names.primary.components, names.secondary.components, names.primary.is_truncated)
    }

    fn list(components: &[&str]) -> Vec<String> {
        components.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn the_first_two_fillers_separate_the_names() {
        let expected = (list(&["VAN", "DER", "MUELLEN"]), list(&["LARS"]), false);
        assert_eq!(parts("VAN<DER<MUELLEN<<LARS<<<<<<<<<<<<<<<<<<"), expected);
        assert_eq!(parts("ARKFREITH<<<<<<<<"), (list(&["ARKFREITH"]), vec![], false));
        assert_eq!(parts("<<SURESH<KUMAR<<<"), (vec![], list(&["SURESH", "KUMAR"]), false));
    }

    #[test]
    fn a_full_field_may_be_truncated() {
        assert!(parts("WARNAKULASURIYA<PATABENDIGE<ARUNASHA<<K").2);
        assert!(parts("ABC<DEF<").2);
        assert!(!parts("ABC<DEF<<").2);
    }

    #[test]
    fn names_have_letters_and_fillers_only() {
        for text in ["ERIKSS0N<<ANNA<", "eRIKSSON<<", "<<<<<<", "O'NEILL<<"] {
            assert_eq!(Names::together(text), Err(InvalidForm), "{text}");
        }
    }
}

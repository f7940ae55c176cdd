//! Sex, as written in a zone and in words elsewhere.

/// The sex of a holder, according to a zone or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    Female,
    Male,
    /// Stated as neither: `X`.
    Unspecified,
    /// Not stated: a filler.
    Unknown,
}

const FEMALE: &[&str] = &[
    "f",
    "female",
    "w",
    "woman",
    "girl",
    "feminine",
    "weiblich",
    "frau",
    "femme",
    "féminin",
    "feminin",
    "féminine",
    "femenino",
    "femenina",
    "feminino",
    "feminina",
    "mujer",
    "mulher",
    "donna",
    "femmina",
    "femminile",
    "vrouw",
    "vrouwelijk",
    "kvinna",
    "kvinne",
    "kvinde",
    "nainen",
    "kobieta",
    "žena",
    "zena",
    "kadın",
    "kadin",
    "k",
    "v",
    "ж",
    "жен",
    "женский",
    "жінка",
    "2",
];
const MALE: &[&str] = &[
    "m",
    "male",
    "man",
    "boy",
    "masculine",
    "männlich",
    "maennlich",
    "mann",
    "herr",
    "homme",
    "masculin",
    "masculino",
    "hombre",
    "homem",
    "uomo",
    "maschio",
    "maschile",
    "mannelijk",
    "mand",
    "mies",
    "mężczyzna",
    "muž",
    "muz",
    "erkek",
    "h",
    "e",
    "м",
    "муж",
    "мужской",
    "чоловік",
    "1",
];
const UNSPECIFIED: &[&str] = &[
    "x",
    "unspecified",
    "other",
    "diverse",
    "divers",
    "d",
    "non-binary",
    "nonbinary",
    "non binary",
    "indeterminate",
    "another",
    "9",
];

impl Sex {
    /// Reads the character of a zone. Some states write `X` where Doc 9303 has a filler.
    #[must_use]
    pub const fn from_zone(letter: u8) -> Option<Self> {
        match letter {
            b'F' => Some(Self::Female),
            b'M' => Some(Self::Male),
            b'X' => Some(Self::Unspecified),
            b'<' => Some(Self::Unknown),
            _ => None,
        }
    }

    /// The character of a zone.
    #[must_use]
    pub const fn to_zone(self) -> u8 {
        match self {
            Self::Female => b'F',
            Self::Male => b'M',
            Self::Unspecified | Self::Unknown => b'<',
        }
    }

    /// Interprets a text: letters of several languages, words and the codes of ISO 5218, in any case. Pairs
    /// such as `M/F` (`K/F`, `F/Ж`) mean their last letter that occurs in zones. Returns [`Sex::Unknown`] if
    /// the meaning is not known.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let lower = text.trim().to_lowercase();
        let whole = word(&lower);
        if whole != Self::Unknown {
            return whole;
        }
        let parts: Vec<&str> =
            lower.split(['/', '|', ' ', '(', ')']).map(str::trim).filter(|it| !it.is_empty()).collect();
        // Documents in two languages always contain the zone's letter in one of them.
        let is_letter = |part: &&&str| matches!(**part, "f" | "m" | "x");
        let mut said = parts.iter().filter(is_letter).map(|part| word(part));
        let letter = said.next().filter(|first| said.all(|other| other == *first));
        letter.unwrap_or_else(|| match parts.as_slice() {
            [only] => word(only),
            _ => Self::Unknown,
        })
    }

    /// Whether two values cannot apply to the same holder. An unstated value contradicts nothing.
    #[must_use]
    pub fn contradicts(self, other: Self) -> bool {
        self != other && self != Self::Unknown && other != Self::Unknown
    }
}

fn word(text: &str) -> Sex {
    let text = text.trim_matches(['.', ',']);
    let is_in = |words: &[&str]| words.contains(&text);
    match () {
        () if is_in(FEMALE) => Sex::Female,
        () if is_in(MALE) => Sex::Male,
        () if is_in(UNSPECIFIED) => Sex::Unspecified,
        () => Sex::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sex_is_recognised_in_any_case_and_several_languages() {
        for (sex, texts) in [
            (
                Sex::Female,
                &["f", "F", "Female", " FEMALE ", "weiblich", "Féminin", "K/F", "F/Ж", "V / F", "F (female)"]
                    [..],
            ),
            (Sex::Male, &["m", "M", "Male", "male", "MASCULIN", "E/M", "М/M", "männlich", "M."]),
            (Sex::Unspecified, &["x", "X", "unspecified", "Non-Binary"]),
            (Sex::Unknown, &["<", "", "?", "F/M", "unknown", "0"]),
        ] {
            for text in texts {
                assert_eq!(Sex::from_text(text), sex, "{text}");
            }
        }
    }

    #[test]
    fn only_a_stated_sex_contradicts() {
        assert!(Sex::Female.contradicts(Sex::Male) && Sex::Unspecified.contradicts(Sex::Male));
        assert!(!Sex::Female.contradicts(Sex::Unknown) && !Sex::Male.contradicts(Sex::Male));
    }
}

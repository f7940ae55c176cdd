//! What is odd about a document, for a person to decide about: what has run out, and what contradicts what. Pure.

use chrono::NaiveDate;
use entity::document::{
    Finding::{
        self, BornAfterIssue, Expired, IssuedAfterExpiration, IssuedInFuture, MrzBirthDateMismatch,
        MrzExpirationMismatch, MrzFirstNameMismatch, MrzLastNameMismatch, MrzNumberMismatch, MrzSexMismatch,
    },
    MrzStatus,
};
use mrtd::Gender;

use super::{Fields, mrz};

/// What the machine-readable zone of a document is worth, and everything that is odd about it.
#[must_use]
pub fn check(fields: &Fields, today: NaiveDate) -> (MrzStatus, Vec<Finding>) {
    let mut reading = mrz::read(&fields.mrz);
    let mut findings = Vec::new();
    let mut find = |is_odd: bool, finding| {
        if is_odd {
            findings.push(finding);
        }
    };
    let (issued, expires, born) = (fields.date_of_issue, fields.date_of_expiration, fields.date_of_birth);
    let after = |one: Option<NaiveDate>, other: Option<NaiveDate>| {
        one.zip(other).is_some_and(|(one, other)| one > other)
    };
    let ends = reading.zone.as_ref().map(|zone| zone.expires_on);
    find(after(Some(today), expires) || (expires.is_none() && after(Some(today), ends)), Expired);
    find(after(issued, Some(today)), IssuedInFuture);
    find(after(issued, expires), IssuedAfterExpiration);
    find(after(born, issued), BornAfterIssue);
    if let Some(zone) = &reading.zone {
        let differs = |date: Option<NaiveDate>, digits: &str| {
            date.is_some_and(|date| date.format("%y%m%d").to_string() != digits)
        };
        let name = |name: &Option<String>, in_zone: &str, may_be_part: bool| {
            name.as_deref().is_some_and(|name| contradicts(name, in_zone, may_be_part))
        };
        find(name(&fields.first_name, &zone.given_names, true), MrzFirstNameMismatch);
        find(name(&fields.last_name, &zone.surnames, zone.names_are_cut), MrzLastNameMismatch);
        find(
            fields.id_number.as_deref().is_some_and(|number| plain(number) != zone.number),
            MrzNumberMismatch,
        );
        find(differs(born, &zone.birth), MrzBirthDateMismatch);
        find(differs(expires, &zone.expiration), MrzExpirationMismatch);
        let opposite = match zone.gender {
            Gender::Male => "F",
            Gender::Female => "M",
            Gender::Other => "",
        };
        find(fields.sex.as_deref() == Some(opposite), MrzSexMismatch);
    }
    reading.findings.extend(findings);
    (reading.status, reading.findings)
}

/// Letters and digits alone, as a zone writes a number.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Whether a name is not the one in a zone, in neither of the ways that countries write it there. Of given names there may
/// be more in one place than in the other. What has letters that nobody can compare contradicts nothing.
fn contradicts(name: &str, in_zone: &str, may_be_part: bool) -> bool {
    let spellings = [spelled(name, true), spelled(name, false)];
    let is_same = |name: &String| {
        name == in_zone || (may_be_part && (name.starts_with(in_zone) || in_zone.starts_with(name.as_str())))
    };
    !spellings.iter().any(|name| name.as_ref().is_none_or(is_same))
}

/// A name in the letters of a zone, without blanks; umlauts with the letter that stands for the dots, or without.
fn spelled(name: &str, is_wide: bool) -> Option<String> {
    let mut spelled = String::new();
    for letter in name.chars().flat_map(char::to_uppercase) {
        let (wide, narrow) = match letter {
            'A'..='Z' | '0'..='9' => {
                spelled.push(letter);
                continue;
            }
            'Ä' | 'Æ' => ("AE", "A"),
            'Ö' | 'Ø' | 'Œ' => ("OE", "O"),
            'Ü' => ("UE", "U"),
            'Å' => ("AA", "A"),
            'À' | 'Á' | 'Â' | 'Ã' | 'Ā' | 'Ă' | 'Ą' => ("A", "A"),
            'Ç' | 'Ć' | 'Č' => ("C", "C"),
            'Ď' | 'Đ' | 'Ð' => ("D", "D"),
            'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => ("E", "E"),
            'Ğ' => ("G", "G"),
            'Ì' | 'Í' | 'Î' | 'Ï' | 'İ' | 'Ī' | 'Į' => ("I", "I"),
            'Ł' | 'Ļ' | 'Ľ' => ("L", "L"),
            'Ñ' | 'Ń' | 'Ň' | 'Ņ' => ("N", "N"),
            'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ő' | 'Ō' => ("O", "O"),
            'Ř' | 'Ŕ' => ("R", "R"),
            'Š' | 'Ś' | 'Ş' | 'Ș' => ("S", "S"),
            'Ť' | 'Ţ' | 'Ț' => ("T", "T"),
            'Ù' | 'Ú' | 'Û' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => ("U", "U"),
            'Ý' | 'Ÿ' => ("Y", "Y"),
            'Ź' | 'Ż' | 'Ž' => ("Z", "Z"),
            'Þ' => ("TH", "TH"),
            letter if letter.is_alphabetic() => return None,
            _ => ("", ""),
        };
        spelled.push_str(if is_wide { wide } else { narrow });
    }
    Some(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2012-01-01";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// What the example of ICAO 9303, part 4, says.
    fn passport() -> Fields {
        let text = |text: &str| Some(text.to_owned());
        Fields {
            first_name: text("Anna"),
            last_name: text("Eriksson"),
            id_number: text("L898902C3"),
            sex: text("F"),
            date_of_birth: Some(day("1974-08-12")),
            date_of_issue: Some(day("2007-04-16")),
            date_of_expiration: Some(day("2012-04-15")),
            mrz: vec![
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<".to_owned(),
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10".to_owned(),
            ],
            ..Fields::default()
        }
    }

    fn found(change: impl FnOnce(&mut Fields)) -> Vec<Finding> {
        let mut fields = passport();
        change(&mut fields);
        check(&fields, day(TODAY)).1
    }

    #[test]
    fn a_document_that_says_the_same_everywhere_has_no_findings() {
        assert_eq!(check(&passport(), day(TODAY)), (MrzStatus::Valid, vec![]));
        assert_eq!(found(|it| it.first_name = Some("Anna Maria".to_owned())), []);
        assert_eq!(found(|it| it.id_number = Some("l 898902-c3".to_owned())), []);
        assert_eq!(found(|it| *it = Fields { mrz: it.mrz.clone(), ..Fields::default() }), []);
        assert_eq!(check(&Fields::default(), day(TODAY)), (MrzStatus::Absent, vec![]));
    }

    #[test]
    fn each_contradiction_is_a_finding() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(found(|it| it.first_name = text("Eva")), [MrzFirstNameMismatch]);
        assert_eq!(found(|it| it.last_name = text("Erikson")), [MrzLastNameMismatch]);
        assert_eq!(found(|it| it.last_name = text("Eriksson Lund")), [MrzLastNameMismatch]);
        assert_eq!(found(|it| it.id_number = text("L898902C4")), [MrzNumberMismatch]);
        assert_eq!(found(|it| it.sex = text("M")), [MrzSexMismatch]);
        assert_eq!(found(|it| it.date_of_birth = Some(day("1974-08-13"))), [MrzBirthDateMismatch]);
        assert_eq!(found(|it| it.date_of_expiration = Some(day("2012-04-16"))), [MrzExpirationMismatch]);
        assert_eq!(found(|it| it.date_of_issue = Some(day("2012-01-02"))), [IssuedInFuture]);
        assert_eq!(
            found(|it| it.date_of_birth = Some(day("2008-08-12"))),
            [BornAfterIssue, MrzBirthDateMismatch]
        );
        let unread = |it: &mut Fields| it.mrz.clear();
        assert_eq!(
            found(|it| {
                unread(it);
                it.date_of_expiration = Some(day("2007-04-15"));
            }),
            [Expired, IssuedAfterExpiration]
        );
    }

    #[test]
    fn a_document_is_expired_from_the_day_after_its_last() {
        let expired = |today: &str| check(&passport(), day(today)).1 == [Expired];
        assert_eq!([expired("2012-04-15"), expired("2012-04-16")], [false, true]);
        // The zone says so where nothing else was read out.
        let fields = Fields { mrz: passport().mrz, ..Fields::default() };
        assert_eq!(check(&fields, day("2012-04-16")).1, [Expired]);
    }

    #[test]
    fn names_are_compared_as_countries_write_them_in_a_zone() {
        for (name, in_zone) in [
            ("Müller", "MUELLER"),
            ("Müller", "MULLER"),
            ("Weiß", "WEISS"),
            ("O'Neill-Sørensen", "ONEILLSOERENSEN"),
            ("Łukasz", "LUKASZ"),
            ("Åström", "AASTROEM"),
            ("Петров", "PETROV"),
        ] {
            assert!(!contradicts(name, in_zone, false), "{name} {in_zone}");
        }
        assert!(contradicts("Müller", "MILLER", false));
        assert!(contradicts("Anna", "ANNAMARIA", false));
        assert!(!contradicts("Annamariasophia", "ANNAMARIA", true));
    }
}

use chrono::{Datelike, NaiveDate};
use mrz::{Format, NewZone, Sex, ZoneDate};

use crate::document::Fields;

/// The code of the fictitious state Utopia (ICAO Doc 9303-3, section 5).
const STATE: &str = "UTO";

/// Writes a zone with these fields, in the format of the original zone. Without a format: that of a card for
/// three lines, otherwise that of a passport.
pub fn zone(fields: &Fields, (first, last): (&str, &str), any: u64) -> Vec<String> {
    let of_lines = || if fields.mrz.len() == 3 { Format::Td1 } else { Format::Td3 };
    let format = ::mrz::read(&fields.mrz).map_or_else(|_| of_lines(), |zone| zone.format);
    let document_code = match format {
        Format::Td3 => "P",
        Format::MrvA | Format::MrvB => "V",
        Format::FrenchIdCard => "ID",
        Format::Td1 | Format::Td2 => "I",
    };
    let state = if format == Format::FrenchIdCard { "FRA" } else { STATE };
    let made_up = format!("X{:08}", any % 100_000_000);
    let day = |date: Option<NaiveDate>, year: i32| {
        let somewhere = || NaiveDate::from_yo_opt(year, u32::try_from(any % 365).unwrap_or_default() + 1);
        let date = date.or_else(somewhere).unwrap_or_default();
        let part = |part: u32| u8::try_from(part).ok();
        let year = u8::try_from(date.year().rem_euclid(100)).ok();
        ZoneDate { year, month: part(date.month()), day: part(date.day()) }
    };
    let new = NewZone {
        format,
        document_code,
        issuing_state: state,
        number: fields.id_number.as_deref().unwrap_or(&made_up),
        nationality: state,
        birth: day(fields.date_of_birth, 1980),
        sex: fields.sex.as_deref().map_or(Sex::Unknown, Sex::from_text),
        expiration: day(fields.date_of_expiration, 2035),
        last_name: last,
        first_name: first,
        optional: "",
    };
    new.lines()
}

#[cfg(test)]
mod tests {
    use entity::document::MrzStatus;

    use super::*;
    use crate::document::{checks::check, mrz::read};

    #[test]
    fn generated_mrz_of_every_format_are_valid_and_match_the_fields() {
        let of = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        for (mrz, format) in [
            (of(&["", ""]), Format::Td3),
            (of(&["", "", ""]), Format::Td1),
            (
                of(&["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]),
                Format::Td2,
            ),
            (
                of(&["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"]),
                Format::FrenchIdCard,
            ),
        ] {
            let mut fields = Fields {
                first_name: Some("Bano".to_owned()),
                last_name: Some("Telira".to_owned()),
                id_number: Some("ab-1234567".to_owned()),
                date_of_birth: NaiveDate::from_ymd_opt(1990, 1, 2),
                sex: Some("F".to_owned()),
                mrz,
                ..Fields::default()
            };
            fields.mrz = zone(&fields, ("Bano", "Telira"), 77);
            let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
            assert_eq!(check(&fields, today), (MrzStatus::Valid, vec![]), "{:?}", fields.mrz);
            let zone = read(&fields.mrz).zone.unwrap();
            assert_eq!((zone.format, zone.number.value.as_deref()), (format, Ok("AB1234567")));
            let names = zone.names.unwrap();
            assert_eq!(
                (names.primary.components.concat(), names.secondary.components.concat()),
                ("TELIRA".into(), "BANO".into())
            );
        }
    }
}

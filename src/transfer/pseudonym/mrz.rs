//! A machine-readable zone of somebody made up: by ICAO 9303, with every check digit right.

use chrono::NaiveDate;

use crate::document::Fields;

/// The country of nobody.
const STATE: &str = "UTO";

/// A zone that says what the fields say: three lines of a card where there were three, else two of a passport.
pub fn zone(fields: &Fields, (first, last): (&str, &str), any: u64) -> Vec<String> {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect()
    };
    let number = fields.id_number.as_deref().map_or_else(|| format!("X{:08}", any % 100_000_000), plain);
    let number = with_digit(&padded(&number, 9));
    let day = |date: Option<NaiveDate>, years: i32| {
        let somewhere = || NaiveDate::from_yo_opt(years, u32::try_from(any % 365).unwrap_or_default() + 1);
        let date = date.or_else(somewhere).unwrap_or_default();
        with_digit(&date.format("%y%m%d").to_string())
    };
    let (birth, expiration) = (day(fields.date_of_birth, 1980), day(fields.date_of_expiration, 2035));
    let sex = match fields.sex.as_deref() {
        Some(sex @ ("M" | "F")) => sex,
        Some(_) | None => "<",
    };
    let names = format!("{}<<{}", plain(last), plain(first));
    if fields.mrz.len() == 3 {
        let first = padded(&format!("I<{STATE}{number}"), 30);
        let second = padded(&format!("{birth}{sex}{expiration}{STATE}"), 29);
        let whole = format!("{}{birth}{expiration}{}", &first[5..], &second[18..]);
        return vec![first, format!("{second}{}", digit(&whole)), padded(&names, 30)];
    }
    let optional = "<".repeat(15);
    let whole = format!("{number}{birth}{expiration}{optional}");
    let second = format!("{number}{STATE}{birth}{sex}{expiration}{optional}{}", digit(&whole));
    vec![padded(&format!("P<{STATE}{names}"), 44), second]
}

fn padded(text: &str, length: usize) -> String {
    let text = text.get(..length).unwrap_or(text);
    format!("{text:<<length$}")
}

fn with_digit(text: &str) -> String {
    format!("{text}{}", digit(text))
}

/// The check digit of a text: the sum of its values, weighted 7, 3, 1, of which the last digit counts.
fn digit(text: &str) -> u32 {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    text.bytes().zip([7, 3, 1].into_iter().cycle()).map(|(byte, weight)| value(byte) * weight).sum::<u32>()
        % 10
}

#[cfg(test)]
mod tests {
    use entity::document::MrzStatus;

    use super::*;
    use crate::document::mrz::read;

    #[test]
    fn both_forms_are_valid_and_say_what_the_fields_say() {
        for lines in [2, 3] {
            let fields = Fields {
                id_number: Some("ab-1234567".to_owned()),
                date_of_birth: NaiveDate::from_ymd_opt(1990, 1, 2),
                sex: Some("F".to_owned()),
                mrz: vec![String::new(); lines],
                ..Fields::default()
            };
            let zone = zone(&fields, ("Bano", "Telira"), 77);
            let reading = read(&zone);
            assert_eq!((reading.status, reading.findings), (MrzStatus::Valid, vec![]), "{zone:?}");
            let said = reading.zone.unwrap();
            assert_eq!((said.surnames.as_str(), said.given_names.as_str()), ("TELIRA", "BANO"));
            assert_eq!((said.number.as_str(), said.birth.as_str()), ("AB1234567", "900102"));
            assert!(mrtd::parse(&zone.concat()).is_ok());
        }
    }
}

//! Each field is checked independently.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use mrz::{Format, NewZone, Problem, Sex, ZoneDate, check_digit, read};
use proptest::prelude::*;

const FORMATS: [Format; 6] =
    [Format::Td1, Format::Td2, Format::Td3, Format::MrvA, Format::MrvB, Format::FrenchIdCard];

fn new(format: Format) -> NewZone<'static> {
    let document_code = match format {
        Format::Td3 => "P",
        Format::MrvA | Format::MrvB => "V",
        Format::FrenchIdCard => "ID",
        Format::Td1 | Format::Td2 => "I",
    };
    NewZone {
        format,
        document_code,
        issuing_state: if format == Format::FrenchIdCard { "FRA" } else { "UTO" },
        number: "L898902C3",
        nationality: "UTO",
        birth: ZoneDate::parse("740812").unwrap(),
        sex: Sex::Female,
        expiration: ZoneDate::parse("310415").unwrap(),
        last_name: "Eriksson",
        first_name: "Anna Maria",
        optional: "",
    }
}

/// Replaces one character of the joined lines.
fn changed(lines: &[String], at: usize, by: char) -> Vec<String> {
    let length = lines[0].len();
    let mut lines = lines.to_vec();
    lines[at / length].replace_range(at % length..=at % length, &by.to_string());
    lines
}

#[test]
fn one_bad_field_hides_nothing_about_the_others() {
    let lines = new(Format::Td3).lines();
    let cases: [(usize, char, &[Problem]); 10] = [
        (0, 'X', &[Problem::DocumentCode]),
        (2, '1', &[Problem::IssuingState]),
        (7, 'r', &[Problem::Names]),
        (44, 'ü', &[Problem::Number]),
        (53, '7', &[Problem::NumberDigit, Problem::CompositeDigit]),
        (54, '0', &[Problem::Nationality]),
        (59, '9', &[Problem::Birth, Problem::BirthDigit, Problem::CompositeDigit]),
        (64, 'Q', &[Problem::Sex]),
        (67, '9', &[Problem::Expiration, Problem::ExpirationDigit, Problem::CompositeDigit]),
        (80, '-', &[Problem::Optional]),
    ];
    for (at, by, expected) in cases {
        assert_eq!(read(&changed(&lines, at, by)).unwrap().problems(), expected, "{by} at {at}");
    }
    // All at once: each problem is found, and the valid name can still be compared.
    let mut all = lines.clone();
    for (at, by, _) in cases.iter().filter(|(at, ..)| ![7, 44, 80].contains(at)) {
        all = changed(&all, *at, *by);
    }
    let zone = read(&all).unwrap();
    let expected = [
        Problem::DocumentCode,
        Problem::IssuingState,
        Problem::NumberDigit,
        Problem::Nationality,
        Problem::Birth,
        Problem::BirthDigit,
        Problem::Sex,
        Problem::Expiration,
        Problem::ExpirationDigit,
        Problem::CompositeDigit,
    ];
    assert_eq!(zone.problems(), expected);
    assert!(zone.names.unwrap().contradicts_last_name("Erikson"));
}

#[test]
fn optional_data_of_a_passport_may_have_no_digit_if_it_is_empty() {
    let lines = new(Format::Td3).lines();
    assert_eq!(read(&changed(&lines, 86, '<')).unwrap().problems(), []);
    assert_eq!(
        read(&changed(&lines, 86, '1')).unwrap().problems(),
        [Problem::OptionalDigit, Problem::CompositeDigit]
    );
}

/// The characters covered by a check digit in the joined lines, and the check digits themselves.
fn is_checked(format: Format, at: usize) -> bool {
    let within = |spans: &[(usize, usize)]| spans.iter().any(|(from, to)| (*from..*to).contains(&at));
    match format {
        Format::Td1 => within(&[(5, 37), (38, 45), (48, 60)]),
        Format::Td2 => within(&[(36, 46), (49, 56), (57, 72)]),
        Format::Td3 => within(&[(44, 54), (57, 64), (65, 88)]),
        Format::MrvA => within(&[(44, 54), (57, 64), (65, 72)]),
        Format::MrvB => within(&[(36, 46), (49, 56), (57, 64)]),
        Format::FrenchIdCard => within(&[(5, 72)]),
    }
}

proptest! {
    #[test]
    fn a_written_zone_is_read_without_a_problem(
        format in 0..6_usize, number in "[A-Z0-9]{1,14}", birth in "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])",
        is_endless: bool, last in "[A-ZÄÖÜÅÑÞŁ][a-zäößéñ]{1,24}", first in "[A-Z][a-zéüø]{0,9}( [A-Z][a-zéüø]{0,9}){0,3}",
        sex in 0..3_usize,
    ) {
        let format = FORMATS[format];
        let birth = ZoneDate::parse(&birth).unwrap();
        let expiration = if is_endless { ZoneDate::default() } else { birth };
        let sex = [Sex::Female, Sex::Male, Sex::Unknown][sex];
        let lines =
            NewZone { number: &number, birth, sex, expiration, last_name: &last, first_name: &first, ..new(format) }.lines();
        let zone = read(&lines).unwrap();
        prop_assert_eq!(zone.format, format);
        prop_assert_eq!(zone.problems(), [], "{:?}", &lines);
        prop_assert_eq!((zone.birth.value, zone.sex), (Ok(birth), Ok(sex)));
        // A long number needs its digit, and TD2 has seven characters of optional data.
        let room = match format {
            Format::Td1 | Format::Td2 => 14,
            Format::FrenchIdCard => 12,
            Format::Td3 | Format::MrvA | Format::MrvB => 9,
        };
        let read = zone.number.value.unwrap();
        prop_assert_eq!(&read, &number[..number.len().min(room)]);
        let names = zone.names.unwrap();
        prop_assert!(!names.contradicts_last_name(&last), "{} in {:?}", last, &lines);
        prop_assert!(!names.contradicts_first_name(&first), "{} in {:?}", first, &lines);
    }

    /// A check digit cannot distinguish two characters with the same weight modulo 10, such as A and K.
    #[test]
    fn a_changed_character_of_a_checked_field_is_a_problem(
        format in 0..6_usize, at in 0..90_usize, by in "[A-Z0-9<]",
    ) {
        let format = FORMATS[format];
        let lines = new(format).lines();
        let text = lines.concat();
        prop_assume!(is_checked(format, at));
        prop_assume!(check_digit(&text[at..=at]) != check_digit(&by));
        let changed = changed(&lines, at, by.chars().next().unwrap());
        prop_assert!(!read(&changed).unwrap().problems().is_empty(), "{changed:?}");
    }

    #[test]
    fn any_lines_are_read_or_rejected(lines in proptest::collection::vec(".{0,50}|[A-Z0-9<]{44}|[A-Z0-9<]{36}|[A-Z0-9<ü]{30}", 0..4), name in ".{0,60}") {
        if let Ok(zone) = read(&lines) {
            let _ = zone.problems();
            if let Ok(names) = zone.names {
                let _ = names.contradicts_first_name(&name);
                let _ = names.contradicts_last_name(&name);
            }
        }
    }
}

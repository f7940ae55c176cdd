//! Where fields are, and which check digits are due. The zones are the specimens of ICAO Doc 9303, parts 4 to 7.

use mrz::{Digits, FieldName, FormProblem, Position, form_problem, positions};

const PASSPORT: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const TD1: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
const VISA: [&str; 2] =
    ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"];

fn at(name: FieldName, (line, from, to): (usize, usize, usize), read: &str, digits: &str) -> Position {
    let mut digits = digits.chars();
    let digits = digits.next().zip(digits.next()).map(|(read, due)| Digits { read, due });
    Position { name, line, from, to, read: read.to_owned(), digits }
}

#[test]
fn the_fields_of_a_passport_are_where_the_standard_has_them() {
    use FieldName::{BirthDate, Composite, ExpirationDate, Nationality, Number, OptionalData, Sex};
    let expected = vec![
        at(Number, (1, 0, 9), "L898902C3", "66"),
        at(Nationality, (1, 10, 13), "UTO", ""),
        at(BirthDate, (1, 13, 19), "740812", "22"),
        at(Sex, (1, 20, 21), "F", ""),
        at(ExpirationDate, (1, 21, 27), "120415", "99"),
        at(OptionalData, (1, 28, 42), "ZE184226B<<<<<", "11"),
        at(Composite, (1, 43, 44), "0", "00"),
    ];
    assert_eq!(positions(&PASSPORT), Ok(expected));
}

#[test]
fn every_digit_of_a_specimen_is_due() {
    for lines in [&PASSPORT[..], &TD2, &TD1, &VISA] {
        for field in positions(lines).unwrap() {
            assert!(field.digits.is_none_or(|digits| digits.read == digits.due), "{lines:?} {field:?}");
            // The range is within its line, and has what was read.
            assert_eq!(lines[field.line][field.from..field.to], field.read, "{lines:?}");
        }
    }
}

#[test]
fn a_wrong_digit_is_beside_the_one_that_is_due() {
    let wrong = [PASSPORT[0], "L898902C36UTO7408123F1204159ZE184226B<<<<<10"];
    let found = positions(&wrong).unwrap();
    assert_eq!(found[2], at(FieldName::BirthDate, (1, 13, 19), "740812", "32"));
    assert_eq!(found[6].digits, Some(Digits { read: '0', due: '3' }));
}

#[test]
fn a_long_number_is_given_whole_with_the_digit_after_its_rest() {
    // Doc 9303-5, 4.2.2, note j.
    let lines = [
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
    ];
    let found = positions(&lines).unwrap();
    assert_eq!(found[0], at(FieldName::Number, (0, 5, 14), "D23145890734", "99"));
}

#[test]
fn a_field_with_other_characters_has_no_digit_and_an_empty_one_may_have_a_filler() {
    let broken = [PASSPORT[0], "L89*902C36UTO<<<<<<<F1204159<<<<<<<<<<<<<<<0"];
    let found = positions(&broken).unwrap();
    let digits: Vec<Option<Digits>> = found.iter().map(|field| field.digits).collect();
    let filler = Some(Digits { read: '<', due: '<' });
    let expiration = Some(Digits { read: '9', due: '9' });
    assert_eq!(digits, [None, None, filler, None, expiration, filler, None]);
}

#[test]
fn the_form_of_a_zone_without_a_format_is_compared_with_the_nearest() {
    let problem = |lines: &[&str]| form_problem(lines);
    assert_eq!(problem(&PASSPORT), None);
    let short = ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"];
    let expected = FormProblem { lengths: vec![40, 39], expected_lines: 2, expected_length: 44 };
    assert_eq!(problem(&short), Some(expected));
    let card = ["I<UTO", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA"];
    let expected = FormProblem { lengths: vec![5, 30, 14], expected_lines: 3, expected_length: 30 };
    assert_eq!(problem(&card), Some(expected));
    let one = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"];
    let expected = FormProblem { lengths: vec![36], expected_lines: 2, expected_length: 36 };
    assert_eq!(problem(&one), Some(expected));
    assert_eq!(positions(&short), Err(mrz::UnknownFormat));
}

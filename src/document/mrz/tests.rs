use super::*;

/// The specimen of ICAO Doc 9303-4.
const PASSPORT: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// Returns the lines with one character replaced.
fn changed(of: &[String], line: usize, at: usize, by: char) -> Vec<String> {
    let mut lines = of.to_vec();
    lines[line].replace_range(at..=at, &by.to_string());
    lines
}

#[test]
fn a_zone_without_problems_is_valid() {
    let reading = read(&lines(&PASSPORT));
    assert_eq!((reading.status, reading.findings), (MrzStatus::Valid, vec![]));
    assert_eq!(reading.zone.unwrap().number.value.as_deref(), Ok("L898902C3"));
    // As text recognition returns it: in one text, with a line break.
    assert_eq!(read(&[PASSPORT.join("\r\n")]).status, MrzStatus::Valid);
}

#[test]
fn wrong_check_digits_alone_are_an_invalid_checksum() {
    for (line, at, by, expected) in [
        (1, 9, '7', vec![MrzNumberCheckDigit, MrzCompositeCheckDigit]),
        (1, 19, '3', vec![MrzBirthDateCheckDigit, MrzCompositeCheckDigit]),
        (1, 27, '0', vec![MrzExpirationCheckDigit, MrzCompositeCheckDigit]),
        (1, 42, '2', vec![MrzOptionalDataCheckDigit, MrzCompositeCheckDigit]),
        (1, 43, '1', vec![MrzCompositeCheckDigit]),
    ] {
        let reading = read(&changed(&lines(&PASSPORT), line, at, by));
        assert_eq!((reading.status, reading.findings), (MrzStatus::InvalidChecksum, expected), "at {at}");
    }
}

#[test]
fn a_malformed_field_hides_no_other_finding() {
    let form: [(usize, usize, char, &[Finding]); 8] = [
        (0, 0, 'X', &[MrzDocumentCodeInvalid]),
        (0, 2, '0', &[MrzIssuingStateInvalid]),
        (0, 7, 'r', &[MrzNameInvalid]),
        (1, 2, '-', &[MrzNumberInvalid]),
        (1, 10, '0', &[MrzNationalityInvalid]),
        (1, 20, 'Q', &[MrzSexInvalid]),
        (1, 15, '9', &[MrzBirthDateInvalid, MrzBirthDateCheckDigit, MrzCompositeCheckDigit]),
        (1, 23, '9', &[MrzExpirationInvalid, MrzExpirationCheckDigit, MrzCompositeCheckDigit]),
    ];
    for (line, at, by, expected) in form {
        let reading = read(&changed(&lines(&PASSPORT), line, at, by));
        assert_eq!((reading.status, reading.findings.as_slice()), (MrzStatus::Malformed, expected), "{by}");
        assert!(reading.zone.is_some());
    }
    let both = read(&changed(&changed(&lines(&PASSPORT), 0, 7, 'r'), 1, 9, '7'));
    assert_eq!(both.findings, [MrzNameInvalid, MrzNumberCheckDigit, MrzCompositeCheckDigit]);
}

#[test]
fn lines_of_no_format_are_malformed_and_none_are_absent() {
    for lines in [vec![], lines(&["", " ", "\n"])] {
        assert_eq!(read(&lines).status, MrzStatus::Absent);
    }
    let documented = ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"];
    for wrong in
        [lines(&documented), lines(&PASSPORT[..1]), lines(&[&PASSPORT.concat()]), vec!["ü".repeat(22); 2]]
    {
        let reading = read(&wrong);
        assert_eq!((reading.status, reading.zone), (MrzStatus::Malformed, None), "{wrong:?}");
        assert!(reading.findings.is_empty());
    }
}

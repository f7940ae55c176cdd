use super::*;

/// The examples of ICAO 9303, parts 4 and 5.
const PASSPORT: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const CARD: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// With one character replaced.
fn changed(of: &[&str], line: usize, at: usize, by: char) -> Vec<String> {
    let mut lines = lines(of);
    lines[line].replace_range(at..=at, &by.to_string());
    lines
}

#[test]
fn the_examples_of_the_standard_are_valid_and_say_what_they_say() {
    for (example, number) in [(&PASSPORT[..], "L898902C3"), (&CARD[..], "D23145890")] {
        let reading = read(&lines(example));
        assert_eq!((reading.status, reading.findings), (MrzStatus::Valid, vec![]), "{example:?}");
        let zone = reading.zone.unwrap();
        assert_eq!(zone.surnames, "ERIKSSON");
        assert_eq!(zone.given_names, "ANNAMARIA");
        assert_eq!((zone.number.as_str(), zone.gender), (number, Gender::Female));
        assert_eq!((zone.birth.as_str(), zone.expiration.as_str()), ("740812", "120415"));
        assert_eq!(zone.expires_on, NaiveDate::from_ymd_opt(2012, 4, 15).unwrap());
        assert!(!zone.names_are_cut);
    }
}

#[test]
fn each_check_digit_is_told_apart() {
    for (line, at, by, expected) in [
        (1, 9, '7', vec![MrzNumberCheckDigit, MrzCompositeCheckDigit]),
        (1, 19, '3', vec![MrzBirthDateCheckDigit, MrzCompositeCheckDigit]),
        (1, 27, '0', vec![MrzExpirationCheckDigit, MrzCompositeCheckDigit]),
        (1, 42, '2', vec![MrzOptionalDataCheckDigit, MrzCompositeCheckDigit]),
        (1, 43, '1', vec![MrzCompositeCheckDigit]),
    ] {
        let reading = read(&changed(&PASSPORT, line, at, by));
        assert_eq!((reading.status, reading.findings), (MrzStatus::InvalidChecksum, expected), "at {at}");
    }
    for (line, at, by, expected) in [
        (0, 14, '8', vec![MrzNumberCheckDigit, MrzCompositeCheckDigit]),
        (1, 6, '3', vec![MrzBirthDateCheckDigit, MrzCompositeCheckDigit]),
        (1, 14, '0', vec![MrzExpirationCheckDigit, MrzCompositeCheckDigit]),
        (1, 29, '7', vec![MrzCompositeCheckDigit]),
    ] {
        let reading = read(&changed(&CARD, line, at, by));
        assert_eq!((reading.status, reading.findings), (MrzStatus::InvalidChecksum, expected), "at {at}");
    }
}

/// With any one character of the checked line replaced by any other.
#[test]
fn a_zone_is_valid_exactly_where_the_library_finds_all_digits_right() {
    let letters = ['0', '1', '5', '9', 'A', 'K', 'Z', '<'];
    let mut seen = [0; 2];
    for (example, line) in [(&PASSPORT[..], 1), (&CARD[..], 0), (&CARD[..], 1)] {
        for at in 0..example[line].len() {
            for by in letters {
                let lines = changed(example, line, at, by);
                let reading = read(&lines);
                // A card's number can go on: the library does not know that.
                if example.len() == 3 && line == 0 && at == 14 && by == '<' {
                    continue;
                }
                let is_valid = mrtd::parse(&lines.concat()).is_ok();
                assert_eq!(reading.status == MrzStatus::Valid, is_valid, "{lines:?}: {reading:?}");
                seen[usize::from(is_valid)] += 1;
            }
        }
    }
    assert!(seen.iter().all(|cases| *cases > 20), "{seen:?}");
}

#[test]
fn a_number_of_a_card_that_is_longer_than_its_room_goes_on() {
    // Of the standard's part 5: the number D23145890734, its check digit 9.
    let long = ["I<UTOD23145890<7349<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", CARD[2]];
    let reading = read(&lines(&long));
    assert_eq!(reading.zone.unwrap().number, "D23145890734");
    assert!(!reading.findings.contains(&MrzNumberCheckDigit), "{:?}", reading.findings);
    for rest in ["<<<<<<<<<<<<<<<<", "<8<<<<<<<<<<<<<<", "<7348<<<<<<<<<<<"] {
        let line = format!("I<UTOD23145890{rest}");
        let reading = read(&lines(&[&line, CARD[1], CARD[2]]));
        assert!(reading.findings.contains(&MrzNumberCheckDigit), "{line}");
    }
}

#[test]
fn other_forms_are_malformed_and_none_is_absent() {
    let absent = [vec![], lines(&["", " "])];
    for lines in absent {
        assert_eq!(read(&lines).status, MrzStatus::Absent);
    }
    let documented = ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"];
    for wrong in [
        lines(&documented),
        lines(&PASSPORT[..1]),
        lines(&CARD[..2]),
        lines(&[CARD.concat().as_str()]),
        changed(&PASSPORT, 0, 7, 'r'),
        changed(&PASSPORT, 0, 0, 'X'),
        vec!["ü".repeat(22), "ü".repeat(22)],
    ] {
        let reading = read(&wrong);
        assert_eq!((reading.status, reading.zone), (MrzStatus::Malformed, None), "{wrong:?}");
        assert!(reading.findings.is_empty());
    }
}

#[test]
fn dates_that_are_none_are_told_apart() {
    assert_eq!(read(&changed(&PASSPORT, 1, 15, '9')).findings, [MrzBirthDateInvalid]);
    assert_eq!(read(&changed(&PASSPORT, 1, 23, '9')).findings, [MrzExpirationInvalid]);
    let both = changed(&PASSPORT, 1, 15, '9');
    let both = changed(&[both[0].as_str(), both[1].as_str()], 1, 23, '<');
    let reading = read(&both);
    assert_eq!(reading.status, MrzStatus::Malformed);
    assert_eq!(reading.findings, [MrzBirthDateInvalid, MrzExpirationInvalid]);
}

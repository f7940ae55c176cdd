//! Specimens published by the standard and by issuing states.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use mrz::{CheckDigit, Day, Format, Problem, Sex, Zone, ZoneDate, read};

fn zone(lines: &[&str]) -> Zone {
    read(lines).unwrap()
}

fn valid(lines: &[&str]) -> Zone {
    let zone = zone(lines);
    assert_eq!(zone.problems(), [], "{lines:?}");
    zone
}

fn names(zone: &Zone) -> (String, String) {
    let names = zone.names.as_ref().unwrap();
    (names.primary.components.join(" "), names.secondary.components.join(" "))
}

fn pair(primary: &str, secondary: &str) -> (String, String) {
    (primary.to_owned(), secondary.to_owned())
}

fn date(text: &str) -> ZoneDate {
    ZoneDate::parse(text).unwrap()
}

/// Anna Maria Eriksson of Utopia, in each format.
#[test]
fn the_holder_of_the_specimens_is_read_from_each_format() {
    for (format, lines, number, state) in [
        (
            Format::Td3,
            &["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
                [..],
            "L898902C3",
            "UTO",
        ),
        (
            Format::Td1,
            &[
                "I<UTOD231458907<<<<<<<<<<<<<<<",
                "7408122F1204159UTO<<<<<<<<<<<6",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ],
            "D23145890",
            "UTO",
        ),
        (
            Format::Td2,
            &["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
            "D23145890",
            "UTO",
        ),
        (
            Format::MrvA,
            &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"],
            "L8988901C",
            "XXX",
        ),
        (
            Format::MrvB,
            &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
            "L8988901C",
            "XXX",
        ),
    ] {
        let zone = valid(lines);
        assert_eq!(zone.format, format);
        assert_eq!(names(&zone), pair("ERIKSSON", "ANNA MARIA"));
        assert_eq!(zone.number.value.as_deref(), Ok(number));
        assert_eq!(zone.issuing_state.as_deref(), Ok("UTO"));
        assert_eq!(zone.nationality, Some(Ok(state.to_owned())));
        assert_eq!(zone.sex, Ok(Sex::Female));
        let is_visa = matches!(format, Format::MrvA | Format::MrvB);
        assert_eq!(zone.birth.value, Ok(date(if is_visa { "400907" } else { "740812" })));
        let expiration = zone.expiration.unwrap().value.unwrap();
        assert_eq!(expiration, date(if is_visa { "961210" } else { "120415" }));
        assert_eq!(zone.composite == CheckDigit::NotJudged, is_visa);
    }
    let passport = valid(&[
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ]);
    assert_eq!(passport.optional.value, Ok(vec!["ZE184226B".to_owned()]));
}

#[test]
fn a_number_that_is_longer_than_its_field_continues_in_the_optional_data() {
    // Doc 9303-5: the number D23145890734 with the check digit 9.
    let zone = valid(&[
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
    ]);
    assert_eq!(zone.number.value.as_deref(), Ok("D23145890734"));
    assert_eq!(zone.optional.value, Ok(vec![String::new(), String::new()]));
    let short = valid(&[
        "IDUTO123456789<07<<<<<<<<<<<<<",
        "8601012M3101012UTO<<<<<<<<<<<6",
        "SPECIMEN<<JANE<<<<<<<<<<<<<<<<",
    ]);
    assert_eq!(short.number.value.as_deref(), Ok("1234567890"));
    for rest in ["<<<<<<<<<<<<<<<<", "<8<<<<<<<<<<<<<<", "<7348<<<<<<<<<<<"] {
        let line = format!("I<UTOD23145890{rest}");
        let zone =
            read(&[&line, "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"]).unwrap();
        assert!(zone.problems().contains(&Problem::NumberDigit), "{line}");
    }
}

#[test]
fn belgian_cards_count_the_filler_within_the_number_or_do_not() {
    let old = [
        "IDBEL000590240<6013<<<<<<<<<<<",
        "8512017F1311048BEL851201002007",
        "REINARTZ<<ULRIKE<KATIA<E<<<<<<",
    ];
    assert_eq!(valid(&old).number.value.as_deref(), Ok("000590240601"));
    let new = [
        "IDBEL600001795<0152<<<<<<<<<<<",
        "1301014F2311207BEL130101987398",
        "SPECIMEN<<SPECIMEN<<<<<<<<<<<<",
    ];
    assert_eq!(valid(&new).number.value.as_deref(), Ok("600001795015"));
    // No other state does this.
    let other = [&old[0].replace("BEL", "UTO"), old[1], old[2]];
    assert_eq!(zone(&other).problems(), [Problem::NumberDigit]);
}

#[test]
fn the_french_card_of_two_lines_has_a_layout_of_its_own() {
    let zone = valid(&["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"]);
    assert_eq!(zone.format, Format::FrenchIdCard);
    assert_eq!(names(&zone), pair("BERTHIER", "CORINNE"));
    assert_eq!(zone.number.value.as_deref(), Ok("880692310285"));
    assert_eq!(zone.birth.value, Ok(date("651206")));
    assert_eq!((zone.sex, zone.expiration, zone.nationality), (Ok(Sex::Female), None, None));
    let cut = valid(&["IDFRADOUEL<<<<<<<<<<<<<<<<<<<<932013", "0506932020438CHRISTIANE<<NI2906209F3"]);
    assert_eq!(names(&cut), pair("DOUEL", "CHRISTIANE NI"));
    let names = cut.names.unwrap();
    assert!(!names.primary.is_truncated && names.secondary.is_truncated);
    assert!(!names.contradicts_first_name("Christiane, Nicole"));
    assert!(names.contradicts_first_name("Christiane, Marie"));
}

#[test]
fn unknown_dates_are_dates() {
    let unknown = valid(&[
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO<<<<<<0F3104150<<<<<<<<<<<<<<04",
    ]);
    assert!(unknown.birth.value.unwrap().is_unknown());
    let endless = valid(&[
        "IDMDAB123456781<<<<<<<<<<<<<<<",
        "4001016M<<<<<<0MDA<<<<<<<<<<<8",
        "POPA<<ION<<<<<<<<<<<<<<<<<<<<<",
    ]);
    let today = Day::new(2026, 11, 28).unwrap();
    assert_eq!(endless.expiration.unwrap().value.unwrap().expiration(today), None);
}

#[test]
fn germany_is_one_letter() {
    let zone = valid(&[
        "P<D<<MUELLER<<ERIKA<<<<<<<<<<<<<<<<<<<<<<<<<",
        "C01X00T478D<<6408125F3102282<<<<<<<<<<<<<<02",
    ]);
    assert_eq!((zone.issuing_state.as_deref(), zone.nationality), (Ok("D"), Some(Ok("D".to_owned()))));
}

#[test]
fn a_name_may_fill_the_field() {
    let zone = valid(&[
        "PBLKAWARNAKULASURIYAPATABENDIGEARUNASHANTHAK",
        "N1234567<7LKA8501019M3103131<<<<<<<<<<<<<<02",
    ]);
    assert_eq!(names(&zone), pair("WARNAKULASURIYAPATABENDIGEARUNASHANTHAK", ""));
    let zone = zone_with_name("WARNAKULASURIYA<PATABENDIGE<ARUNASHA<<K");
    assert_eq!(names(&zone), pair("WARNAKULASURIYA PATABENDIGE ARUNASHA", "K"));
}

fn zone_with_name(name: &str) -> Zone {
    valid(&[&format!("P<UTO{name}"), "L898902C36UTO7408122F3104150<<<<<<<<<<<<<<04"])
}

#[test]
fn other_lines_are_rejected() {
    for lines in [
        &["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"][..],
        &["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"],
        &["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6"],
        &[],
    ] {
        assert!(read(lines).is_err(), "{lines:?}");
    }
}

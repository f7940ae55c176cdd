//! Findings about a document for manual review: dates in the past or the future, and contradictions. Pure
//! functions.

use ::mrz::{Day, Sex, Zone, ZoneDate, same_number};
use chrono::{Datelike, NaiveDate};
use entity::document::{
    Finding::{
        self, BornAfterIssue, BornInFuture, Expired, IssuedAfterExpiration, IssuedInFuture,
        MrzBirthDateMismatch, MrzExpirationMismatch, MrzFirstNameMismatch, MrzLastNameMismatch,
        MrzNumberMismatch, MrzSexMismatch,
    },
    MrzStatus,
};

use super::{Fields, mrz};

/// Returns the status of a document's machine-readable zone, and all findings about the document.
#[must_use]
pub fn check(fields: &Fields, today: NaiveDate) -> (MrzStatus, Vec<Finding>) {
    let mrz::Reading { status, mut findings, zone } = mrz::read(&fields.mrz);
    findings.extend(about_days(fields, zone.as_ref(), today));
    if let Some(zone) = &zone {
        findings.extend(mismatches(fields, zone));
    }
    (status, findings)
}

/// Returns findings about dates in the past, dates in the future, and dates in the wrong order.
fn about_days(fields: &Fields, zone: Option<&Zone>, today: NaiveDate) -> Vec<Finding> {
    let (issued, expires, born) = (fields.date_of_issue, fields.date_of_expiration, fields.date_of_birth);
    let after = |one: Option<NaiveDate>, other: Option<NaiveDate>| {
        one.zip(other).is_some_and(|(one, other)| one > other)
    };
    let of_zone = || expiration(zone?).and_then(|date| date.expiration(to_zone(today)?)).and_then(from_zone);
    let all = [
        (after(Some(today), expires.or_else(of_zone)), Expired),
        (after(born, Some(today)), BornInFuture),
        (after(issued, Some(today)), IssuedInFuture),
        (after(issued, expires), IssuedAfterExpiration),
        (after(born, issued), BornAfterIssue),
    ];
    only(all)
}

/// Returns the fields that contradict the zone. A malformed field of the zone contradicts nothing.
fn mismatches(fields: &Fields, zone: &Zone) -> Vec<Finding> {
    let names = zone.names.as_ref().ok();
    let contradicts = |date: Option<NaiveDate>, in_zone: Option<ZoneDate>| {
        in_zone.zip(date.and_then(to_zone)).is_some_and(|(in_zone, date)| in_zone.contradicts(date))
    };
    let first = names.zip(fields.first_name.as_deref());
    let last = names.zip(fields.last_name.as_deref());
    // A document without a number cannot differ from the zone's number.
    let number = zone.number.value.as_deref().ok().filter(|number| !number.is_empty());
    let sex = zone.sex.ok().zip(fields.sex.as_deref());
    let all = [
        (first.is_some_and(|(names, name)| names.contradicts_first_name(name)), MrzFirstNameMismatch),
        (last.is_some_and(|(names, name)| names.contradicts_last_name(name)), MrzLastNameMismatch),
        (
            number.zip(fields.id_number.as_deref()).is_some_and(|(number, text)| !same_number(text, number)),
            MrzNumberMismatch,
        ),
        (contradicts(fields.date_of_birth, zone.birth.value.ok()), MrzBirthDateMismatch),
        (contradicts(fields.date_of_expiration, expiration(zone)), MrzExpirationMismatch),
        (sex.is_some_and(|(in_zone, text)| in_zone.contradicts(Sex::from_text(text))), MrzSexMismatch),
    ];
    only(all)
}

fn only<const N: usize>(all: [(bool, Finding); N]) -> Vec<Finding> {
    all.into_iter().filter_map(|(is_found, finding)| is_found.then_some(finding)).collect()
}

fn expiration(zone: &Zone) -> Option<ZoneDate> {
    zone.expiration.as_ref()?.value.ok()
}

fn to_zone(day: NaiveDate) -> Option<Day> {
    Day::new(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

fn from_zone(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year(), day.month().into(), day.day().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2012-01-01";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The example of ICAO 9303, part 4.
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
    fn a_consistent_document_has_no_findings() {
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
        // The zone is the only source if no other field was read.
        let fields = Fields { mrz: passport().mrz, ..Fields::default() };
        assert_eq!(check(&fields, day("2012-04-16")).1, [Expired]);
    }

    #[test]
    fn a_document_without_expiry_or_birth_date_is_compared_in_its_other_fields() {
        let endless = |it: &mut Fields| {
            it.date_of_expiration = None;
            it.mrz[1] = "L898902C36UTO<<<<<<0F<<<<<<0<<<<<<<<<<<<<<08".to_owned();
        };
        assert_eq!(check(&passport(), day("2012-04-16")).1, [Expired]);
        let mut fields = passport();
        endless(&mut fields);
        assert_eq!(check(&fields, day("2012-04-16")), (MrzStatus::Valid, vec![]));
        fields.last_name = Some("Lund".to_owned());
        assert_eq!(check(&fields, day("2012-04-16")).1, [MrzLastNameMismatch]);
    }

    #[test]
    fn an_invalid_field_of_the_mrz_hides_no_other_finding() {
        let found = found(|it| {
            it.mrz[0].replace_range(7..8, "1");
            it.id_number = Some("L898902C4".to_owned());
            it.date_of_birth = Some(day("1974-08-13"));
        });
        assert_eq!(found, [Finding::MrzNameInvalid, MrzNumberMismatch, MrzBirthDateMismatch]);
    }

    #[test]
    fn future_birth_and_issue_dates_are_findings_without_an_mrz() {
        let of = |change: &dyn Fn(&mut Fields)| {
            let mut fields = Fields::default();
            change(&mut fields);
            check(&fields, day(TODAY)).1
        };
        assert_eq!(of(&|it| it.date_of_birth = Some(day("2533-05-05"))), [BornInFuture]);
        assert_eq!(of(&|it| it.date_of_birth = Some(day("2012-01-02"))), [BornInFuture]);
        assert_eq!(of(&|it| it.date_of_birth = Some(day(TODAY))), []);
        assert_eq!(of(&|it| it.date_of_issue = Some(day("2012-01-02"))), [IssuedInFuture]);
    }

    #[test]
    fn sex_is_compared_by_its_meaning() {
        for same in ["f", "Female", "FEMALE", "weiblich", "K/F", "<", "?"] {
            assert_eq!(found(|it| it.sex = Some(same.to_owned())), [], "{same}");
        }
        for other in ["m", "Male", "M", "X"] {
            assert_eq!(found(|it| it.sex = Some(other.to_owned())), [MrzSexMismatch], "{other}");
        }
    }

    #[test]
    fn names_are_compared_by_component_and_spelling() {
        for (first, expected) in [
            ("Anna-Maria", &[][..]),
            ("Maria", &[]),
            ("A. M.", &[]),
            ("Ann", &[MrzFirstNameMismatch]),
            ("Annamarias", &[MrzFirstNameMismatch]),
        ] {
            assert_eq!(found(|it| it.first_name = Some(first.to_owned())), expected, "{first}");
        }
    }
}

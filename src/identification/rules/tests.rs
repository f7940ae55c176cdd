use Status::{Canceled, Expired, Invalid, NotStarted, NotSupported, Pending, Started, Valid};
use sea_orm::Iterable;

use super::*;

#[test]
fn every_process_awards_the_level_expert() {
    assert!(Process::iter().all(|process| awards(process)[0]));
}

#[test]
fn levels_that_are_not_awarded_are_not_supported() {
    assert_eq!(levels(Process::Expert, Valid), [Valid, NotSupported, NotSupported]);
    assert_eq!(levels(Process::Qes, Pending), [Pending, Pending, NotSupported]);
    assert_eq!(levels(Process::Pvid, Invalid), [Invalid, NotSupported, Invalid]);
}

#[test]
fn the_status_derives_from_the_awarded_levels() {
    for (levels, expected) in [
        ([Valid, NotSupported, NotSupported], Valid),
        ([Valid, Pending, NotSupported], Pending),
        ([Valid, Started, NotSupported], Started),
        ([Invalid, Canceled, NotSupported], Invalid),
        ([Canceled, Expired, NotSupported], Canceled),
        ([Expired, Valid, NotSupported], Expired),
        ([Started, Started, NotSupported], Started),
    ] {
        assert_eq!(status(levels), expected, "{levels:?}");
    }
}

#[test]
fn only_an_invalid_level_has_reasons() {
    let (none, some) = (Reasons(vec![]), Reasons(vec![Reason::FraudDetected]));
    for status in Status::iter() {
        assert_eq!(may_have(status, None), status != Invalid);
        assert_eq!(may_have(status, Some(&some)), status == Invalid);
        assert!(!may_have(status, Some(&none)));
    }
}

/// Checks every pair of statuses against the transition table in the domain's documents.
#[test]
fn levels_change_only_along_allowed_transitions() {
    let table = [
        (NotStarted, &[Started, Pending, Canceled, Expired][..]),
        (Started, &[Pending, Canceled, Expired]),
        (Pending, &[Valid, Invalid, Canceled]),
        (Valid, &[Expired]),
    ];
    for from in Status::iter() {
        let ways = table.iter().find(|(of, _)| *of == from).map_or(&[][..], |(_, ways)| ways);
        for to in Status::iter() {
            assert_eq!(leads_to(from, to, Cause::Report), ways.contains(&to), "{from:?} to {to:?}");
            let reasons: &[Reason] = if to == Invalid { &[Reason::FraudDetected] } else { &[] };
            let after = report([from, NotSupported, NotSupported], [Some(to), None, None], reasons);
            let expected = match (from, to) {
                (NotSupported, _) => Err(TransitionError::NotAwarded(0)),
                _ if from == to || ways.contains(&to) => Ok([to, NotSupported, NotSupported]),
                _ => Err(TransitionError::IllegalTransition(from, to)),
            };
            assert_eq!(after, expected, "{from:?} to {to:?}");
        }
    }
}

#[test]
fn a_report_is_not_empty_and_has_reasons_for_invalid_levels() {
    let levels = [Pending, Pending, NotSupported];
    let fraud = [Reason::FraudDetected];
    for (of, reasons, expected) in [
        ([None, None, None], &[][..], Err(TransitionError::Nothing)),
        ([None, None, Some(Valid)], &[], Err(TransitionError::NotAwarded(2))),
        ([Some(Invalid), None, None], &[], Err(TransitionError::NoReason)),
        ([Some(Valid), None, None], &fraud, Err(TransitionError::NoInvalid)),
        ([Some(Valid), Some(Invalid), None], &fraud, Ok([Valid, Invalid, NotSupported])),
        ([Some(Valid), None, None], &[], Ok([Valid, Pending, NotSupported])),
        ([Some(Valid), Some(Started), None], &[], Err(TransitionError::IllegalTransition(Pending, Started))),
    ] {
        assert_eq!(report(levels, of, reasons), expected, "{of:?}");
    }
}

/// Checks every status with every cause that moves a level without naming the target.
#[test]
fn a_level_is_ended_from_its_allowed_statuses_only() {
    for status in Status::iter() {
        for (cause, from, to) in [
            (Cause::Cancel, &[NotStarted, Started, Pending][..], Canceled),
            (Cause::RunOut, &[NotStarted, Started], Expired),
            (Cause::Lapse, &[Valid], Expired),
            (Cause::Revoke, &[Valid], Expired),
            (Cause::Report, &[], Expired),
        ] {
            let expected = from.contains(&status).then_some(to);
            assert_eq!(moved(status, cause), expected, "{status:?} by {cause:?}");
            let levels = [status, NotSupported, status];
            let after = expected.map(|to| [to, NotSupported, status]);
            assert_eq!(ended(levels, [true, true, false], cause), after, "{status:?} by {cause:?}");
        }
    }
}

//! The objects that steps create and refer to.

use std::collections::BTreeMap;

use super::{
    Scenario,
    error::ParseError,
    file::Step,
    name::{Kind, Objects},
};

impl Step {
    /// Returns the object that the step creates and the one that it is about.
    #[must_use]
    pub fn objects(&self) -> Objects<'_> {
        let makes = |kind, called| Objects { makes: Some(kind), called, ..Objects::default() };
        let about = |kind, of| Objects { about: Some(kind), of, ..Objects::default() };
        let both = |kind, called, whose, of| Objects { about: Some(whose), of, ..makes(kind, called) };
        match self {
            Self::User(it) => makes(Kind::User, it.called.as_ref()),
            Self::Identification(it) => {
                both(Kind::Identification, it.called.as_ref(), Kind::User, it.of.as_ref())
            }
            Self::Report(it) => about(Kind::Identification, it.of.as_ref()),
            Self::Force(it) => about(Kind::Identification, it.of.as_ref()),
            Self::Cancel(it) | Self::Revoke(it) => about(Kind::Identification, it.of.as_ref()),
            Self::Session(it) => both(Kind::Session, it.called.as_ref(), Kind::User, it.of.as_ref()),
            Self::Document(it) => both(Kind::Document, it.called.as_ref(), Kind::Session, it.of.as_ref()),
            Self::CompleteSession(it) => about(Kind::Session, it.of.as_ref()),
            Self::Proofing(it) => both(Kind::Proofing, it.called.as_ref(), Kind::User, it.of.as_ref()),
            Self::Image(it) => about(Kind::Proofing, it.of.as_ref()),
            Self::CompleteProofing(it) => about(Kind::Proofing, it.of.as_ref()),
            Self::Grant(it) => both(Kind::Verification, None, Kind::User, it.of.as_ref()),
            Self::Result(it) => both(Kind::Result, it.called.as_ref(), Kind::User, it.of.as_ref()),
            Self::Outcome(it) => about(Kind::Result, it.of.as_ref()),
            Self::Wait(_) => Objects::default(),
        }
    }
}

/// Checks that every name refers to an object of the right kind that an earlier step creates.
///
/// # Errors
///
/// The first name that does not, with its position.
pub(super) fn check(scenario: &Scenario) -> Result<(), ParseError> {
    let mut named: BTreeMap<&str, Kind> = BTreeMap::new();
    for step in &scenario.steps {
        let Objects { makes, called, about, of } = step.objects();
        if let (Some(of), Some(about)) = (of, about) {
            match named.get(of.text()) {
                None => return Err(of.wrong(format!("no earlier step creates `{}`", of.text()))),
                Some(kind) if *kind != about => {
                    return Err(of.wrong(format!("expected {about}, but `{}` is {}", of.text(), kind.one())));
                }
                Some(_) => {}
            }
        }
        if let (Some(called), Some(kind)) = (called, makes)
            && named.insert(called.text(), kind).is_some()
        {
            return Err(called.wrong(format!("an earlier step already creates `{}`", called.text())));
        }
    }
    for (of, expected) in scenario.expect.iter().flat_map(|expected| &expected.of) {
        let Some(kind) = named.get(of.text()) else {
            return Err(of.wrong(format!("no step creates `{}`", of.text())));
        };
        if let Some(field) = expected.misplaced(*kind) {
            return Err(of.wrong(format!("`{}` is {}, which has no `{field}`", of.text(), kind.one())));
        }
    }
    Ok(())
}

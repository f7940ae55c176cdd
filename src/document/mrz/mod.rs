//! The machine-readable zone of a document: the result of the crate `mrz` as a status and findings.

use entity::document::{
    Finding::{
        self, MrzBirthDateCheckDigit, MrzBirthDateInvalid, MrzCompositeCheckDigit, MrzDocumentCodeInvalid,
        MrzExpirationCheckDigit, MrzExpirationInvalid, MrzIssuingStateInvalid, MrzNameInvalid,
        MrzNationalityInvalid, MrzNumberCheckDigit, MrzNumberInvalid, MrzOptionalDataCheckDigit,
        MrzOptionalDataInvalid, MrzSexInvalid,
    },
    MrzStatus,
};
use mrz::{Problem, Zone};

/// The result of reading a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub status: MrzStatus,
    pub findings: Vec<Finding>,
    /// `None` if the lines match no zone format.
    pub zone: Option<Zone>,
}

/// Parses the submitted lines of a zone. A line break within a text separates lines too.
#[must_use]
pub fn read(lines: &[String]) -> Reading {
    let lines: Vec<&str> =
        lines.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return Reading { status: MrzStatus::Absent, findings: Vec::new(), zone: None };
    }
    let Ok(zone) = ::mrz::read(&lines) else {
        return Reading { status: MrzStatus::Malformed, findings: Vec::new(), zone: None };
    };
    let problems = zone.problems();
    let status = if problems.is_empty() {
        MrzStatus::Valid
    } else if problems.iter().all(|problem| problem.is_check_digit()) {
        MrzStatus::InvalidChecksum
    } else {
        MrzStatus::Malformed
    };
    Reading { status, findings: problems.into_iter().map(finding).collect(), zone: Some(zone) }
}

const fn finding(problem: Problem) -> Finding {
    match problem {
        Problem::DocumentCode => MrzDocumentCodeInvalid,
        Problem::IssuingState => MrzIssuingStateInvalid,
        Problem::Names => MrzNameInvalid,
        Problem::Number => MrzNumberInvalid,
        Problem::NumberDigit => MrzNumberCheckDigit,
        Problem::Nationality => MrzNationalityInvalid,
        Problem::Birth => MrzBirthDateInvalid,
        Problem::BirthDigit => MrzBirthDateCheckDigit,
        Problem::Sex => MrzSexInvalid,
        Problem::Expiration => MrzExpirationInvalid,
        Problem::ExpirationDigit => MrzExpirationCheckDigit,
        Problem::Optional => MrzOptionalDataInvalid,
        Problem::OptionalDigit => MrzOptionalDataCheckDigit,
        Problem::CompositeDigit => MrzCompositeCheckDigit,
    }
}

#[cfg(test)]
mod tests;

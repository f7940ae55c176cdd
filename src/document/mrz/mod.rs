//! The machine-readable zone of a document: the result of the crate `mrz` as a status and findings.

use entity::document::{
    Finding::{
        self, MrzBirthDateCheckDigit, MrzBirthDateInvalid, MrzBirthDateMismatch, MrzCompositeCheckDigit,
        MrzDocumentCodeInvalid, MrzExpirationCheckDigit, MrzExpirationInvalid, MrzExpirationMismatch,
        MrzIssuingStateInvalid, MrzNameInvalid, MrzNationalityInvalid, MrzNumberCheckDigit, MrzNumberInvalid,
        MrzNumberMismatch, MrzOptionalDataCheckDigit, MrzOptionalDataInvalid, MrzSexInvalid, MrzSexMismatch,
    },
    MrzStatus,
};
use mrz::{FieldName, FormProblem, Position, Problem, Zone};

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
    let lines = lines_of(lines);
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

/// The lines of a zone: a line break within a text separates lines too.
fn lines_of(texts: &[String]) -> Vec<&str> {
    texts.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()).collect()
}

/// Returns where the fields of a zone are; `None` if it has no known format.
#[must_use]
pub fn fields(lines: &[String]) -> Option<Vec<Position>> {
    ::mrz::positions(&lines_of(lines)).ok()
}

/// Returns what is wrong with the form of a zone; `None` if it has a known format, or no lines.
#[must_use]
pub fn form_problem(lines: &[String]) -> Option<FormProblem> {
    let lines = lines_of(lines);
    if lines.is_empty() { None } else { ::mrz::form_problem(&lines) }
}

/// Returns the field that a finding is about; `None` if it is about no field with a position.
#[must_use]
pub const fn field_of(finding: Finding) -> Option<FieldName> {
    match finding {
        MrzNumberInvalid | MrzNumberCheckDigit | MrzNumberMismatch => Some(FieldName::Number),
        MrzNationalityInvalid => Some(FieldName::Nationality),
        MrzBirthDateInvalid | MrzBirthDateCheckDigit | MrzBirthDateMismatch => Some(FieldName::BirthDate),
        MrzSexInvalid | MrzSexMismatch => Some(FieldName::Sex),
        MrzExpirationInvalid | MrzExpirationCheckDigit | MrzExpirationMismatch => {
            Some(FieldName::ExpirationDate)
        }
        MrzOptionalDataInvalid | MrzOptionalDataCheckDigit => Some(FieldName::OptionalData),
        MrzCompositeCheckDigit => Some(FieldName::Composite),
        _ => None,
    }
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

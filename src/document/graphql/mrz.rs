use async_graphql::{Enum, SimpleObject};
use entity::document::Finding;
use mrz::{FieldName, FormProblem, Position};

use super::DocumentFinding;
use crate::document::mrz::field_of;

/// A field of a machine-readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "FieldName")]
pub enum MrzFieldName {
    /// The document number.
    Number,
    /// The nationality.
    Nationality,
    /// The date of birth.
    BirthDate,
    /// The sex.
    Sex,
    /// The date of expiration.
    ExpirationDate,
    /// Optional data of the issuing state.
    OptionalData,
    /// The check digit over several fields.
    Composite,
}

/// A field of a machine-readable zone and its position. Lines and characters are counted from 0.
#[derive(Clone, Debug, SimpleObject)]
pub struct MrzField {
    /// The field.
    name: MrzFieldName,
    /// Index of the line, among lines that are not empty.
    line: i32,
    /// Index of the first character in the line.
    from: i32,
    /// Index after the last character in the line.
    to: i32,
    /// The characters, with fillers. A number that continues in the optional data is returned whole.
    read: String,
    /// The check digit in the zone. Null if the field has none, or has characters without a value.
    digit_read: Option<String>,
    /// The check digit that belongs there. Null as for `digitRead`.
    digit_due: Option<String>,
    /// The first finding about the field that was recorded when the document was submitted.
    finding: Option<DocumentFinding>,
}

impl MrzField {
    /// Creates a field with its finding among those of the document.
    pub(super) fn of(field: Position, findings: &[Finding]) -> Self {
        let finding = findings.iter().find(|finding| field_of(**finding) == Some(field.name));
        Self {
            name: field.name.into(),
            line: count(field.line),
            from: count(field.from),
            to: count(field.to),
            read: field.read,
            digit_read: field.digits.map(|digits| digits.read.to_string()),
            digit_due: field.digits.map(|digits| digits.due.to_string()),
            finding: finding.map(|finding| (*finding).into()),
        }
    }
}

/// What is wrong with the form of a machine-readable zone.
#[derive(Clone, Debug, SimpleObject)]
pub struct MrzProblem {
    /// Number of characters of each line that is not empty.
    line_lengths: Vec<i32>,
    /// Number of lines of the format that is nearest.
    expected_lines: i32,
    /// Number of characters of a line of the format that is nearest.
    expected_length: i32,
}

impl From<FormProblem> for MrzProblem {
    fn from(problem: FormProblem) -> Self {
        Self {
            line_lengths: problem.lengths.into_iter().map(count).collect(),
            expected_lines: count(problem.expected_lines),
            expected_length: count(problem.expected_length),
        }
    }
}

/// Zones have few characters.
fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

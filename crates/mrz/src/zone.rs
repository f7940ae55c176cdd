//! The content of a zone, field by field.

use crate::{Format, Names, Sex, ZoneDate};

/// The value of a field, or that its form is invalid.
pub type Field<T> = Result<T, InvalidForm>;

/// A field has characters or a form that Doc 9303 does not allow there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidForm;

/// The result of a check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDigit {
    Right,
    Wrong,
    /// The format has none, or a checked field has characters without a value.
    NotJudged,
}

/// A field and its check digit, each checked independently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    pub value: Field<T>,
    pub digit: CheckDigit,
}

/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub format: Format,
    /// One or two letters.
    pub document_code: Field<String>,
    /// One to three letters: `D` is Germany.
    pub issuing_state: Field<String>,
    pub names: Field<Names>,
    /// Letters and digits without fillers; empty if the document has no number.
    pub number: Checked<String>,
    /// One to three letters. `None` if the format has no nationality.
    pub nationality: Option<Field<String>>,
    pub birth: Checked<ZoneDate>,
    pub sex: Field<Sex>,
    /// `None` if the format has no date of expiration. A document that does not expire has an unknown date.
    pub expiration: Option<Checked<ZoneDate>>,
    /// The fields of optional data, without trailing fillers and without the rest of a long number.
    pub optional: Checked<Vec<String>>,
    /// The check digit over several fields. [`CheckDigit::NotJudged`] if the format has none.
    pub composite: CheckDigit,
}

/// What is wrong with a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    DocumentCode,
    IssuingState,
    Names,
    Number,
    NumberDigit,
    Nationality,
    Birth,
    BirthDigit,
    Sex,
    Expiration,
    ExpirationDigit,
    Optional,
    OptionalDigit,
    CompositeDigit,
}

impl Problem {
    /// Whether it is a wrong check digit rather than an invalid form.
    #[must_use]
    pub const fn is_check_digit(self) -> bool {
        matches!(
            self,
            Self::NumberDigit
                | Self::BirthDigit
                | Self::ExpirationDigit
                | Self::OptionalDigit
                | Self::CompositeDigit
        )
    }
}

impl Zone {
    /// All problems of the zone, in the order of [`Problem`].
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let wrong = |digit: CheckDigit| digit == CheckDigit::Wrong;
        let nationality = self.nationality.as_ref().is_some_and(Result::is_err);
        let expiration = self.expiration.as_ref();
        let all = [
            (self.document_code.is_err(), Problem::DocumentCode),
            (self.issuing_state.is_err(), Problem::IssuingState),
            (self.names.is_err(), Problem::Names),
            (self.number.value.is_err(), Problem::Number),
            (wrong(self.number.digit), Problem::NumberDigit),
            (nationality, Problem::Nationality),
            (self.birth.value.is_err(), Problem::Birth),
            (wrong(self.birth.digit), Problem::BirthDigit),
            (self.sex.is_err(), Problem::Sex),
            (expiration.is_some_and(|it| it.value.is_err()), Problem::Expiration),
            (expiration.is_some_and(|it| wrong(it.digit)), Problem::ExpirationDigit),
            (self.optional.value.is_err(), Problem::Optional),
            (wrong(self.optional.digit), Problem::OptionalDigit),
            (wrong(self.composite), Problem::CompositeDigit),
        ];
        all.into_iter().filter_map(|(is_wrong, problem)| is_wrong.then_some(problem)).collect()
    }
}

//! State transitions of a proofing request. Pure functions.

use entity::proofing_request::{DeviceCheck, State};

/// Minimum score at which two faces match.
pub const FACE_MATCH: i32 = 80;

/// A step after the start of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An image of a side of the document.
    Image,
    /// The outcome.
    Complete,
}

/// Reason why a step is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepError {
    /// The device check denied the request.
    Denied,
    /// The request is completed already.
    Completed,
    /// No image has been uploaded whose document could have an outcome.
    NoImage,
}

impl StepError {
    /// Returns the error message.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Denied => "the device check of this request said DENY: it takes no further step",
            Self::Completed => "this request is COMPLETE: it takes no further step",
            Self::NoImage => "this request is INIT: upload an image of the document before completing it",
        }
    }
}

/// Returns the state after a step: `INIT` → `IMAGE` → `COMPLETE`, with any number of images.
///
/// # Errors
///
/// The reason why the step is rejected.
pub fn step(state: State, device: DeviceCheck, step: Step) -> Result<State, StepError> {
    match (device, state, step) {
        (_, State::Complete, _) => Err(StepError::Completed),
        (DeviceCheck::Deny, _, _) => Err(StepError::Denied),
        (_, State::Init | State::Image, Step::Image) => Ok(State::Image),
        (_, State::Image, Step::Complete) => Ok(State::Complete),
        (_, State::Init, Step::Complete) => Err(StepError::NoImage),
    }
}

/// Converts a number to a score; `None` if it is out of range.
#[must_use]
pub fn score(score: i64) -> Option<i32> {
    i32::try_from(score).ok().filter(|score| (0..=100).contains(score))
}

/// Returns whether two faces with this score match.
#[must_use]
pub const fn face_match(score: i32) -> bool {
    score >= FACE_MATCH
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn a_request_passes_from_init_through_images_to_its_outcome() {
        for device in [DeviceCheck::Allow, DeviceCheck::Review, DeviceCheck::None] {
            assert_eq!(step(State::Init, device, Step::Image), Ok(State::Image));
            assert_eq!(step(State::Image, device, Step::Image), Ok(State::Image));
            assert_eq!(step(State::Image, device, Step::Complete), Ok(State::Complete));
            assert_eq!(step(State::Init, device, Step::Complete), Err(StepError::NoImage));
        }
    }

    #[test]
    fn a_denied_or_completed_request_takes_no_step() {
        for next in [Step::Image, Step::Complete] {
            for device in DeviceCheck::iter() {
                assert_eq!(step(State::Complete, device, next), Err(StepError::Completed));
            }
            for state in [State::Init, State::Image] {
                assert_eq!(step(state, DeviceCheck::Deny, next), Err(StepError::Denied));
            }
        }
    }

    #[test]
    fn scores_go_from_0_to_100_and_match_from_80_on() {
        assert_eq!([-1, 0, 100, 101, i64::MAX].map(score), [None, Some(0), Some(100), None, None]);
        assert_eq!([0, 79, 80, 100].map(face_match), [false, false, true, true]);
    }
}

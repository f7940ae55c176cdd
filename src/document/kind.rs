//! Which documents a step gives, and which images a document has room for. Pure.

use entity::{
    document::Kind,
    document_image::Kind::{self as Image, Back, BackCropped, Front, FrontCropped, Photo},
    verification_session::Step,
};

/// The step gives no such document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOfStep;

/// What a document of a step is, where somebody says so or the step leaves no choice.
///
/// # Errors
///
/// When the step gives no such document.
pub fn of_step(step: Step, said: Option<Kind>) -> Result<Option<Kind>, NotOfStep> {
    let only = match step {
        Step::IdDocument => {
            return match said {
                None | Some(Kind::IdCard | Kind::Passport | Kind::ResidencePermit) => Ok(said),
                Some(Kind::DriversLicense | Kind::CarRegistration | Kind::AddressProof) => Err(NotOfStep),
            };
        }
        Step::DrivingLicense => Kind::DriversLicense,
        Step::CarRegistrationDocument => Kind::CarRegistration,
        Step::AddressProof => Kind::AddressProof,
    };
    if said.is_none_or(|said| said == only) { Ok(Some(only)) } else { Err(NotOfStep) }
}

/// The images that a document has room for. A passport has its photo and its data on one page: there is no other side to
/// show, but what was cut out of one.
#[must_use]
pub const fn room(kind: Option<Kind>) -> &'static [Image] {
    match kind {
        Some(Kind::Passport) => &[Front, Photo, FrontCropped, BackCropped],
        Some(Kind::AddressProof) => &[Front, FrontCropped],
        None | Some(Kind::IdCard | Kind::ResidencePermit | Kind::DriversLicense | Kind::CarRegistration) => {
            &[Front, Back, Photo, FrontCropped, BackCropped]
        }
    }
}

/// What the user verification API calls a document.
#[must_use]
pub const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::IdCard => "ID Card",
        Kind::Passport => "Passport",
        Kind::ResidencePermit => "Residence Permit",
        Kind::DriversLicense => "Driver License",
        Kind::CarRegistration => "Car Registration",
        Kind::AddressProof => "Address Proof",
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn a_step_gives_its_documents_and_no_others() {
        for step in Step::iter() {
            for kind in Kind::iter() {
                let fits = match step {
                    Step::IdDocument => matches!(kind, Kind::IdCard | Kind::Passport | Kind::ResidencePermit),
                    Step::DrivingLicense => kind == Kind::DriversLicense,
                    Step::CarRegistrationDocument => kind == Kind::CarRegistration,
                    Step::AddressProof => kind == Kind::AddressProof,
                };
                assert_eq!(of_step(step, Some(kind)), if fits { Ok(Some(kind)) } else { Err(NotOfStep) });
            }
        }
        assert_eq!(of_step(Step::IdDocument, None), Ok(None));
        assert_eq!(of_step(Step::AddressProof, None), Ok(Some(Kind::AddressProof)));
    }
}

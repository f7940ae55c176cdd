//! The kinds of document that a step captures, and the images of each kind. Pure functions.

use entity::{
    document::Kind,
    document_image::Kind::{self as Image, Back, BackCropped, Front, FrontCropped, Photo},
    verification_session::Step,
};

/// The step does not capture this kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOfStep;

/// Returns the kind of a step's document, if the client states it or the step allows only one. Face photos
/// and reports belong to no step: the party that checks creates them.
///
/// # Errors
///
/// When the step does not capture the kind.
pub fn of_step(step: Option<Step>, said: Option<Kind>) -> Result<Option<Kind>, NotOfStep> {
    let only = match step {
        None => return said.filter(|kind| !is_read_out(*kind)).map(Some).ok_or(NotOfStep),
        Some(Step::IdDocument) => {
            return match said {
                None | Some(Kind::IdCard | Kind::Passport | Kind::ResidencePermit) => Ok(said),
                Some(
                    Kind::DriversLicense
                    | Kind::CarRegistration
                    | Kind::AddressProof
                    | Kind::FacePhoto
                    | Kind::Report,
                ) => Err(NotOfStep),
            };
        }
        Some(Step::DrivingLicense) => Kind::DriversLicense,
        Some(Step::CarRegistrationDocument) => Kind::CarRegistration,
        Some(Step::AddressProof) => Kind::AddressProof,
    };
    if said.is_none_or(|said| said == only) { Ok(Some(only)) } else { Err(NotOfStep) }
}

/// Returns whether data is read from this kind of document. Other kinds consist of their image only.
#[must_use]
pub const fn is_read_out(kind: Kind) -> bool {
    match kind {
        Kind::IdCard
        | Kind::Passport
        | Kind::ResidencePermit
        | Kind::DriversLicense
        | Kind::CarRegistration
        | Kind::AddressProof => true,
        Kind::FacePhoto | Kind::Report => false,
    }
}

/// Returns the images that a document can have, except for the selfie, which belongs to the session. A
/// passport has its photo and its data on one page: it has no other side to show, only images cropped from
/// it.
#[must_use]
pub const fn room(kind: Option<Kind>) -> &'static [Image] {
    match kind {
        Some(Kind::Passport) => &[Front, Photo, FrontCropped, BackCropped],
        Some(Kind::AddressProof) => &[Front, FrontCropped],
        Some(Kind::FacePhoto) => &[Photo],
        Some(Kind::Report) => &[Front],
        None | Some(Kind::IdCard | Kind::ResidencePermit | Kind::DriversLicense | Kind::CarRegistration) => {
            &[Front, Back, Photo, FrontCropped, BackCropped]
        }
    }
}

/// Returns the name of the kind in the user verification API.
#[must_use]
pub const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::IdCard => "ID Card",
        Kind::Passport => "Passport",
        Kind::ResidencePermit => "Residence Permit",
        Kind::DriversLicense => "Driver License",
        Kind::CarRegistration => "Car Registration",
        Kind::AddressProof => "Address Proof",
        Kind::FacePhoto => "Face Photo",
        Kind::Report => "Report",
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn a_step_accepts_exactly_its_document_types() {
        for step in Step::iter() {
            for kind in Kind::iter() {
                let fits = match step {
                    Step::IdDocument => matches!(kind, Kind::IdCard | Kind::Passport | Kind::ResidencePermit),
                    Step::DrivingLicense => kind == Kind::DriversLicense,
                    Step::CarRegistrationDocument => kind == Kind::CarRegistration,
                    Step::AddressProof => kind == Kind::AddressProof,
                };
                assert_eq!(
                    of_step(Some(step), Some(kind)),
                    if fits { Ok(Some(kind)) } else { Err(NotOfStep) }
                );
            }
        }
        assert_eq!(of_step(Some(Step::IdDocument), None), Ok(None));
        assert_eq!(of_step(Some(Step::AddressProof), None), Ok(Some(Kind::AddressProof)));
        assert_eq!(of_step(None, None), Err(NotOfStep));
        for kind in Kind::iter() {
            let fits = matches!(kind, Kind::FacePhoto | Kind::Report);
            assert_eq!(of_step(None, Some(kind)), if fits { Ok(Some(kind)) } else { Err(NotOfStep) });
        }
    }
}

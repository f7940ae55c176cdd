//! Documents of every type.

use entity::{document::Kind, document_image, verification_session};
use uuid::Uuid;
use verigraph::document::Fields;

use crate::harness::{NewDocument, TestApp};

/// A document of each type, with a value in every field, and an image.
pub async fn documents(app: &TestApp, session: &verification_session::Model, identification: Uuid) {
    let text = |text: &str| Some(text.to_owned());
    let day = sea_orm::prelude::Date::from_ymd_opt(2020, 7, 15);
    let fields = Fields {
        first_name: text("Ada"),
        last_name: text("Muster"),
        full_name: text("Ada Muster"),
        date_of_birth: day,
        place_of_birth: text("Zurich"),
        sex: text("F"),
        address: text("Street 1"),
        id_number: text("X1"),
        date_of_issue: day,
        date_of_expiration: day,
        issuer: text("City"),
        mrz: vec!["P<".to_owned()],
        doc_types: Some(vec!["bill".to_owned()]),
    };
    for kind in [
        None,
        Some(Kind::IdCard),
        Some(Kind::Passport),
        Some(Kind::ResidencePermit),
        Some(Kind::DriversLicense),
        Some(Kind::CarRegistration),
        Some(Kind::AddressProof),
        Some(Kind::FacePhoto),
        Some(Kind::Report),
    ] {
        let (fields, identification) = (fields.clone(), Some(identification));
        let new = NewDocument { step: verification_session::Step::IdDocument, kind, fields, identification };
        let document = app.document(session, new).await;
        app.image(&document, document_image::Kind::Front).await;
    }
}

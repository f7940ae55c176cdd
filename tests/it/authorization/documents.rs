//! Documents of every type, and what identifications and proofing requests have besides their rows.

use entity::{
    Timestamp,
    document::{self, Finding, Findings, Kind},
    document_image, identification_source, proofing_request, verification_session,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, sea_query::Expr};
use uuid::Uuid;
use verigraph::document::Fields;

use crate::harness::{NewDocument, TestApp};

/// A zone whose number has another check digit, and one that has no known format.
const ZONES: [&[&str]; 2] =
    [&["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458901UTO7408122F1204159<<<<<<<6"], &["P<"]];

/// Two documents of each type, with a value in every field of one of them, and an image. Returns the id of an image.
pub async fn documents(app: &TestApp, session: &verification_session::Model, identification: Uuid) -> Uuid {
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
        mrz: Vec::new(),
        doc_types: Some(vec!["bill".to_owned()]),
    };
    let mut image = Uuid::nil();
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
        for zone in ZONES {
            let mrz = zone.iter().map(|line| (*line).to_owned()).collect();
            let (fields, identification) = (Fields { mrz, ..fields.clone() }, Some(identification));
            let step = verification_session::Step::IdDocument;
            let document = app.document(session, NewDocument { step, kind, fields, identification }).await;
            image = app.image(&document, document_image::Kind::Front).await.id;
        }
    }
    let findings = Findings(vec![Finding::Expired, Finding::MrzNumberCheckDigit]);
    document::Entity::update_many()
        .col_expr(document::Column::Findings, Expr::value(findings))
        .exec(app.store.write())
        .await
        .unwrap();
    image
}

/// Stores that the images of proofing requests are there.
pub async fn proofing_images(app: &TestApp) {
    proofing_request::Entity::update_many()
        .col_expr(proofing_request::Column::OldestImageAt, Expr::value(Timestamp(1)))
        .exec(app.store.write())
        .await
        .unwrap();
}

/// Stores that another provider has made the check of an identification.
pub async fn provider(app: &TestApp, identification: Uuid) {
    let source = identification_source::Model {
        identification_id: identification,
        project_id: app.project,
        provider: "desk".to_owned(),
        reference: "1".to_owned(),
    };
    let insert = identification_source::Entity::insert(source.into_active_model().reset_all());
    insert.exec(app.store.write()).await.unwrap();
}

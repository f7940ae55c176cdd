use async_graphql::{Context, Union};
use entity::{
    document::{self, Kind},
    user,
};

use super::object::{
    AddressProofDocument, CarRegistrationDocument, DecryptedDocument, DriversLicenseDocument,
    FacePhotoDocument, IdCardDocument, PassportDocument, ReportDocument, ResidencePermitDocument,
    UnclassifiedDocument,
};
use crate::{
    Error, Result,
    document::Fields,
    graphql::{ContextExt, loader::load},
    user::graphql::UserById,
};

/// A document that was captured for a user.
#[derive(Union)]
pub enum IdentificationDocument {
    IdCard(IdCardDocument),
    Passport(PassportDocument),
    ResidencePermit(ResidencePermitDocument),
    Unclassified(UnclassifiedDocument),
    DriversLicense(DriversLicenseDocument),
    CarRegistration(CarRegistrationDocument),
    AddressProof(AddressProofDocument),
    FacePhoto(FacePhotoDocument),
    Report(ReportDocument),
}

impl IdentificationDocument {
    /// Decrypts a document of a user.
    ///
    /// # Errors
    ///
    /// When the database fails, or the row was tampered with.
    pub async fn of(ctx: &Context<'_>, user: &user::Model, row: document::Model) -> Result<Self> {
        let fields = Fields::of(&ctx.request()?.vault, user, &row).await?;
        let kind = row.kind;
        let opened = DecryptedDocument { row, fields };
        Ok(match kind {
            None => Self::Unclassified(UnclassifiedDocument(opened)),
            Some(Kind::IdCard) => Self::IdCard(IdCardDocument(opened)),
            Some(Kind::Passport) => Self::Passport(PassportDocument(opened)),
            Some(Kind::ResidencePermit) => Self::ResidencePermit(ResidencePermitDocument(opened)),
            Some(Kind::DriversLicense) => Self::DriversLicense(DriversLicenseDocument(opened)),
            Some(Kind::CarRegistration) => Self::CarRegistration(CarRegistrationDocument(opened)),
            Some(Kind::AddressProof) => Self::AddressProof(AddressProofDocument(opened)),
            Some(Kind::FacePhoto) => Self::FacePhoto(FacePhotoDocument(opened)),
            Some(Kind::Report) => Self::Report(ReportDocument(opened)),
        })
    }

    /// Decrypts documents, all of the same user.
    ///
    /// # Errors
    ///
    /// When the database fails, or a row was tampered with.
    pub async fn all(ctx: &Context<'_>, rows: Vec<document::Model>) -> Result<Vec<Self>> {
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let user = load(ctx, UserById(first.user_id)).await?;
        let user = user.ok_or(Error::Fault("the user of a document no longer exists"))?;
        let mut documents = Vec::new();
        for row in rows {
            documents.push(Self::of(ctx, &user, row).await?);
        }
        Ok(documents)
    }
}

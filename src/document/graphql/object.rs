//! The union of documents: the data that each type of document exposes.

use async_graphql::{Context, ID, Object, Union};
use entity::{
    document::{self, Kind},
    user,
};

use super::{
    DocumentImage, ImagesOf,
    file::{
        DocumentType, DriversLicenseDocumentFile, IdCardDocumentFile, PassportDocumentFile,
        ReportDocumentFile, ResidencePermitDocumentFile,
    },
    finding::{DocumentFinding, MrzStatus},
};
use crate::{
    Error, Result,
    document::Fields,
    graphql::{ContextExt, Date, DateTime, loader::load},
    session::graphql::VerificationStep,
    user::graphql::UserById,
};

type Texts = Vec<String>;

/// A document with its decrypted data.
pub struct DecryptedDocument {
    row: document::Model,
    fields: Fields,
}

/// Defines an object type of the union: the fields of every document, the type and files if the published
/// schemas have them, and the fields of the type itself.
macro_rules! document {
    ($(#[$about:meta])* $name:ident $([$type:ident $($file:ident)?])? { $($functions:tt)* }) => {
        $(#[$about])*
        pub struct $name(pub DecryptedDocument);

        $(#[$about])*
        #[Object]
        impl $name {
            /// Id of the document.
            pub(crate) async fn id(&self) -> ID {
                self.0.row.id.into()
            }

            /// The document's images, oldest first.
            async fn images(&self, ctx: &Context<'_>) -> Result<Option<Vec<DocumentImage>>> {
                let rows = load(ctx, ImagesOf(self.0.row.id)).await?.unwrap_or_default();
                Ok(Some(rows.into_iter().map(DocumentImage).collect()))
            }

            /// Time of submission.
            async fn created_at(&self) -> DateTime {
                DateTime(self.0.row.created_at)
            }

            $(
                /// The type of the document.
                #[graphql(name = "type")]
                async fn kind(&self) -> DocumentType {
                    DocumentType::$type
                }

                $(
                    /// The document's files, one for each image, oldest first.
                    async fn files(&self, ctx: &Context<'_>) -> Result<Vec<$file>> {
                        let rows = load(ctx, ImagesOf(self.0.row.id)).await?.unwrap_or_default();
                        Ok(rows.into_iter().map(|row| $file(DocumentImage(row))).collect())
                    }
                )?
            )?

            $($functions)*
        }
    };
}

/// Defines object types with data read from the document. Each field has a name for clients, a description
/// and the name under which it is stored.
macro_rules! read_out {
    ($($(#[$about:meta])* $name:ident $(@ $known:tt)? {
        $($(#[$of:meta])* $field:ident: $shown:ident = $kept:ident,)*
    })*) => {$(
        document! {
            $(#[$about])*
            $name $($known)? {
                /// The step of the session in which the document was captured. Null if it was not captured in
                /// a step.
                async fn step(&self) -> Option<VerificationStep> {
                    self.0.row.step.map(Into::into)
                }

                /// Result of the check of the machine-readable zone.
                async fn mrz_status(&self) -> MrzStatus {
                    self.0.row.mrz_status.into()
                }

                /// Lines of the machine-readable zone, as read.
                async fn mrz_lines(&self) -> &[String] {
                    &self.0.fields.mrz
                }

                /// The machine-readable zone as one text, with lines separated by line breaks. Null if none
                /// was read.
                async fn mrz(&self) -> Option<String> {
                    let lines = &self.0.fields.mrz;
                    (!lines.is_empty()).then(|| lines.join("\n"))
                }

                /// Properties of the document that a person should review.
                async fn findings(&self) -> Vec<DocumentFinding> {
                    self.0.row.findings.0.iter().map(|finding| (*finding).into()).collect()
                }

                /// Face match score from 0 to 100, on the scale of the system that compared the faces.
                async fn match_level(&self) -> Option<i32> {
                    self.0.row.match_level
                }

                $(
                    $(#[$of])*
                    async fn $field(&self) -> Option<$shown> {
                        Some(self.0.fields.$kept.clone()?.into())
                    }
                )*
            }
        }
    )*};
}

/// Defines the types of identity documents, which all have the same fields.
macro_rules! identity_documents {
    ($($(#[$about:meta])* $name:ident $(@ $known:tt)?)*) => {
        read_out! {$(
            $(#[$about])*
            $name $(@ $known)? {
                /// The given names.
                first_name: String = first_name,
                /// The family name.
                last_name: String = last_name,
                /// The day of birth.
                date_of_birth: Date = date_of_birth,
                /// The place of birth.
                place_of_birth: String = place_of_birth,
                /// The sex, as in the document.
                sex: String = sex,
                /// The address.
                address: String = address,
                /// The number of the document.
                id_number: String = id_number,
                /// The number of the document. Same as `idNumber`, under the published name.
                number: String = id_number,
                /// The day of issue.
                date_of_issue: Date = date_of_issue,
                /// The day of issue. Same as `dateOfIssue`, under the published name.
                issue_date: Date = date_of_issue,
                /// Last day of validity.
                date_of_expiration: Date = date_of_expiration,
                /// Last day of validity. Same as `dateOfExpiration`, under the published name.
                expiry_date: Date = date_of_expiration,
                /// The authority that issued the document.
                issuing_authority: String = issuer,
            }
        )*}
    };
}

identity_documents! {
    /// A passport.
    PassportDocument @ [Passport PassportDocumentFile]
    /// An identity card.
    IdCardDocument @ [IdCard IdCardDocumentFile]
    /// A residence permit.
    ResidencePermitDocument @ [ResidencePermit ResidencePermitDocumentFile]
    /// An identity document whose type is not known.
    UnclassifiedDocument
}

read_out! {
    /// A driver's license.
    DriversLicenseDocument @ [DriversLicense DriversLicenseDocumentFile] {
        /// The given names.
        first_name: String = first_name,
        /// The family name.
        last_name: String = last_name,
        /// The day of birth.
        date_of_birth: Date = date_of_birth,
        /// The address.
        address: String = address,
        /// The number of the document.
        id_number: String = id_number,
        /// The day of issue.
        date_of_issue: Date = date_of_issue,
        /// Last day of validity.
        date_of_expiration: Date = date_of_expiration,
        /// The authority that issued the document.
        issuing_authority: String = issuer,
    }
    /// The registration of a car.
    CarRegistrationDocument {
        /// The name of the holder.
        full_name: String = full_name,
        /// The address of the holder.
        address: String = address,
        /// The number of the registration.
        id_number: String = id_number,
        /// The day of issue.
        date_of_issue: Date = date_of_issue,
        /// The authority that issued the document.
        issuing_authority: String = issuer,
    }
    /// A proof of the user's address.
    AddressProofDocument {
        /// Kinds of proof of address, as free text.
        doc_types: Texts = doc_types,
        /// Name of the addressee.
        full_name: String = full_name,
        /// The address.
        address: String = address,
        /// The day of issue.
        issue_date: Date = date_of_issue,
        /// Issuer of the document.
        issuer_name: String = issuer,
    }
}

document! {
    /// The user's face, photographed during the check.
    FacePhotoDocument [Face] {
        /// Score of the match with the photo of the document, from 0 to 100, on the scale of the system that
        /// compared the faces.
        async fn match_level(&self) -> Option<i32> {
            self.0.row.match_level
        }
    }
}

document! {
    /// The report about the check, as an image.
    ReportDocument [Report ReportDocumentFile] {}
}

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

//! The union of documents: what each type shows of what was read out.

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
use crate::document::Fields;
use crate::{
    Error, Result,
    graphql::{ContextExt, Date, DateTime, loader::load},
    session::graphql::VerificationStep,
    user::graphql::UserById,
};

type Texts = Vec<String>;

/// A document, opened.
pub struct DecryptedDocument {
    row: document::Model,
    fields: Fields,
}

/// An object type of the union: what every document has, its type and files where published documents name them, and what
/// its own type has besides.
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

            /// Its images, the oldest first.
            async fn images(&self, ctx: &Context<'_>) -> Result<Option<Vec<DocumentImage>>> {
                let rows = load(ctx, ImagesOf(self.0.row.id)).await?.unwrap_or_default();
                Ok(Some(rows.into_iter().map(DocumentImage).collect()))
            }

            /// When it was submitted.
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
                    /// The files of the document, one for each of its images, the oldest first.
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

/// Types that something is read out of, each with the fields that it shows: what the client calls it, what it is, and where
/// it is kept.
macro_rules! read_out {
    ($($(#[$about:meta])* $name:ident $(@ $known:tt)? {
        $($(#[$of:meta])* $field:ident: $shown:ident = $kept:ident,)*
    })*) => {$(
        document! {
            $(#[$about])*
            $name $($known)? {
                /// The step of the session that it was captured in; `null` if it was captured otherwise.
                async fn step(&self) -> Option<VerificationStep> {
                    self.0.row.step.map(Into::into)
                }

                /// What its machine-readable zone is worth.
                async fn mrz_status(&self) -> MrzStatus {
                    self.0.row.mrz_status.into()
                }

                /// The lines of the machine-readable zone, as they were read.
                async fn mrz_lines(&self) -> &[String] {
                    &self.0.fields.mrz
                }

                /// The machine-readable zone as one text, its lines joined by line breaks; null if none was read.
                async fn mrz(&self) -> Option<String> {
                    let lines = &self.0.fields.mrz;
                    (!lines.is_empty()).then(|| lines.join("\n"))
                }

                /// What is odd about it.
                async fn findings(&self) -> Vec<DocumentFinding> {
                    self.0.row.findings.0.iter().map(|finding| (*finding).into()).collect()
                }

                /// How well the faces match, as whoever compared them counts.
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

/// Types that say who somebody is: all of them show the same.
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
                /// The number of the document, under its published name.
                number: String = id_number,
                /// The day of issue.
                date_of_issue: Date = date_of_issue,
                /// The day of issue, under its published name.
                issue_date: Date = date_of_issue,
                /// The last day it is good for.
                date_of_expiration: Date = date_of_expiration,
                /// The last day it is good for, under its published name.
                expiry_date: Date = date_of_expiration,
                /// Who issued it.
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
    /// An identity document of which nobody has said what it is.
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
        /// The last day it is good for.
        date_of_expiration: Date = date_of_expiration,
        /// Who issued it.
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
        /// Who issued it.
        issuing_authority: String = issuer,
    }
    /// Something that shows where a user lives.
    AddressProofDocument {
        /// What it is, in words.
        doc_types: Texts = doc_types,
        /// The name of whom it is addressed to.
        full_name: String = full_name,
        /// The address.
        address: String = address,
        /// The day of issue.
        issue_date: Date = date_of_issue,
        /// Who issued it.
        issuer_name: String = issuer,
    }
}

document! {
    /// The face of the user, taken while the user was checked.
    FacePhotoDocument [Face] {
        /// How well it matches the photo of the document, as whoever compared them counts.
        async fn match_level(&self) -> Option<i32> {
            self.0.row.match_level
        }
    }
}

document! {
    /// What whoever checked the user wrote about it, as an image.
    ReportDocument [Report ReportDocumentFile] {}
}

/// What was captured of a user.
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
    /// A document as the graph shows it.
    ///
    /// # Errors
    ///
    /// When the database fails, or the row was changed.
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

    /// Documents of one user.
    ///
    /// # Errors
    ///
    /// Likewise.
    pub async fn all(ctx: &Context<'_>, rows: Vec<document::Model>) -> Result<Vec<Self>> {
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let user = load(ctx, UserById(first.user_id)).await?;
        let user = user.ok_or(Error::Fault("the user of a document is gone"))?;
        let mut documents = Vec::new();
        for row in rows {
            documents.push(Self::of(ctx, &user, row).await?);
        }
        Ok(documents)
    }
}

//! The data that each type of document exposes.

use async_graphql::{Context, ID, Object};
use entity::document;

use super::{
    DocumentImage, ImagesOf,
    file::{
        DocumentType, DriversLicenseDocumentFile, IdCardDocumentFile, PassportDocumentFile,
        ReportDocumentFile, ResidencePermitDocumentFile,
    },
    finding::{DocumentFinding, MrzStatus},
    mrz::{MrzField, MrzProblem},
};
use crate::{
    Result,
    document::{Fields, mrz},
    graphql::{Date, DateTime, loader::load},
    session::graphql::VerificationStep,
};

type Texts = Vec<String>;

/// A document with its decrypted data.
pub struct DecryptedDocument {
    pub(super) row: document::Model,
    pub(super) fields: Fields,
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

                /// The fields of the machine-readable zone, each with its position and its check digit. Null if
                /// none was read, or if it has no known format.
                async fn mrz_fields(&self) -> Option<Vec<MrzField>> {
                    let findings = &self.0.row.findings.0;
                    let fields = mrz::fields(&self.0.fields.mrz)?.into_iter();
                    Some(fields.map(|field| MrzField::of(field, findings)).collect())
                }

                /// What is wrong with the form of the machine-readable zone. Null if it has a known format, or
                /// if none was read.
                async fn mrz_problem(&self) -> Option<MrzProblem> {
                    mrz::form_problem(&self.0.fields.mrz).map(MrzProblem::from)
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

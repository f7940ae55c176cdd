//! Files of documents, with the types of the identification APIs' published schemas.

use async_graphql::{Context, Enum, Interface, Object};
use entity::document_image::Kind;

use super::DocumentImage;
use crate::{Result, graphql::ContextExt};

/// The type of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum DocumentType {
    /// An identity card.
    IdCard,
    /// A passport.
    Passport,
    /// A residence permit.
    ResidencePermit,
    /// A driver's license.
    DriversLicense,
    /// A photo of the user's face.
    Face,
    /// The report of the check.
    Report,
}

/// The side of a document that a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase")]
pub enum DocumentFileSide {
    /// The side with the photo.
    SideA,
    /// The other side.
    SideB,
    /// Both sides in one file.
    BothSides,
    /// A part of the document, or a side that is not known.
    Unknown,
}

impl From<Kind> for DocumentFileSide {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Front | Kind::FrontCropped => Self::SideA,
            Kind::Back | Kind::BackCropped => Self::SideB,
            Kind::Photo | Kind::Selfie => Self::Unknown,
        }
    }
}

/// Defines the object type for the files of one type of document.
macro_rules! document_file {
    ($(#[$about:meta])* $name:ident { $($functions:tt)* }) => {
        $(#[$about])*
        pub struct $name(pub(super) DocumentImage);

        $(#[$about])*
        #[Object]
        impl $name {
            /// URL to download the file from. It is valid once, for one minute, and needs no token. An
            /// absolute URL, or a path on this server if the server does not know its own address.
            pub(crate) async fn download_url(&self, ctx: &Context<'_>) -> Result<String> {
                self.0.opened(ctx.request()?).await
            }

            $($functions)*
        }
    };
}

/// Like `document_file`, for types whose files show one side.
macro_rules! sided_files {
    ($($(#[$about:meta])* $name:ident)*) => {$(
        document_file! {
            $(#[$about])*
            $name {
                /// The side of the document that the file shows.
                async fn side(&self) -> DocumentFileSide {
                    self.0.0.kind.into()
                }
            }
        }
    )*};
}

sided_files! {
    /// A file of an identity card.
    IdCardDocumentFile
    /// A file of a passport.
    PassportDocumentFile
    /// A file of a residence permit.
    ResidencePermitDocumentFile
    /// A file of a driver's license.
    DriversLicenseDocumentFile
}

document_file! {
    /// A file of a report.
    ReportDocumentFile {}
}

/// A file of a document.
#[derive(Interface)]
#[graphql(field(
    name = "download_url",
    ty = "String",
    desc = "URL to download the file from. It is valid once, for one minute, and needs no token. An absolute URL, or a path on this server if the server does not know its own address."
))]
pub enum DocumentFile {
    IdCard(IdCardDocumentFile),
    Passport(PassportDocumentFile),
    ResidencePermit(ResidencePermitDocumentFile),
    DriversLicense(DriversLicenseDocumentFile),
    Report(ReportDocumentFile),
}

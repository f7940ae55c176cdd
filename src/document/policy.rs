//! Who may read which fields and use which paths of this concept.

use crate::auth::{
    Permission::{DocumentsView, SessionsEdit},
    policy::rule::{
        DataClass::{Personal, Plain},
        Requirement::{One, OrRejected, Token},
        Route, Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("Identification", One(DocumentsView), Personal, &["documents"]),
    ("VerificationSession", One(DocumentsView), Personal, &["documents"]),
    ("Query", One(DocumentsView), Personal, &["documentImage"]),
    ("Mutation", OrRejected(SessionsEdit), Plain, &["submitSessionDocument"]),
    ("SubmitSessionDocumentSuccessPayload", Token, Plain, &["documentId", "uploads"]),
    ("SubmitSessionDocumentSuccessPayload", One(DocumentsView), Personal, &["document"]),
    ("DocumentImageUpload", Token, Plain, &["kind", "url", "expiresAt"]),
    ("PassportDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("PassportDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("IdCardDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("IdCardDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("ResidencePermitDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("ResidencePermitDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("UnclassifiedDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("UnclassifiedDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("DriversLicenseDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["firstName", "lastName", "dateOfBirth"]),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["address", "idNumber", "issuingAuthority"]),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["dateOfIssue", "dateOfExpiration"]),
    ("CarRegistrationDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("CarRegistrationDocument", One(DocumentsView), Personal, &["fullName", "address", "idNumber"]),
    ("CarRegistrationDocument", One(DocumentsView), Personal, &["dateOfIssue", "issuingAuthority"]),
    ("AddressProofDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("AddressProofDocument", One(DocumentsView), Personal, &["docTypes", "fullName", "address"]),
    ("AddressProofDocument", One(DocumentsView), Personal, &["issueDate", "issuerName"]),
    ("FacePhotoDocument", One(DocumentsView), Personal, &["id", "type", "matchLevel", "images", "createdAt"]),
    ("ReportDocument", One(DocumentsView), Personal, &["id", "type", "images", "files", "createdAt"]),
    ("PassportDocument", One(DocumentsView), Personal, &["type", "files"]),
    ("IdCardDocument", One(DocumentsView), Personal, &["type", "files"]),
    ("ResidencePermitDocument", One(DocumentsView), Personal, &["type", "files"]),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["type", "files"]),
    ("PassportDocumentFile", One(DocumentsView), Personal, &["downloadUrl", "side"]),
    ("IdCardDocumentFile", One(DocumentsView), Personal, &["downloadUrl", "side"]),
    ("ResidencePermitDocumentFile", One(DocumentsView), Personal, &["downloadUrl", "side"]),
    ("DriversLicenseDocumentFile", One(DocumentsView), Personal, &["downloadUrl", "side"]),
    ("ReportDocumentFile", One(DocumentsView), Personal, &["downloadUrl"]),
    (
        "MrzField",
        One(DocumentsView),
        Personal,
        &["name", "line", "from", "to", "read", "digitRead", "digitDue"],
    ),
    ("MrzField", One(DocumentsView), Personal, &["finding"]),
    ("MrzProblem", One(DocumentsView), Personal, &["lineLengths", "expectedLines", "expectedLength"]),
    ("DocumentImage", One(DocumentsView), Personal, &["id", "kind", "contentType", "width", "height"]),
    ("DocumentImage", One(DocumentsView), Personal, &["uploadedAt", "url", "thumbnailUrl"]),
];

/// The paths. A path with several rows needs all of their permissions.
pub const ROUTES: &[Route] = &[("GET", "/v2/images/{id}", One(DocumentsView))];

/// Fields of every document type.
const OF_DOCUMENTS: &[&str] = &[
    "id",
    "step",
    "mrzStatus",
    "mrzLines",
    "mrz",
    "mrzFields",
    "mrzProblem",
    "findings",
    "matchLevel",
    "images",
    "createdAt",
];
/// Fields of the document types that identify a person.
const OF_IDENTITY_DOCUMENTS: &[&str] = &[
    "firstName",
    "lastName",
    "dateOfBirth",
    "placeOfBirth",
    "sex",
    "address",
    "idNumber",
    "number",
    "dateOfIssue",
    "issueDate",
    "dateOfExpiration",
    "expiryDate",
    "issuingAuthority",
];

//! Who may read which fields and use which paths of this concept.

use crate::auth::{
    Permission::{DocumentsView, IdproofingAdd, IdproofingEdit, IdproofingView, UsersView},
    policy::rule::{
        DataClass::{Personal, Plain},
        Requirement::{One, OrRejected, Token},
        Route, Row,
    },
};

/// The fields.
pub const FIELDS: &[Row] = &[
    ("User", One(IdproofingView), Plain, &["proofingRequests"]),
    ("Query", One(IdproofingView), Plain, &["proofingRequest", "proofingRequests"]),
    ("Query", One(IdproofingView), Plain, &["proofingRequestCounts"]),
    ("ProofingCount", One(IdproofingView), Plain, &["day", "device", "state", "document", "faceMatch"]),
    ("ProofingCount", One(IdproofingView), Plain, &["count"]),
    ("ProofingRequestConnection", One(IdproofingView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("ProofingRequestEdge", One(IdproofingView), Plain, &["node", "cursor"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["id", "requestTime", "state", "deviceCheckResult"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["documentAuthenticationResult", "faceMatch"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["faceMatchScore", "version"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["frontImageClassified", "frontImageUploadTime"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["backImageClassified", "backImageUploadTime"]),
    ("ProofingRequest", One(UsersView), Plain, &["user"]),
    // Proofing requests are reached with IDPROOFING:VIEW only.
    ("ProofingRequest", One(DocumentsView), Personal, &["images"]),
    ("ProofingImage", One(DocumentsView), Personal, &["side", "uploadedAt", "url"]),
    ("Mutation", OrRejected(IdproofingAdd), Plain, &["createProofingRequest"]),
    ("Mutation", OrRejected(IdproofingEdit), Plain, &["generateProofingImageUploadUrl"]),
    ("Mutation", OrRejected(IdproofingEdit), Plain, &["completeProofingRequest"]),
    ("CreateProofingRequestSuccessPayload", Token, Plain, &["requestId"]),
    ("CreateProofingRequestSuccessPayload", One(IdproofingView), Plain, &["proofingRequest"]),
    ("CompleteProofingRequestSuccessPayload", Token, Plain, &["requestId"]),
    ("CompleteProofingRequestSuccessPayload", One(IdproofingView), Plain, &["proofingRequest"]),
    ("GenerateProofingImageUploadUrlSuccessPayload", Token, Plain, &["url", "expiresAt"]),
];

/// The paths. A path with several rows needs all of their permissions.
pub const ROUTES: &[Route] = &[
    ("POST", "/api/web/v1/idproofing", One(IdproofingView)),
    ("GET", "/api/web/v1/idproofing/{requestId}", One(IdproofingView)),
    ("POST", "/api/web/v1/idproofing/init", One(IdproofingAdd)),
    ("PUT", "/api/web/v1/idproofing/{requestId}/image/{side}", One(IdproofingEdit)),
    ("PUT", "/api/web/v1/idproofing/{requestId}/complete", One(IdproofingEdit)),
];

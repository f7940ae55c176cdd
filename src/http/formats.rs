use crate::{
    http::{
        error_format::{ErrorFormat, GRAPHQL},
        oauth, rest,
        token_form::Form,
    },
    member, proofing, result, session, verification,
};

/// The APIs whose errors differ from those of GraphQL.
pub(super) static ERROR_FORMATS: [ErrorFormat; 13] = [
    rest::format::<proofing::rest::answer::Body>("/api/web/v1", "IdProofingError"),
    rest::format::<proofing::rest::answer::Body>("/uploads", "IdProofingError"),
    rest::format::<verification::rest::answer::Body>("/api/v2", "VerificationError"),
    rest::format::<verification::rest::answer::Body>("/v2/verifications", "VerificationError"),
    rest::format::<result::rest::answer::Body>("/v1/integration", "VerificationResultError"),
    rest::format::<result::rest::answer::Body>("/v1/verification", "VerificationResultError"),
    rest::format::<session::rest::answer::Body>("/v2/sessions", "SessionError"),
    rest::format::<session::rest::answer::Body>("/v2/users", "SessionError"),
    rest::format::<session::rest::answer::Body>("/v2/images", "SessionError"),
    rest::format::<session::rest::answer::Body>("/sessions", "SessionError"),
    rest::format::<session::rest::answer::Body>("/images", "SessionError"),
    rest::format::<member::rest::error::Body>("/auth", "AuthError"),
    ErrorFormat::new("/oauth2", oauth::refused, "TokenError", Form::Named),
];

/// The error format of a path.
#[must_use]
pub fn error_format(path: &str) -> &'static ErrorFormat {
    ERROR_FORMATS.iter().find(|format| format.covers(path)).unwrap_or(&GRAPHQL)
}

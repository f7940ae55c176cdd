use crate::{
    http::{
        error_format::{ErrorFormat, GRAPHQL},
        oauth,
        token_form::Form,
    },
    proofing, result, session, verification,
};

/// The APIs whose errors differ from those of GraphQL.
pub(super) static ERROR_FORMATS: [ErrorFormat; 12] = [
    ErrorFormat::new("/api/web/v1", proofing::rest::refused, "IdProofingError", Form::NamedOrBare),
    ErrorFormat::new("/uploads", proofing::rest::refused, "IdProofingError", Form::NamedOrBare),
    ErrorFormat::new("/api/v2", verification::rest::refused, "VerificationError", Form::Named),
    ErrorFormat::new("/v2/verifications", verification::rest::refused, "VerificationError", Form::Named),
    ErrorFormat::new("/v1/integration", result::rest::refused, "VerificationResultError", Form::ServerToken),
    ErrorFormat::new("/v1/verification", result::rest::refused, "VerificationResultError", Form::ServerToken),
    ErrorFormat::new("/v2/sessions", session::rest::refused, "SessionError", Form::Key),
    ErrorFormat::new("/v2/users", session::rest::refused, "SessionError", Form::Key),
    ErrorFormat::new("/v2/images", session::rest::refused, "SessionError", Form::Key),
    ErrorFormat::new("/sessions", session::rest::refused, "SessionError", Form::Key),
    ErrorFormat::new("/images", session::rest::refused, "SessionError", Form::Key),
    ErrorFormat::new("/oauth2", oauth::refused, "TokenError", Form::Named),
];

/// The error format of a path.
#[must_use]
pub fn error_format(path: &str) -> &'static ErrorFormat {
    ERROR_FORMATS.iter().find(|format| format.covers(path)).unwrap_or(&GRAPHQL)
}

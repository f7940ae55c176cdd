use std::fmt;

use crate::FetchError;

/// A document that a provider serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    Discovery,
    Keys,
    Token,
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Discovery => "discovery document",
            Self::Keys => "key set",
            Self::Token => "token response",
        })
    }
}

/// Why a person is not signed in. The messages are for the operator's log and for `oidc test`; they contain
/// nothing of a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    #[error("the operating system provides no randomness")]
    NoRandomness,
    #[error("the provider's {document} cannot be read: {source}")]
    Unreachable { document: Document, source: FetchError },
    #[error("the provider's {document} was answered with status {status}")]
    Status { document: Document, status: u16 },
    #[error("the provider's {document} is malformed: {reason}")]
    Malformed { document: Document, reason: String },
    #[error("the provider calls itself `{found}`, not `{expected}`: configure the issuer exactly as it is")]
    Issuer { expected: String, found: String },
    #[error("the provider's {endpoint} is not an https address")]
    Endpoint { endpoint: &'static str },
    #[error("the provider signs ID tokens by none of RS256, PS256, ES256 and EdDSA")]
    NoCommonAlgorithm,
    #[error("the sign-in was not started here, or by another browser, or is over: start it again")]
    Transaction,
    #[error("the sign-in took longer than 10 minutes: start it again")]
    Expired,
    #[error("`state` is not that of the sign-in that was started")]
    State,
    #[error("the response is from another provider: `iss` is missing or wrong")]
    ResponseIssuer,
    /// The person or the provider declined.
    #[error("the provider answered `{code}`")]
    Denied { code: String },
    #[error("the provider's response has no `code`")]
    NoCode,
    #[error("the provider refused to give a token: `{code}`")]
    TokenRefused { code: String },
    #[error("the ID token is malformed")]
    MalformedToken,
    #[error("the ID token's `alg` is not one of RS256, PS256, ES256 and EdDSA")]
    Algorithm,
    #[error("the ID token is signed with a key that the provider does not publish for it")]
    UnknownKey,
    #[error("the ID token's signature is wrong")]
    Signature,
    #[error("the ID token's `{claim}` is missing or wrong")]
    Claim { claim: &'static str },
    #[error("the ID token has expired")]
    TokenExpired,
    #[error("the provider does not prove by `auth_time` that the person signed in anew")]
    NotFresh,
    #[error(
        "the person has too many groups for the provider to list in `{claim}`: let it send the groups of this application alone"
    )]
    TooManyGroups { claim: String },
}

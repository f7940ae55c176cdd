use webauthn_rs::prelude::WebauthnError;

/// Why an installation cannot have passkeys, with a message for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelyingPartyError {
    #[error("passkeys need a complete public URL, such as https://verify.example.org")]
    Malformed,
    #[error(
        "an IP address has no passkeys: give the server a name, and use it in the public URL instead of {address}"
    )]
    IpAddress { address: String },
    #[error("passkeys need https: the public URL begins with http, and its host is not localhost")]
    NotSecure,
}

/// Why a ceremony is refused. The messages are for logs; to the person it is one failure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    #[error("the state of the ceremony cannot be read, or is that of another kind of ceremony")]
    State,
    #[error("the stored passkey cannot be read")]
    Stored,
    #[error("the browser's response is not that of a passkey")]
    Malformed,
    #[error("the response has no user handle: the passkey is not discoverable")]
    NotDiscoverable,
    #[error("the response is of another passkey, or of another account's")]
    OtherPasskey,
    #[error("the response answers another challenge: it is sent again, or the ceremony is over")]
    Challenge,
    #[error("the response was made for another origin or relying party")]
    Origin,
    #[error("the device did not verify the person")]
    NotVerified,
    #[error("the passkey's counter did not grow: the passkey may have been copied")]
    Counter,
    #[error("the signature is wrong")]
    Signature,
    #[error("the passkey is refused: {0}")]
    Refused(String),
}

impl From<WebauthnError> for PasskeyError {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::MismatchedChallenge => Self::Challenge,
            WebauthnError::InvalidRPOrigin
            | WebauthnError::InvalidRPIDHash
            | WebauthnError::CredentialCrossOrigin => Self::Origin,
            WebauthnError::UserNotPresent | WebauthnError::UserNotVerified => Self::NotVerified,
            WebauthnError::CredentialPossibleCompromise => Self::Counter,
            WebauthnError::AuthenticationFailure => Self::Signature,
            WebauthnError::CredentialNotFound => Self::OtherPasskey,
            WebauthnError::InvalidUserUniqueId => Self::NotDiscoverable,
            other => Self::Refused(format!("{other:?}")),
        }
    }
}

crate::rejections! {
    /// The member has not proved its identity by passkey, so the change would end its own access.
    PasskeyNeededRejection: "prove your identity by passkey first: the change would end your own access"
    /// The credential does not exist in the project.
    CredentialNotFoundRejection: "the credential does not exist"
    /// A permission does not exist or cannot be combined with tag limits, or a tag is invalid.
    InvalidCredentialRejection: "the permissions or tag limits are invalid"
    /// The new credential would exceed the caller's credential.
    CredentialExceedsRejection: "the credential would have more permissions than the caller's credential"
}

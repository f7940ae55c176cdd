crate::rejections! {
    /// The integration does not exist in the project.
    IntegrationNotFoundRejection: "the integration does not exist"
    /// The verification result does not exist or is not visible to the token.
    VerificationResultNotFoundRejection: "the verification result does not exist or is not visible to the token"
    /// The verification has a different outcome already.
    VerificationResultFinalRejection: "this verification has a different outcome already"
}

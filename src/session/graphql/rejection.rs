crate::rejections! {
    /// The verification session does not exist or is not visible to the token.
    VerificationSessionNotFoundRejection: "the verification session does not exist or is not visible to the token"
    /// The verification session is closed: it accepts no document, and its status is final.
    VerificationSessionClosedRejection: "the verification session is closed"
    /// The verification session cannot change from its present status to the requested one.
    VerificationSessionTransitionRefusedRejection: "the verification session cannot change to this status"
}

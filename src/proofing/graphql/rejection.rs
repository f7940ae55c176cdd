crate::rejections! {
    /// The proofing request does not exist or is not visible to the token.
    ProofingRequestNotFoundRejection: "the proofing request does not exist or is not visible to the token"
    /// The step is not possible: the device was denied, the request is complete, or it has no image yet.
    ProofingStepRefusedRejection: "this step is not possible in the state of the proofing request"
    /// The scenario is invalid, or the project is not a Sandbox project.
    InvalidProofingScenarioRejection: "a scenario requires a Sandbox project and is one of approved, denied, review, forged, no-match, unreadable, or JSON with the keys device, document, score, front, back"
    /// The result is missing, or the score is out of range.
    InvalidProofingOutcomeRejection: "set `documentAuthenticationResult` and, if faces were compared, a `faceMatchScore` from 0 to 100"
}

crate::rejections! {
    /// The result of this provider was added before.
    IdentificationAlreadyAddedRejection: "a result of this provider with this reference exists already"
    /// The identification does not exist or is not visible to the token.
    IdentificationNotFoundRejection: "the identification does not exist or is not visible to the token"
    /// A level of the identification cannot change from its present status to the reported one.
    IdentificationTransitionRefusedRejection: "a level of the identification cannot change to this status"
    /// No level is set, or the process does not award a level, or a status cannot be set.
    InvalidIdentificationLevelsRejection: "set at least one level that the process of the identification awards"
    /// A level is `Invalid` without reasons, or reasons are set without an `Invalid` level.
    InvalidIdentificationErrorReasonsRejection: "set at least one reason if a level becomes `Invalid`, and none otherwise"
}

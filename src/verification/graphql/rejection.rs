crate::rejections! {
    /// The verification level does not exist in the project.
    VerificationLevelNotFoundRejection: "the verification level does not exist"
    /// Another verification level of the project has this name.
    VerificationLevelNameTakenRejection: "another verification level has this name"
    /// Another verification level of the project has this index.
    VerificationLevelIndexTakenRejection: "another verification level has this index"
    /// The user already has this verification level.
    AlreadyAtVerificationLevelRejection: "the user already has this verification level"
}

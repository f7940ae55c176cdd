crate::rejections! {
    /// The project is Live: outcomes cannot be forced.
    NotSandboxRejection: "this mutation is available in Sandbox projects only"
    /// The country does not exist.
    NationalityNotFoundRejection {
        /// Country code of the input.
        identifier: String
    }: "unknown country code"
    /// Another request is advancing the clock of the project.
    SandboxClockBusyRejection: "another request is advancing the clock of the project: retry in a moment"
    /// The identification does not exist in the Sandbox project or is not visible to the token.
    SandboxIdentificationNotFoundRejection: "the identification does not exist or is not visible to the token"
}

crate::rejections! {
    /// The text is not a valid scenario. The message has the line and the column of the error.
    InvalidScenarioRejection: "the text is not a valid scenario"
}

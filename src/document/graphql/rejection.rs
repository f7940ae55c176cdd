crate::rejections! {
    /// The document is invalid for the session.
    InvalidDocumentRejection: "the document is invalid for the session"
}

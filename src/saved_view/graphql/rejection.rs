crate::rejections! {
    /// The view does not exist, or is not visible to the caller.
    SavedViewNotFoundRejection: "the view does not exist"
    /// The query has a filter that views of the page do not have, or a value that the filter does not have.
    InvalidSavedViewRejection: "the query is invalid"
    /// There are as many views as there may be.
    TooManySavedViewsRejection: "there are 50 views, the maximum: delete one first"
}

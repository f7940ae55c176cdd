use async_graphql::ID;

crate::rejections! {
    /// The user does not exist or is not visible to the token.
    UserNotFoundRejection {
        /// Id that was requested.
        id: ID
    }: "the user does not exist or is not visible to the token"
    /// The user is deactivated: no process can start for the user.
    UserDeactivatedRejection: "the user is deactivated"
    /// The user is erased or restricted: no data can be stored for the user.
    UserErasedRejection: "the user is erased or restricted: no data can be stored for it"
    /// The user's data is invalid. The message names the field.
    InvalidUserRejection: "the user's data is invalid"
    /// Another user of the project has this `refId`.
    RefIdTakenRejection: "another user of the project has this refId"
    /// The user has changed since the version that the input expects. Read the user, and decide again.
    UserChangedMeanwhileRejection: "the user has changed since it was read: read it again"
    /// The credential has tag limits: it can only add and remove those tags, and a user has to keep at least
    /// one of them.
    UserTagsNeededRejection: "the credential has tag limits: the user must have one of the credential's tags"
}

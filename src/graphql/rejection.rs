use async_graphql::{ID, Interface, SimpleObject};

use crate::idempotency::StoredRejection;

/// Business refusals: outcomes that a client has to handle, so they are data, each a type of its own.
macro_rules! rejections {
    ($($(#[$about:meta])* $name:ident $({ $(#[$of:meta])* $field:ident: $ty:ty })?: $message:literal)*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, SimpleObject)]
            pub struct $name {
                /// What was refused and why, for a person to read.
                message: String,
                $($(#[$of])* $field: $ty,)?
            }

            impl $name {
                /// The refusal in its usual words.
                #[must_use]
                pub fn new($($field: &str)?) -> Self {
                    Self { message: $message.to_owned() $(, $field: <$ty>::from($field.to_owned()))? }
                }

                /// What was refused and why.
                #[must_use]
                pub fn text(&self) -> &str {
                    &self.message
                }

                /// The refusal in words of its own.
                #[must_use]
                pub fn because(message: impl Into<String> $(, $field: &str)?) -> Self {
                    Self { message: message.into() $(, $field: <$ty>::from($field.to_owned()))? }
                }

                /// What was not found, as the caller wrote it, where the rejection repeats it.
                #[must_use]
                pub fn subject(&self) -> Option<&str> {
                    let subject: &[&str] = &[$(self.$field.as_str())?];
                    subject.first().copied()
                }

                /// The rejection that an idempotency key remembers.
                #[must_use]
                pub fn remembered(refusal: &StoredRejection) -> Self {
                    Self {
                        message: refusal.message.clone(),
                        $($field: <$ty>::from(refusal.subject.clone().unwrap_or_default()),)?
                    }
                }
            }

            default_of!($name $($field)?);
        )*

        /// What all refusals of mutations have in common.
        #[derive(Interface)]
        #[graphql(field(name = "message", ty = "&String", desc = "What was refused and why, for a person to read."))]
        pub enum Rejection {
            $($name($name),)*
        }
    };
}

/// The default of a rejection that says nothing but its message.
macro_rules! default_of {
    ($name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident $field:ident) => {};
}

rejections! {
    /// The token may not do this.
    ForbiddenRejection: "the token lacks the permission for this"
    /// There is no such user, or not one that the token may see.
    UserNotFoundRejection {
        /// The id that was asked for.
        id: ID
    }: "there is no such user"
    /// The user is deactivated: nothing can begin for it.
    UserDeactivatedRejection: "the user is deactivated"
    /// The user is erased, or restricted until it can be erased: nothing can be kept for it any more.
    UserErasedRejection: "the user is erased or restricted: nothing can be kept for it any more"
    /// Something that is said of the user cannot be so.
    InvalidUserRejection: "something that is said of the user cannot be so"
    /// Another user of the project has this id.
    RefIdTakenRejection: "another user of the project has this refId"
    /// Your credential is limited to users with certain tags: it adds and removes those alone, and this user would carry
    /// others, or none of them.
    UserTagsNeededRejection: "your credential is limited to tags: the user has to carry one of them"
    /// The project is Live: nothing can be forced there.
    NotSandboxRejection: "this works in Sandbox projects only"
    /// The text is no scenario: the message says in which line and column it goes wrong.
    InvalidScenarioRejection: "this is no scenario"
    /// There is no such country.
    NationalityNotFoundRejection {
        /// The country code that was given.
        identifier: String
    }: "there is no such country"
    /// Somebody else is moving the clock of the project.
    SandboxClockBusyRejection: "somebody else is moving the clock of the project: try again"
    /// There is no such credential in the project.
    CredentialNotFoundRejection: "there is no such credential"
    /// There is no such permission, or it does not go with the tag limits.
    InvalidCredentialRejection: "something that is said of the credential cannot be so"
    /// The credential may do more than your own.
    CredentialExceedsRejection: "the credential may do more than your own"
    /// The provider's result is here already.
    IdentificationAlreadyAddedRejection: "this result of the provider is here already"
    /// There is no such identification, or not one that the token may see.
    IdentificationNotFoundRejection: "there is no such identification"
    /// There is no such identification in the Sandbox project, or not one that the token may see.
    SandboxIdentificationNotFoundRejection: "there is no such identification"
    /// A level of the identification cannot go from where it stands to where it was reported to be.
    IdentificationTransitionRefusedRejection: "a level of the identification cannot change like this"
    /// No level is given, or one that the process does not award, or a status that nothing can be brought to.
    InvalidIdentificationLevelsRejection: "give at least one level that the process of the identification awards"
    /// Reasons are missing from an `Invalid` level, or given without one.
    InvalidIdentificationErrorReasonsRejection: "give at least one reason if a level becomes Invalid, and none otherwise"
    /// There is no such verification level in the project.
    VerificationLevelNotFoundRejection: "there is no such verification level"
    /// Another level of the project has this name.
    VerificationLevelNameTakenRejection: "another verification level has this name"
    /// Another level of the project has this place on the ladder.
    VerificationLevelIndexTakenRejection: "another verification level has this index"
    /// The level is the one that the user has.
    AlreadyAtVerificationLevelRejection: "the user is at this verification level already"
    /// There is no such proofing request, or not one that the token may see.
    ProofingRequestNotFoundRejection: "there is no such proofing request"
    /// The proofing request takes no such step: its device was denied, it is complete, or it has no image yet.
    ProofingStepRefusedRejection: "the proofing request takes no such step"
    /// It is no scenario, or the project is no Sandbox.
    InvalidProofingScenarioRejection: "scenarios are for Sandbox projects: approved, denied, review, forged, no-match, unreadable, or JSON with device, document, score, front, back"
    /// The outcome is missing, or its score is not one.
    InvalidProofingOutcomeRejection: "give documentAuthenticationResult and, if faces were compared, a faceMatchScore from 0 to 100"
    /// There is no such integration in the project.
    IntegrationNotFoundRejection: "there is no such integration"
    /// There is no such verification result, or not one that the token may see.
    VerificationResultNotFoundRejection: "there is no such verification result"
    /// The verification has another outcome already.
    VerificationResultFinalRejection: "this verification has another outcome already"
    /// There is no such webhook subscription in the project.
    WebhookSubscriptionNotFoundRejection: "there is no such webhook subscription"
    /// The address of an endpoint is not one that deliveries may go to.
    InvalidWebhookEndpointRejection: "the endpoint is not one that deliveries may go to"
    /// The project has as many webhook subscriptions as it may.
    TooManyWebhookSubscriptionsRejection: "the project has as many webhook subscriptions as it may"
    /// The project has had endpoints probed as often as it may within a minute.
    TooManyWebhookProbesRejection: "the project has had endpoints probed as often as it may within a minute"
    /// The secret is not one of Standard Webhooks.
    InvalidWebhookSecretRejection: "write a secret as `whsec_` and the base64 of 24 to 64 bytes, or leave it out"
    /// No event has this name, or the kind of body cannot tell it.
    UnknownEventTypeRejection: "there is no such event type"
    /// There is no such entry in the log of deliveries, or its subscription was removed.
    WebhookEventLogNotFoundRejection: "there is no such entry in the log"
    /// The delivery is on its way, so there is nothing to replay.
    WebhookEventPendingRejection: "the event is on its way to this endpoint already"
    /// There is no such verification session, or not one that the token may see.
    VerificationSessionNotFoundRejection: "there is no such verification session"
    /// The verification session is closed: it takes no document, and goes to no other status.
    VerificationSessionClosedRejection: "the verification session is closed"
    /// A verification session cannot go from where it stands to there.
    VerificationSessionTransitionRefusedRejection: "the verification session cannot change like this"
    /// The document is none that the session takes.
    InvalidDocumentRejection: "the session takes no such document"
    /// The idempotency key was used for something else within a day.
    IdempotencyKeyReusedRejection: "this idempotency key was used with another input: take a new one"
    /// What was asked under the idempotency key before is still at work. Ask again in a moment: the answer is the same then.
    IdempotencyKeyBusyRejection: "what was asked under this idempotency key before is still at work: ask again in a moment"
}

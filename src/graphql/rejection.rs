use async_graphql::{ID, Interface, SimpleObject};

use crate::idempotency::rejection::StoredRejection;

/// Defines the rejections: outcomes that a client has to handle. They are part of the payload, not errors,
/// and each has a type.
macro_rules! rejections {
    ($($(#[$about:meta])* $name:ident $({ $(#[$of:meta])* $field:ident: $ty:ty })?: $message:literal)*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, SimpleObject)]
            pub struct $name {
                /// Human-readable reason of the rejection.
                message: String,
                $($(#[$of])* $field: $ty,)?
            }

            impl $name {
                /// Creates the rejection with its default message.
                #[must_use]
                pub fn new($($field: &str)?) -> Self {
                    Self { message: $message.to_owned() $(, $field: <$ty>::from($field.to_owned()))? }
                }

                /// Returns the message.
                #[must_use]
                pub fn text(&self) -> &str {
                    &self.message
                }

                /// Creates the rejection with another message.
                #[must_use]
                pub fn because(message: impl Into<String> $(, $field: &str)?) -> Self {
                    Self { message: message.into() $(, $field: <$ty>::from($field.to_owned()))? }
                }

                /// Returns the value that was not found, as the caller wrote it, if the rejection repeats it.
                #[must_use]
                pub fn subject(&self) -> Option<&str> {
                    let subject: &[&str] = &[$(self.$field.as_str())?];
                    subject.first().copied()
                }

                /// Restores the rejection that was stored under an idempotency key.
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

        /// Common interface of all rejections of mutations.
        #[derive(Interface)]
        #[graphql(field(name = "message", ty = "&String", desc = "Human-readable reason of the rejection."))]
        pub enum Rejection {
            $($name($name),)*
        }
    };
}

/// Implements `Default` for a rejection whose only field is the message.
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
    /// The token lacks the permission for the mutation.
    ForbiddenRejection: "the token lacks the permission for this"
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
    /// The credential has tag limits: it can only add and remove those tags, and a user has to keep at least
    /// one of them.
    UserTagsNeededRejection: "the credential has tag limits: the user must have one of the credential's tags"
    /// The project is Live: outcomes cannot be forced.
    NotSandboxRejection: "this mutation is available in Sandbox projects only"
    /// The text is not a valid scenario. The message has the line and the column of the error.
    InvalidScenarioRejection: "the text is not a valid scenario"
    /// The country does not exist.
    NationalityNotFoundRejection {
        /// Country code of the input.
        identifier: String
    }: "unknown country code"
    /// Another request is advancing the clock of the project.
    SandboxClockBusyRejection: "another request is advancing the clock of the project: retry in a moment"
    /// The credential does not exist in the project.
    CredentialNotFoundRejection: "the credential does not exist"
    /// A permission does not exist or cannot be combined with tag limits, or a tag is invalid.
    InvalidCredentialRejection: "the permissions or tag limits are invalid"
    /// The new credential would exceed the caller's credential.
    CredentialExceedsRejection: "the credential would have more permissions than the caller's credential"
    /// The result of this provider was added before.
    IdentificationAlreadyAddedRejection: "a result of this provider with this reference exists already"
    /// The identification does not exist or is not visible to the token.
    IdentificationNotFoundRejection: "the identification does not exist or is not visible to the token"
    /// The identification does not exist in the Sandbox project or is not visible to the token.
    SandboxIdentificationNotFoundRejection: "the identification does not exist or is not visible to the token"
    /// A level of the identification cannot change from its present status to the reported one.
    IdentificationTransitionRefusedRejection: "a level of the identification cannot change to this status"
    /// No level is set, or the process does not award a level, or a status cannot be set.
    InvalidIdentificationLevelsRejection: "set at least one level that the process of the identification awards"
    /// A level is `Invalid` without reasons, or reasons are set without an `Invalid` level.
    InvalidIdentificationErrorReasonsRejection: "set at least one reason if a level becomes `Invalid`, and none otherwise"
    /// The verification level does not exist in the project.
    VerificationLevelNotFoundRejection: "the verification level does not exist"
    /// Another verification level of the project has this name.
    VerificationLevelNameTakenRejection: "another verification level has this name"
    /// Another verification level of the project has this index.
    VerificationLevelIndexTakenRejection: "another verification level has this index"
    /// The user already has this verification level.
    AlreadyAtVerificationLevelRejection: "the user already has this verification level"
    /// The proofing request does not exist or is not visible to the token.
    ProofingRequestNotFoundRejection: "the proofing request does not exist or is not visible to the token"
    /// The step is not possible: the device was denied, the request is complete, or it has no image yet.
    ProofingStepRefusedRejection: "this step is not possible in the state of the proofing request"
    /// The scenario is invalid, or the project is not a Sandbox project.
    InvalidProofingScenarioRejection: "a scenario requires a Sandbox project and is one of approved, denied, review, forged, no-match, unreadable, or JSON with the keys device, document, score, front, back"
    /// The result is missing, or the score is out of range.
    InvalidProofingOutcomeRejection: "set `documentAuthenticationResult` and, if faces were compared, a `faceMatchScore` from 0 to 100"
    /// The integration does not exist in the project.
    IntegrationNotFoundRejection: "the integration does not exist"
    /// The verification result does not exist or is not visible to the token.
    VerificationResultNotFoundRejection: "the verification result does not exist or is not visible to the token"
    /// The verification has a different outcome already.
    VerificationResultFinalRejection: "this verification has a different outcome already"
    /// The webhook subscription does not exist in the project.
    WebhookSubscriptionNotFoundRejection: "the webhook subscription does not exist"
    /// Deliveries to the URL of the endpoint are not allowed.
    InvalidWebhookEndpointRejection: "deliveries to this endpoint are not allowed"
    /// The project has the maximum number of webhook subscriptions.
    TooManyWebhookSubscriptionsRejection: "the project has the maximum number of webhook subscriptions"
    /// The project reached the maximum number of endpoint probes per minute.
    TooManyWebhookProbesRejection: "the project reached the maximum number of endpoint probes per minute"
    /// The secret does not have the format of Standard Webhooks.
    InvalidWebhookSecretRejection: "write a secret as `whsec_` and the base64 of 24 to 64 bytes, or omit it"
    /// The event type does not exist, or the kind of body cannot carry it.
    UnknownEventTypeRejection: "unknown event type"
    /// The log entry does not exist, or its subscription was removed.
    WebhookEventLogNotFoundRejection: "the log entry does not exist"
    /// The delivery is still pending, so it cannot be replayed.
    WebhookEventPendingRejection: "the delivery of this event to this endpoint is still pending"
    /// The verification session does not exist or is not visible to the token.
    VerificationSessionNotFoundRejection: "the verification session does not exist or is not visible to the token"
    /// The verification session is closed: it accepts no document, and its status is final.
    VerificationSessionClosedRejection: "the verification session is closed"
    /// The verification session cannot change from its present status to the requested one.
    VerificationSessionTransitionRefusedRejection: "the verification session cannot change to this status"
    /// The document is invalid for the session.
    InvalidDocumentRejection: "the document is invalid for the session"
    /// The idempotency key was used with another input in the last 24 hours.
    IdempotencyKeyReusedRejection: "this idempotency key was used with another input: use a new key"
    /// The first request with this idempotency key is still running. Retry in a moment: the result is
    /// returned then.
    IdempotencyKeyBusyRejection: "the first request with this idempotency key is still running: retry in a moment"
}

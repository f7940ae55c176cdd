//! The rejections of all concepts: their common interface.

use async_graphql::Interface;

use crate::{
    document::graphql::rejection::InvalidDocumentRejection,
    graphql::rejection::{
        ForbiddenRejection, FreshSignInNeededRejection, IdempotencyKeyBusyRejection,
        IdempotencyKeyReusedRejection,
    },
    identification::graphql::rejection::{
        IdentificationAlreadyAddedRejection, IdentificationNotFoundRejection,
        IdentificationTransitionRefusedRejection, InvalidIdentificationErrorReasonsRejection,
        InvalidIdentificationLevelsRejection,
    },
    member::graphql::rejection::{
        AlreadyMemberRejection, InvitationNotFoundRejection, LastOwnerRejection, MembershipNotFoundRejection,
        OperatorNeededRejection, RoleExceedsRejection, RoleInUseRejection, RoleNameTakenRejection,
        RoleNotFoundRejection, UnknownPermissionRejection,
    },
    project::graphql::rejection::{
        CredentialExceedsRejection, CredentialNotFoundRejection, InvalidCredentialRejection,
        PasskeyNeededRejection,
    },
    proofing::graphql::rejection::{
        InvalidProofingOutcomeRejection, InvalidProofingScenarioRejection, ProofingRequestNotFoundRejection,
        ProofingStepRefusedRejection,
    },
    result::graphql::rejection::{
        IntegrationNotFoundRejection, VerificationResultFinalRejection, VerificationResultNotFoundRejection,
    },
    sandbox::graphql::rejection::{
        NationalityNotFoundRejection, NotSandboxRejection, SandboxClockBusyRejection,
        SandboxIdentificationNotFoundRejection,
    },
    saved_view::graphql::rejection::{
        InvalidSavedViewRejection, SavedViewNotFoundRejection, TooManySavedViewsRejection,
    },
    scenario::graphql::rejection::InvalidScenarioRejection,
    session::graphql::rejection::{
        VerificationSessionClosedRejection, VerificationSessionNotFoundRejection,
        VerificationSessionTransitionRefusedRejection,
    },
    user::graphql::rejection::{
        InvalidUserRejection, RefIdTakenRejection, UserChangedMeanwhileRejection, UserDeactivatedRejection,
        UserErasedRejection, UserNotFoundRejection, UserTagsNeededRejection,
    },
    verification::graphql::rejection::{
        AlreadyAtVerificationLevelRejection, VerificationLevelIndexTakenRejection,
        VerificationLevelNameTakenRejection, VerificationLevelNotFoundRejection,
    },
    webhook::graphql::rejection::{
        InvalidWebhookEndpointRejection, InvalidWebhookSecretRejection, TooManyWebhookProbesRejection,
        TooManyWebhookSubscriptionsRejection, UnknownEventTypeRejection, WebhookEventLogNotFoundRejection,
        WebhookEventPendingRejection, WebhookSubscriptionNotFoundRejection,
    },
};

/// Lists the rejections as types and as names.
macro_rules! listed {
    ($($name:ident)*) => {
        /// Names of all rejections.
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Common interface of all rejections of mutations.
        #[derive(Interface)]
        #[expect(clippy::enum_variant_names, reason = "a variant has the name of its type")]
        #[graphql(field(name = "message", ty = "&String", desc = "Human-readable reason of the rejection."))]
        pub enum Rejection {
            $($name($name),)*
        }
    };
}

listed! {
    AlreadyMemberRejection
    FreshSignInNeededRejection
    InvitationNotFoundRejection
    LastOwnerRejection
    MembershipNotFoundRejection
    OperatorNeededRejection
    RoleExceedsRejection
    RoleInUseRejection
    RoleNameTakenRejection
    RoleNotFoundRejection
    UnknownPermissionRejection
    ForbiddenRejection
    UserNotFoundRejection
    UserDeactivatedRejection
    UserErasedRejection
    InvalidUserRejection
    RefIdTakenRejection
    UserChangedMeanwhileRejection
    UserTagsNeededRejection
    NotSandboxRejection
    InvalidScenarioRejection
    InvalidSavedViewRejection
    SavedViewNotFoundRejection
    TooManySavedViewsRejection
    NationalityNotFoundRejection
    SandboxClockBusyRejection
    CredentialNotFoundRejection
    InvalidCredentialRejection
    CredentialExceedsRejection
    PasskeyNeededRejection
    IdentificationAlreadyAddedRejection
    IdentificationNotFoundRejection
    SandboxIdentificationNotFoundRejection
    IdentificationTransitionRefusedRejection
    InvalidIdentificationLevelsRejection
    InvalidIdentificationErrorReasonsRejection
    VerificationLevelNotFoundRejection
    VerificationLevelNameTakenRejection
    VerificationLevelIndexTakenRejection
    AlreadyAtVerificationLevelRejection
    ProofingRequestNotFoundRejection
    ProofingStepRefusedRejection
    InvalidProofingScenarioRejection
    InvalidProofingOutcomeRejection
    IntegrationNotFoundRejection
    VerificationResultNotFoundRejection
    VerificationResultFinalRejection
    WebhookSubscriptionNotFoundRejection
    InvalidWebhookEndpointRejection
    TooManyWebhookSubscriptionsRejection
    TooManyWebhookProbesRejection
    InvalidWebhookSecretRejection
    UnknownEventTypeRejection
    WebhookEventLogNotFoundRejection
    WebhookEventPendingRejection
    VerificationSessionNotFoundRejection
    VerificationSessionClosedRejection
    VerificationSessionTransitionRefusedRejection
    InvalidDocumentRejection
    IdempotencyKeyReusedRejection
    IdempotencyKeyBusyRejection
}

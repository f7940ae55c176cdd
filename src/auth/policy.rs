//! Default deny: the one table that says who may read which field, and whether the field tells something personal.
//!
//! A field without a row here does not answer, whoever asks. `graphql::guard` is the one hook that looks it up.

use std::{collections::HashMap, sync::LazyLock};

use super::{Caller, Permission};
use crate::{Error, Result};

/// What a caller has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A good token is enough.
    Token,
    One(Permission),
    /// A mutation whose payload says so itself when this is not held: see [`permits`].
    OrRejected(Permission),
}

/// What a field tells about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Nothing that names or describes a person.
    Plain,
    /// Personal data: encrypted at rest, and its reading is audited.
    Personal,
}

/// Who may read a field, and what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub need: Need,
    pub class: Class,
}

use Class::{Personal, Plain};
use Need::{One, OrRejected, Token};
use Permission::{
    CredentialsManage, DocumentsView, IdentificationsEdit, IdentificationsManage, IdentificationsView,
    IdproofingAdd, IdproofingEdit, IdproofingView, ResultsAdd, ResultsEdit, ResultsView, SandboxManage,
    SessionsAdd, SessionsEdit, SessionsView, UsersEdit, UsersErase, UsersPersonal, UsersView,
    VerificationsGrant, VerificationsManage, VerificationsView, WebhooksManage, WebhooksView,
};

/// The table: type, what it needs, what it tells, fields.
pub const POLICY: &[(&str, Need, Class, &[&str])] = &[
    // The roots. What `node` finds is looked for only in types that the caller may read.
    ("Query", Token, Plain, &["node", "nodes", "viewer"]),
    ("Query", One(UsersView), Plain, &["user", "users"]),
    ("Query", One(IdentificationsView), Plain, &["identification", "identifications"]),
    ("Query", One(VerificationsView), Plain, &["verification", "verifications", "verificationLevels"]),
    ("Query", One(VerificationsView), Plain, &["grantPolicies"]),
    ("Mutation", OrRejected(UsersEdit), Plain, &["createUser", "updateUser", "deactivateUser"]),
    ("Mutation", OrRejected(CredentialsManage), Plain, &["createCredential", "revokeCredential"]),
    ("Mutation", OrRejected(IdentificationsEdit), Plain, &["updateIdentification", "startIdentification"]),
    ("Mutation", OrRejected(IdentificationsEdit), Plain, &["cancelIdentification", "revokeIdentification"]),
    ("Mutation", OrRejected(IdentificationsEdit), Plain, &["addExternalIdentification"]),
    ("Mutation", OrRejected(IdentificationsManage), Plain, &["expireLevels", "setLevelValidity"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["advanceSandboxClock"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["createSandboxUser", "updateSandboxUser"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["endorseSandboxUser", "createSandboxIdentification"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["updateSandboxIdentification", "deleteSandboxUser"]),
    ("DeleteSandboxUserSuccessPayload", Token, Plain, &["id"]),
    ("Mutation", OrRejected(SandboxManage), Plain, &["runScenario"]),
    ("RunScenarioSuccessPayload", Token, Plain, &["name", "happenings", "userId", "identificationId"]),
    (
        "RunScenarioSuccessPayload",
        Token,
        Plain,
        &["verificationSessionId", "documentId", "proofingRequestId"],
    ),
    ("RunScenarioSuccessPayload", Token, Plain, &["verificationId", "verificationResultId"]),
    ("ScenarioHappening", Token, Plain, &["after", "step", "what", "outcome", "isRefused", "resourceId"]),
    ("InvalidScenarioRejection", Token, Plain, &["message"]),
    ("Query", One(UsersView), Plain, &["sandboxUser", "sandboxUsers"]),
    ("SandboxUserConnection", One(UsersView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("SandboxUserEdge", One(UsersView), Plain, &["node", "cursor"]),
    ("SandboxUser", One(UsersView), Plain, &["id", "user", "autoConsent"]),
    ("SandboxUser", One(UsersPersonal), Personal, &["firstName", "lastName", "allFirstNames", "birthDate"]),
    ("SandboxUser", One(UsersPersonal), Personal, &["birthCountryCCA3", "nationalityCCA3"]),
    ("SandboxIdentification", Token, Plain, &["id"]),
    ("SandboxIdentification", One(IdentificationsView), Plain, &["identification"]),
    ("CreateSandboxUserSuccessPayload", One(UsersView), Plain, &["sandboxUser"]),
    ("UpdateSandboxUserSuccessPayload", One(UsersView), Plain, &["sandboxUser"]),
    ("EndorseSandboxUserSuccessPayload", One(UsersView), Plain, &["sandboxUser"]),
    ("CreateSandboxIdentificationSuccessPayload", Token, Plain, &["sandboxIdentification"]),
    ("UpdateSandboxIdentificationSuccessPayload", Token, Plain, &["sandboxIdentification"]),
    ("NationalityNotFoundRejection", Token, Plain, &["message"]),
    ("Query", Token, Plain, &["sandboxClock"]),
    ("SandboxClock", Token, Plain, &["now", "ahead"]),
    ("AdvanceSandboxClockSuccessPayload", Token, Plain, &["from", "to", "happenings", "remaining"]),
    ("SandboxHappening", Token, Plain, &["at", "type", "resourceId"]),
    ("NotSandboxRejection", Token, Plain, &["message"]),
    ("SandboxClockBusyRejection", Token, Plain, &["message"]),
    ("Query", One(CredentialsManage), Plain, &["credentials"]),
    ("Query", One(IdentificationsView), Plain, &["levelValidities", "levelForecast"]),
    ("Mutation", OrRejected(VerificationsManage), Plain, &["createVerificationLevel", "setGrantPolicy"]),
    ("Mutation", OrRejected(VerificationsGrant), Plain, &["grantVerificationLevel"]),
    ("Query", One(IdproofingView), Plain, &["proofingRequest", "proofingRequests"]),
    // Subscriptions. Which kinds of events one is told of goes by what one may read: see `Kind::needs`.
    ("Subscription", One(IdentificationsView), Plain, &["identificationUpdated"]),
    ("Subscription", One(IdproofingView), Plain, &["proofingRequestUpdated"]),
    ("Subscription", One(VerificationsView), Plain, &["verificationGranted"]),
    ("Subscription", One(SessionsView), Plain, &["verificationSessionUpdated"]),
    ("Subscription", Token, Plain, &["event"]),
    ("Event", Token, Plain, &["eventId", "eventType", "eventDate", "projectId", "resourceId"]),
    ("Event", One(UsersView), Plain, &["userId"]),
    // Asked of the interface itself, as in `node(id: …) { id }`, whatever the type of the object.
    ("Node", Token, Plain, &["id"]),
    ("Viewer", Token, Plain, &["project", "credential", "permissions", "tagLimits"]),
    ("Project", Token, Plain, &["id", "name", "mode", "createdAt"]),
    ("Credential", Token, Plain, &["id", "clientId", "label", "createdAt"]),
    ("Credential", One(CredentialsManage), Plain, &["permissions", "tagLimits", "revokedAt"]),
    ("CredentialConnection", One(CredentialsManage), Plain, &["edges", "pageInfo", "totalCount"]),
    ("CredentialEdge", One(CredentialsManage), Plain, &["node", "cursor"]),
    ("CreateCredentialSuccessPayload", Token, Plain, &["credential"]),
    // Whoever has it made must be able to take it along.
    ("CreateCredentialSuccessPayload", Token, Plain, &["clientId", "clientSecret", "apiKey"]),
    ("RevokeCredentialSuccessPayload", Token, Plain, &["credential"]),
    ("CredentialNotFoundRejection", Token, Plain, &["message"]),
    ("InvalidCredentialRejection", Token, Plain, &["message"]),
    ("CredentialExceedsRejection", Token, Plain, &["message"]),
    ("PageInfo", Token, Plain, &["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"]),
    // Users.
    ("UserConnection", One(UsersView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("UserEdge", One(UsersView), Plain, &["node", "cursor"]),
    ("User", One(UsersView), Plain, &["id", "refId", "number", "version", "status", "tags"]),
    ("CreateUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("UpdateUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("DeactivateUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("Mutation", OrRejected(UsersErase), Plain, &["eraseUser", "placeLegalHold", "releaseLegalHold"]),
    ("Mutation", OrRejected(UsersErase), Plain, &["setRetentionPolicy"]),
    ("Query", One(UsersErase), Plain, &["retentionPolicies"]),
    ("RetentionPolicy", Token, Plain, &["dataClass", "days"]),
    ("SetRetentionPolicySuccessPayload", Token, Plain, &["retentionPolicies"]),
    ("EraseUserSuccessPayload", One(UsersView), Plain, &["user"]),
    ("EraseUserSuccessPayload", Token, Plain, &["erasedAt", "receipt"]),
    ("PlaceLegalHoldSuccessPayload", One(UsersView), Plain, &["user"]),
    ("ReleaseLegalHoldSuccessPayload", One(UsersView), Plain, &["user"]),
    ("User", One(UsersErase), Plain, &["legalHoldReason"]),
    ("UserDeactivatedRejection", Token, Plain, &["message"]),
    ("UserErasedRejection", Token, Plain, &["message"]),
    ("InvalidUserRejection", Token, Plain, &["message"]),
    ("RefIdTakenRejection", Token, Plain, &["message"]),
    ("UserTagsNeededRejection", Token, Plain, &["message"]),
    ("User", One(UsersView), Plain, &["createdAt", "updatedAt", "joinedAt"]),
    ("User", One(UsersPersonal), Personal, &["firstName", "allFirstNames", "lastName", "fullName"]),
    ("User", One(UsersPersonal), Personal, &["birthLastName", "preferredLastName", "birthDate", "birthCity"]),
    ("User", One(UsersPersonal), Personal, &["birthCountry", "nationalityCCA3", "mobilePhoneNumber"]),
    ("User", One(UsersPersonal), Personal, &["verifiedEmails"]),
    ("User", One(IdentificationsView), Plain, &["identificationLevels", "identifications"]),
    ("User", One(VerificationsView), Plain, &["currentVerificationLevel", "verifications"]),
    ("User", One(IdproofingView), Plain, &["proofingRequests"]),
    ("User", One(ResultsView), Plain, &["verificationResults"]),
    // Identifications.
    ("IdentificationConnection", One(IdentificationsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("IdentificationEdge", One(IdentificationsView), Plain, &["node", "cursor"]),
    (
        "Identification",
        One(IdentificationsView),
        Plain,
        &["id", "createdAt", "updatedAt", "process", "status"],
    ),
    ("Identification", One(IdentificationsView), Plain, &["identityDocumentType", "levels", "version"]),
    ("StartIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("CancelIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("RevokeIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("AddExternalIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("ExpireLevelsSuccessPayload", Token, Plain, &["matched", "expired", "remaining"]),
    ("SetLevelValiditySuccessPayload", One(IdentificationsView), Plain, &["levelValidities"]),
    ("LevelValidity", One(IdentificationsView), Plain, &["level", "days", "untilDocumentExpires"]),
    ("LevelLapseConnection", One(IdentificationsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("LevelLapseEdge", One(IdentificationsView), Plain, &["node", "cursor"]),
    ("LevelLapse", One(IdentificationsView), Plain, &["level", "at", "identification"]),
    ("LevelLapse", One(UsersView), Plain, &["user"]),
    ("IdentificationAlreadyAddedRejection", Token, Plain, &["message"]),
    ("Identification", One(UsersView), Plain, &["user"]),
    ("IdentificationLevels", One(IdentificationsView), Plain, &["expert", "QES", "PVID"]),
    ("IdentificationLevelStatusesInfo", One(IdentificationsView), Plain, &["expert", "qes", "pvid"]),
    ("NotSupportedIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("NotStartedIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("StartedIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("PendingIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("ValidIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status", "validUntil"]),
    ("InvalidIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status", "reasons"]),
    ("CanceledIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status"]),
    ("ExpiredIdentificationLevelStatusInfo", One(IdentificationsView), Plain, &["status", "expiredAt"]),
    // Verifications.
    ("VerificationConnection", One(VerificationsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("VerificationEdge", One(VerificationsView), Plain, &["node", "cursor"]),
    ("Verification", One(VerificationsView), Plain, &["id", "number", "currentLevel", "previousLevel"]),
    ("Verification", One(VerificationsView), Plain, &["reason", "grantedBy", "createdAt"]),
    ("Verification", One(UsersView), Plain, &["user"]),
    ("VerificationLevel", One(VerificationsView), Plain, &["id", "number", "name", "index", "createdAt"]),
    ("GrantPolicy", One(VerificationsView), Plain, &["identificationLevel", "verificationLevel"]),
    ("SetGrantPolicySuccessPayload", One(VerificationsView), Plain, &["grantPolicies"]),
    ("UpdateIdentificationSuccessPayload", One(IdentificationsView), Plain, &["identification"]),
    ("CreateVerificationLevelSuccessPayload", One(VerificationsView), Plain, &["verificationLevel"]),
    ("GrantVerificationLevelSuccessPayload", One(VerificationsView), Plain, &["verification"]),
    // What a mutation refuses it says to whoever may ask.
    ("ForbiddenRejection", Token, Plain, &["message"]),
    ("UserNotFoundRejection", Token, Plain, &["message"]),
    ("IdempotencyKeyReusedRejection", Token, Plain, &["message"]),
    ("IdentificationNotFoundRejection", Token, Plain, &["message"]),
    ("IdentificationTransitionRefusedRejection", Token, Plain, &["message"]),
    ("InvalidIdentificationLevelsRejection", Token, Plain, &["message"]),
    ("InvalidIdentificationErrorReasonsRejection", Token, Plain, &["message"]),
    ("VerificationLevelNotFoundRejection", Token, Plain, &["message"]),
    ("VerificationLevelNameTakenRejection", Token, Plain, &["message"]),
    ("VerificationLevelIndexTakenRejection", Token, Plain, &["message"]),
    ("AlreadyAtVerificationLevelRejection", Token, Plain, &["message"]),
    // Verification results.
    ("Query", One(ResultsView), Plain, &["verificationResult", "verificationResults"]),
    ("Mutation", OrRejected(ResultsAdd), Plain, &["requestVerification"]),
    ("Mutation", OrRejected(ResultsEdit), Plain, &["recordVerificationOutcome"]),
    ("VerificationResultConnection", One(ResultsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("VerificationResultEdge", One(ResultsView), Plain, &["node", "cursor"]),
    (
        "VerificationResult",
        One(ResultsView),
        Plain,
        &["id", "traceId", "projectId", "correlationId", "status"],
    ),
    (
        "VerificationResult",
        One(ResultsView),
        Plain,
        &["scopes", "verifiedAt", "createdAt", "updatedAt", "version"],
    ),
    ("VerificationResult", One(ResultsView), Personal, &["data"]),
    ("VerificationResult", One(UsersView), Plain, &["user"]),
    ("VerificationResultData", One(ResultsView), Personal, &["identityId", "name", "dateOfBirth", "phone"]),
    ("VerificationResultName", One(ResultsView), Personal, &["fullName", "firstName", "lastName"]),
    ("RequestVerificationSuccessPayload", One(ResultsView), Plain, &["verificationResult"]),
    ("RecordVerificationOutcomeSuccessPayload", One(ResultsView), Plain, &["verificationResult"]),
    ("IntegrationNotFoundRejection", Token, Plain, &["message"]),
    ("VerificationResultNotFoundRejection", Token, Plain, &["message"]),
    ("VerificationResultFinalRejection", Token, Plain, &["message"]),
    // Proofing requests.
    ("ProofingRequestConnection", One(IdproofingView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("ProofingRequestEdge", One(IdproofingView), Plain, &["node", "cursor"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["id", "requestTime", "state", "deviceCheckResult"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["documentAuthenticationResult", "faceMatch"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["faceMatchScore", "version"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["frontImageClassified", "frontImageUploadTime"]),
    ("ProofingRequest", One(IdproofingView), Plain, &["backImageClassified", "backImageUploadTime"]),
    ("ProofingRequest", One(UsersView), Plain, &["user"]),
    ("Mutation", OrRejected(IdproofingAdd), Plain, &["createProofingRequest"]),
    ("Mutation", OrRejected(IdproofingEdit), Plain, &["generateProofingImageUploadUrl"]),
    ("Mutation", OrRejected(IdproofingEdit), Plain, &["completeProofingRequest"]),
    ("CreateProofingRequestSuccessPayload", Token, Plain, &["requestId"]),
    ("CreateProofingRequestSuccessPayload", One(IdproofingView), Plain, &["proofingRequest"]),
    ("CompleteProofingRequestSuccessPayload", Token, Plain, &["requestId"]),
    ("CompleteProofingRequestSuccessPayload", One(IdproofingView), Plain, &["proofingRequest"]),
    ("GenerateProofingImageUploadUrlSuccessPayload", Token, Plain, &["url", "expiresAt"]),
    ("ProofingRequestNotFoundRejection", Token, Plain, &["message"]),
    ("ProofingStepRefusedRejection", Token, Plain, &["message"]),
    ("InvalidProofingScenarioRejection", Token, Plain, &["message"]),
    ("InvalidProofingOutcomeRejection", Token, Plain, &["message"]),
    // Webhooks.
    (
        "Query",
        One(WebhooksView),
        Plain,
        &["webhookSubscription", "webhookSubscriptions", "webhookEventTypes"],
    ),
    ("Query", One(WebhooksView), Plain, &["webhookEventLog", "webhookEventLogs"]),
    ("Mutation", OrRejected(WebhooksManage), Plain, &["addWebhookSubscription", "updateWebhookSubscription"]),
    ("Mutation", OrRejected(WebhooksManage), Plain, &["removeWebhookSubscription"]),
    ("Mutation", OrRejected(WebhooksManage), Plain, &["replayWebhookEvent", "probeWebhookEndpoint"]),
    ("WebhookSubscriptionConnection", One(WebhooksView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("WebhookSubscriptionEdge", One(WebhooksView), Plain, &["node", "cursor"]),
    ("WebhookSubscription", One(WebhooksView), Plain, &["id", "label", "endpoint", "bodyKind", "eventTypes"]),
    ("WebhookSubscription", One(WebhooksView), Plain, &["status", "consecutiveFailures", "failingSince"]),
    ("WebhookSubscription", One(WebhooksView), Plain, &["previousSecretUntil", "createdAt", "updatedAt"]),
    ("WebhookEventLogConnection", One(WebhooksView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("WebhookEventLogEdge", One(WebhooksView), Plain, &["node", "cursor"]),
    ("WebhookEventLog", One(WebhooksView), Plain, &["id", "eventType", "eventId", "resourceId", "status"]),
    (
        "WebhookEventLog",
        One(WebhooksView),
        Plain,
        &["attempts", "nextAttemptAt", "lastAttemptAt", "createdAt"],
    ),
    (
        "WebhookEventLog",
        One(WebhooksView),
        Plain,
        &["lastStatusCode", "lastDurationMilliseconds", "lastError"],
    ),
    ("WebhookEventLog", One(WebhooksView), Plain, &["webhookSubscription"]),
    ("WebhookSubscriptionSuccessPayload", One(WebhooksView), Plain, &["webhookSubscription"]),
    // Whoever has it made must be able to take it along.
    ("WebhookSubscriptionSuccessPayload", Token, Plain, &["secret"]),
    ("RemoveWebhookSubscriptionSuccessPayload", Token, Plain, &["webhookSubscriptionId"]),
    ("ReplayWebhookEventSuccessPayload", One(WebhooksView), Plain, &["webhookEventLog"]),
    ("ProbeWebhookEndpointSuccessPayload", Token, Plain, &["statusCode", "milliseconds", "failure"]),
    ("WebhookSubscriptionNotFoundRejection", Token, Plain, &["message"]),
    ("InvalidWebhookEndpointRejection", Token, Plain, &["message"]),
    ("TooManyWebhookSubscriptionsRejection", Token, Plain, &["message"]),
    ("TooManyWebhookProbesRejection", Token, Plain, &["message"]),
    ("InvalidWebhookSecretRejection", Token, Plain, &["message"]),
    ("UnknownEventTypeRejection", Token, Plain, &["message"]),
    ("WebhookEventLogNotFoundRejection", Token, Plain, &["message"]),
    ("WebhookEventPendingRejection", Token, Plain, &["message"]),
    // Verification sessions. Where a user was seen, and what documents say, has a permission of its own.
    ("Query", One(SessionsView), Plain, &["verificationSession", "verificationSessions"]),
    ("User", One(SessionsView), Plain, &["verificationSessions"]),
    ("VerificationSessionConnection", One(SessionsView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("VerificationSessionEdge", One(SessionsView), Plain, &["node", "cursor"]),
    ("VerificationSession", One(SessionsView), Plain, &["id", "refId", "status", "flowId", "steps"]),
    ("VerificationSession", One(SessionsView), Plain, &["createdAt", "updatedAt", "version"]),
    ("VerificationSession", One(UsersView), Plain, &["user"]),
    ("VerificationSession", One(DocumentsView), Personal, &["documents", "metadata"]),
    ("Mutation", OrRejected(SessionsAdd), Plain, &["createVerificationSession"]),
    ("Mutation", OrRejected(SessionsEdit), Plain, &["completeVerificationSession", "submitSessionDocument"]),
    ("CreateVerificationSessionSuccessPayload", Token, Plain, &["sessionId"]),
    ("CreateVerificationSessionSuccessPayload", One(SessionsView), Plain, &["verificationSession"]),
    ("CompleteVerificationSessionSuccessPayload", One(SessionsView), Plain, &["verificationSession"]),
    ("SubmitSessionDocumentSuccessPayload", Token, Plain, &["documentId", "uploads"]),
    ("SubmitSessionDocumentSuccessPayload", One(DocumentsView), Personal, &["document"]),
    ("DocumentImageUpload", Token, Plain, &["kind", "url", "expiresAt"]),
    ("VerificationSessionNotFoundRejection", Token, Plain, &["message"]),
    ("VerificationSessionClosedRejection", Token, Plain, &["message"]),
    ("VerificationSessionTransitionRefusedRejection", Token, Plain, &["message"]),
    ("InvalidDocumentRejection", Token, Plain, &["message"]),
    // Documents.
    ("Identification", One(DocumentsView), Personal, &["documents"]),
    ("PassportDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("PassportDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("IdCardDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("IdCardDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("ResidencePermitDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("ResidencePermitDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("UnclassifiedDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("UnclassifiedDocument", One(DocumentsView), Personal, OF_IDENTITY_DOCUMENTS),
    ("DriversLicenseDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["firstName", "lastName", "dateOfBirth"]),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["address", "idNumber", "issuingAuthority"]),
    ("DriversLicenseDocument", One(DocumentsView), Personal, &["dateOfIssue", "dateOfExpiration"]),
    ("CarRegistrationDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("CarRegistrationDocument", One(DocumentsView), Personal, &["fullName", "address", "idNumber"]),
    ("CarRegistrationDocument", One(DocumentsView), Personal, &["dateOfIssue", "issuingAuthority"]),
    ("AddressProofDocument", One(DocumentsView), Personal, OF_DOCUMENTS),
    ("AddressProofDocument", One(DocumentsView), Personal, &["docTypes", "fullName", "address"]),
    ("AddressProofDocument", One(DocumentsView), Personal, &["issueDate", "issuerName"]),
    ("FacePhotoDocument", One(DocumentsView), Personal, &["id", "matchLevel", "images", "createdAt"]),
    ("ReportDocument", One(DocumentsView), Personal, &["id", "images", "createdAt"]),
    ("DocumentImage", One(DocumentsView), Personal, &["id", "kind", "contentType", "width", "height"]),
    ("DocumentImage", One(DocumentsView), Personal, &["uploadedAt", "url", "thumbnailUrl"]),
];

/// What every type of document has.
const OF_DOCUMENTS: &[&str] =
    &["id", "step", "mrzStatus", "mrzLines", "findings", "matchLevel", "images", "createdAt"];
/// What the types have that say who somebody is.
const OF_IDENTITY_DOCUMENTS: &[&str] = &[
    "firstName",
    "lastName",
    "dateOfBirth",
    "placeOfBirth",
    "sex",
    "address",
    "idNumber",
    "dateOfIssue",
    "dateOfExpiration",
    "issuingAuthority",
];

static RULES: LazyLock<HashMap<&str, HashMap<&str, Rule>>> = LazyLock::new(|| {
    let mut rules: HashMap<&str, HashMap<&str, Rule>> = HashMap::new();
    for &(name, need, class, fields) in POLICY {
        let of_type = rules.entry(name).or_default();
        of_type.extend(fields.iter().map(|field| (*field, Rule { need, class })));
    }
    rules
});

/// The rule of a field, if it has one.
#[must_use]
pub fn rule(type_name: &str, field: &str) -> Option<Rule> {
    RULES.get(type_name)?.get(field).copied()
}

/// Whether a caller may run a mutation that answers with a `ForbiddenRejection` when it may not. Asks the same table.
#[must_use]
pub fn permits(caller: &Caller, mutation: &str) -> bool {
    match rule("Mutation", mutation).map(|rule| rule.need) {
        Some(Need::Token) => true,
        Some(Need::One(permission) | Need::OrRejected(permission)) => caller.holds(permission),
        None => false,
    }
}

/// Which permission each path of the REST surfaces needs; with several rows, all of them. A path without a row does not
/// answer.
pub const ROUTES: &[(&str, &str, Need)] = &[
    ("GET", "/v1/verification/details/{id}", One(ResultsView)),
    ("GET", "/api/v2/verifications", One(VerificationsView)),
    ("GET", "/api/v2/verifications/levels", One(VerificationsView)),
    ("GET", "/api/v2/verifications/{id}", One(VerificationsView)),
    ("GET", "/v2/verifications/{id}", One(VerificationsView)),
    ("POST", "/api/web/v1/idproofing", One(IdproofingView)),
    ("GET", "/api/web/v1/idproofing/{requestId}", One(IdproofingView)),
    ("POST", "/api/web/v1/idproofing/init", One(IdproofingAdd)),
    ("PUT", "/api/web/v1/idproofing/{requestId}/image/{side}", One(IdproofingEdit)),
    ("PUT", "/api/web/v1/idproofing/{requestId}/complete", One(IdproofingEdit)),
    ("POST", "/v2/sessions", One(SessionsAdd)),
    ("GET", "/v2/users/{refId}", One(SessionsView)),
    ("GET", "/v2/sessions/{refId}", One(SessionsView)),
    ("GET", "/sessions/{refId}", One(SessionsView)),
    ("GET", "/v2/users/{refId}/documents", One(SessionsView)),
    ("GET", "/v2/users/{refId}/documents", One(DocumentsView)),
    ("GET", "/v2/images/{id}", One(DocumentsView)),
];

/// Lets a caller use a path of the REST surfaces, or not.
///
/// # Errors
///
/// [`Error::Forbidden`] when it lacks the permission; [`Error::Fault`] when the path has no rule.
pub fn check_route(caller: &Caller, method: &str, path: &str) -> Result<()> {
    let mut needs = needs_of(method, path).peekable();
    if needs.peek().is_none() {
        return Err(Error::Fault("a path of the REST surface has no rule in the policy table"));
    }
    for need in needs {
        match need {
            Need::One(permission) | Need::OrRejected(permission) if !caller.holds(permission) => {
                return Err(Error::Forbidden(permission));
            }
            Need::Token | Need::One(_) | Need::OrRejected(_) => {}
        }
    }
    Ok(())
}

/// What a caller of a path needs: all of it.
pub fn needs_of(method: &str, path: &str) -> impl Iterator<Item = Need> {
    ROUTES.iter().filter(move |(of, route, _)| *of == method && *route == path).map(|(.., need)| *need)
}

/// Lets a caller read a field, or not.
///
/// # Errors
///
/// [`Error::Forbidden`] when it lacks the permission; [`Error::Fault`] when the field has no rule.
pub fn check(caller: &Caller, type_name: &str, field: &str) -> Result<()> {
    match rule(type_name, field).map(|rule| rule.need) {
        Some(Need::Token | Need::OrRejected(_)) => Ok(()),
        Some(Need::One(permission)) if caller.holds(permission) => Ok(()),
        Some(Need::One(permission)) => Err(Error::Forbidden(permission)),
        None => Err(Error::Fault("a field of the schema has no rule in the policy table")),
    }
}

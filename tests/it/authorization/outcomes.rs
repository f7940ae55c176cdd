//! Documents with every possible outcome of every mutation, except those in `lifecycle`.

use entity::{proofing_request::State, verification_session::Status as SessionStatus};
use uuid::Uuid;
use verigraph::{event::Kind, result::Scope};

use super::{lifecycle, members};
use crate::{
    harness::{NewIdentification, NewProofing, NewSession, NewUser, TestApp},
    webhooks::{deliver_all, deliveries, record_event, subscribe, worker},
};

/// Returns documents with every outcome of every mutation in a Live project, in the order in which to run them.
pub async fn all_outcomes(app: &TestApp, endpoint: &str) -> Vec<(&'static str, String)> {
    let mut all = outcomes(app, endpoint).await;
    all.extend(lifecycle::outcomes(app).await);
    all.extend(members::outcomes(app).await);
    all
}

/// Creates a user and returns documents with every outcome of a mutation, in the order in which to run them.
async fn outcomes(app: &TestApp, endpoint: &str) -> Vec<(&'static str, String)> {
    let user = app.user(NewUser::default()).await;
    let (level, other) = (app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await);
    let nobody = "00000000-0000-7000-8000-000000000000".parse().unwrap();
    let create =
        |input: &str| ("createVerificationLevel", format!("createVerificationLevel(input: {{ {input} }})"));
    let grant = |user: Uuid, level: Uuid, rest: &str| {
        let input = format!("userId: \"{user}\", levelId: \"{level}\", reason: \"why\"{rest}");
        ("grantVerificationLevel", format!("grantVerificationLevel(input: {{ {input} }})"))
    };
    let proofing = async |state| app.proofing(NewProofing { state, ..NewProofing::default() }).await.id;
    let (begun, pictured, other_pictured, done) = (
        proofing(State::Init).await,
        proofing(State::Image).await,
        proofing(State::Image).await,
        proofing(State::Complete).await,
    );
    let begin =
        |input: &str| ("createProofingRequest", format!("createProofingRequest(input: {{ {input} }})"));
    let upload = |id: Uuid| {
        let name = "generateProofingImageUploadUrl";
        (name, format!("{name}(input: {{ requestId: \"{id}\", side: FRONT }})"))
    };
    let complete = |id: Uuid, rest: &str| {
        let name = "completeProofingRequest";
        (name, format!("{name}(input: {{ requestId: \"{id}\"{rest} }})"))
    };
    let set = |input: &str| ("setGrantPolicy", format!("setGrantPolicy(input: {{ {input} }})"));
    let identification = app.identification(user, NewIdentification::default()).await;
    let (subscription, log) = webhooks(app, endpoint).await;
    let of = |name: &'static str, input: &str| (name, format!("{name}(input: {{ {input} }})"));
    let add = |input: &str| of("addWebhookSubscription", &format!("label: \"a\", {input}"));
    let change = |id: &Uuid, rest: &str| of("updateWebhookSubscription", &format!("id: \"{id}\", {rest}"));
    let probe = |id: &Uuid| of("probeWebhookEndpoint", &format!("id: \"{id}\""));
    let replay = |id: &Uuid| of("replayWebhookEvent", &format!("webhookEventLogId: \"{id}\""));
    let replay_all = |id: &Uuid| of("replayFailedWebhookEvents", &format!("webhookSubscriptionId: \"{id}\""));
    let remove = |id: &Uuid| of("removeWebhookSubscription", &format!("id: \"{id}\""));
    let good = format!("endpoint: \"{endpoint}\", eventTypes: [\"*\"]");
    let update = |id: Uuid, rest: &str| {
        let name = "updateIdentification";
        (name, format!("{name}(input: {{ identificationId: \"{id}\", {rest} }})"))
    };
    let mut all = results(app, user, nobody).await;
    all.extend(sessions(app, user, nobody).await);
    all.push(("runScenario", "runScenario(input: { scenario: \"forced\" })".to_owned()));
    all.extend([
        set(&format!("identificationLevel: qes, levelId: \"{level}\"")),
        set(&format!("identificationLevel: qes, levelId: \"{nobody}\"")),
        update(identification, "levels: { expert: Expired }"),
        update(identification, "levels: { expert: Valid }"),
        update(identification, "levels: { pvid: Valid }"),
        update(identification, "levels: { expert: Expired }, errorReasons: [FraudDetected]"),
        update(nobody, "levels: { expert: Expired }"),
        replay_all(&subscription),
        replay_all(&nobody),
        begin(""),
        begin(&format!("userId: \"{nobody}\"")),
        begin("scenario: \"nonsense\""),
        upload(begun),
        upload(nobody),
        upload(done),
        complete(pictured, ", documentAuthenticationResult: PASSED, faceMatchScore: 90"),
        complete(other_pictured, ""),
        create("name: \"new\", idempotencyKey: \"a\""),
        create("name: \"newer\", idempotencyKey: \"a\""),
        create("name: \"new\""),
        create("name: \"newest\", index: 1"),
        grant(user, level, ", idempotencyKey: \"b\""),
        grant(user, other, ", idempotencyKey: \"b\""),
        grant(user, level, ""),
        grant(nobody, level, ""),
        grant(user, nobody, ""),
        add(&format!("{good}, idempotencyKey: \"w\"")),
        add(&format!("{good}, status: Disabled, idempotencyKey: \"w\"")),
        add("endpoint: \"nowhere\", eventTypes: [\"*\"]"),
        add(&format!("{good}, secret: \"short\"")),
        add(&good.replace('*', "Nothing.Happened")),
        change(&subscription, "label: \"b\""),
        change(&nobody, "label: \"b\""),
        probe(&subscription),
        replay(&log),
        replay(&log),
        replay(&nobody),
        change(&subscription, "endpoint: \"http://127.0.0.1:1/\""),
        probe(&subscription),
        // As many as the test's limit allows.
        probe(&subscription),
        add(&good),
        remove(&subscription),
    ]);
    all
}

/// Outcomes of mutations of verification results.
async fn results(app: &TestApp, user: Uuid, nobody: Uuid) -> Vec<(&'static str, String)> {
    let integration = app.integration(app.project, &[Scope::Name]).await.integration;
    let started = app.verified(user, integration, None).await;
    let request = |user: Uuid, integration: Uuid, rest: &str| {
        let name = "requestVerification";
        (name, format!("{name}(input: {{ userId: \"{user}\", integrationId: \"{integration}\"{rest} }})"))
    };
    let record = |id: Uuid, outcome: &str| {
        let name = "recordVerificationOutcome";
        (name, format!("{name}(input: {{ verificationResultId: \"{id}\", outcome: {outcome} }})"))
    };
    vec![
        request(user, integration, ", idempotencyKey: \"c\""),
        request(user, integration, ", idempotencyKey: \"c\", correlationId: \"other\""),
        request(nobody, integration, ""),
        request(user, nobody, ""),
        record(started, "VERIFIED"),
        record(started, "FAILED"),
        record(nobody, "FAILED"),
    ]
}

/// Outcomes of mutations of verification sessions.
async fn sessions(app: &TestApp, user: Uuid, nobody: Uuid) -> Vec<(&'static str, String)> {
    let session = async |status| app.session(user, NewSession { status, ..NewSession::default() }).await.id;
    let (open, going, closed) = (
        session(SessionStatus::InProgress).await,
        session(SessionStatus::InProgress).await,
        session(SessionStatus::Successful).await,
    );
    let session = |input: &str| {
        ("createVerificationSession", format!("createVerificationSession(input: {{ {input} }})"))
    };
    let end = |id: Uuid, status: &str| {
        let name = "completeVerificationSession";
        (name, format!("{name}(input: {{ sessionId: \"{id}\", status: {status} }})"))
    };
    let submit = |id: Uuid, rest: &str| {
        let name = "submitSessionDocument";
        (name, format!("{name}(input: {{ sessionId: \"{id}\", {rest} }})"))
    };
    vec![
        session("refId: \"new\""),
        session("refId: \"keyed\", idempotencyKey: \"c\""),
        session("refId: \"other\", idempotencyKey: \"c\""),
        submit(open, "step: ID_DOCUMENT, images: [FRONT, SELFIE]"),
        submit(open, "step: ID_DOCUMENT, documentType: DriversLicense"),
        submit(open, &format!("step: ID_DOCUMENT, identificationId: \"{nobody}\"")),
        submit(open, "documentType: FacePhoto, images: [PHOTO]"),
        submit(open, "documentType: Report, fields: { firstName: \"a\" }"),
        submit(closed, "step: ID_DOCUMENT"),
        submit(nobody, "step: ID_DOCUMENT"),
        end(going, "Pending"),
        end(going, "InProgress"),
        end(closed, "Suspected"),
        end(nobody, "Pending"),
    ]
}

/// A subscription to an endpoint, and a delivery to it.
async fn webhooks(app: &TestApp, endpoint: &str) -> (Uuid, Uuid) {
    let subscribed = subscribe(app, &app.token, endpoint, "").await;
    record_event(app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(app)).await;
    (subscribed.id, deliveries(app, subscribed.id).await[0].id)
}

pub const CREATED: &str = "{ __typename ... on Rejection { message }
    ... on CreateVerificationLevelSuccessPayload { verificationLevel { id } } }";
const GRANTED: &str = "{ __typename ... on Rejection { message }
    ... on GrantVerificationLevelSuccessPayload { verification { id } } }";

const REQUESTED: &str = "{ __typename ... on Rejection { message }
    ... on RequestVerificationSuccessPayload { verificationResult { id } } }";
const RECORDED: &str = "{ __typename ... on Rejection { message }
    ... on RecordVerificationOutcomeSuccessPayload { verificationResult { id } } }";
const SET: &str = "{ __typename ... on Rejection { message }
    ... on SetGrantPolicySuccessPayload { grantPolicies { identificationLevel } } }";
const UPDATED: &str = "{ __typename ... on Rejection { message }
    ... on UpdateIdentificationSuccessPayload { identification { id } } }";
const BEGUN: &str = "{ __typename ... on Rejection { message }
    ... on CreateProofingRequestSuccessPayload { requestId proofingRequest { id } } }";
const UPLOADED: &str = "{ __typename ... on Rejection { message }
    ... on GenerateProofingImageUploadUrlSuccessPayload { url expiresAt } }";
const COMPLETED: &str = "{ __typename ... on Rejection { message }
    ... on CompleteProofingRequestSuccessPayload { requestId proofingRequest { id } } }";

const SUBSCRIBED: &str = "{ __typename ... on Rejection { message }
    ... on WebhookSubscriptionSuccessPayload { secret webhookSubscription { id } } }";
const UNSUBSCRIBED: &str = "{ __typename ... on Rejection { message }
    ... on RemoveWebhookSubscriptionSuccessPayload { webhookSubscriptionId } }";
const REPLAYED: &str = "{ __typename ... on Rejection { message }
    ... on ReplayWebhookEventSuccessPayload { webhookEventLog { id } } }";
const REPLAYED_ALL: &str = "{ __typename ... on Rejection { message }
    ... on ReplayFailedWebhookEventsSuccessPayload { webhookSubscription { id } replayed remaining } }";
const PROBED: &str = "{ __typename ... on Rejection { message }
    ... on ProbeWebhookEndpointSuccessPayload { statusCode milliseconds failure } }";
const SESSION: &str = "{ __typename ... on Rejection { message }
    ... on CreateVerificationSessionSuccessPayload { sessionId verificationSession { id } } }";
const ENDED: &str = "{ __typename ... on Rejection { message }
    ... on CompleteVerificationSessionSuccessPayload { verificationSession { id } } }";
const SUBMITTED: &str = "{ __typename ... on Rejection { message }
    ... on SubmitSessionDocumentSuccessPayload {
        documentId document { __typename } uploads { __typename kind url expiresAt } } }";

const RAN: &str = "{ __typename ... on Rejection { message } ... on RunScenarioSuccessPayload {
    name userId identificationId verificationSessionId documentId proofingRequestId verificationId verificationResultId
    objects { __typename name id }
    happenings { __typename after step what outcome isRefused resourceId } } }";

/// A mutation with the selection of its outcomes.
pub fn document(name: &str, mutation: &str) -> String {
    let fields = match name {
        "setGrantPolicy" => SET,
        "requestVerification" => REQUESTED,
        "recordVerificationOutcome" => RECORDED,
        "updateIdentification" => UPDATED,
        "createVerificationLevel" => CREATED,
        "grantVerificationLevel" => GRANTED,
        "createProofingRequest" => BEGUN,
        "generateProofingImageUploadUrl" => UPLOADED,
        "completeProofingRequest" => COMPLETED,
        "addWebhookSubscription" | "updateWebhookSubscription" => SUBSCRIBED,
        "removeWebhookSubscription" => UNSUBSCRIBED,
        "replayWebhookEvent" => REPLAYED,
        "replayFailedWebhookEvents" => REPLAYED_ALL,
        "probeWebhookEndpoint" => PROBED,
        "createVerificationSession" => SESSION,
        "completeVerificationSession" => ENDED,
        "submitSessionDocument" => SUBMITTED,
        "runScenario" => RAN,
        name => {
            let fields = lifecycle::fields(name).or_else(|| members::fields(name));
            let fields = fields.unwrap_or_else(|| panic!("what does {name} answer?"));
            let about = format!("{{ __typename ... on Rejection {{ message }} {fields} }}");
            return format!("mutation {{ {mutation} {about} }}");
        }
    };
    format!("mutation {{ {mutation} {fields} }}")
}

//! Mutations say themselves that they are forbidden, and each of their outcomes can be read.

use std::collections::BTreeSet;

use entity::{proofing_request::State, verification_session::Status as SessionStatus};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{
        Permission, Permissions,
        policy::{self, Need},
    },
    event::Kind,
    result::Scope,
};

use super::{every_permissions, graph::Graph, lifecycle};
use crate::{
    harness::{NewIdentification, NewProofing, NewSession, NewUser, TestApp},
    on_both,
    scenarios::keys::{forsake, hasty},
    webhooks::{Receiver, deliver_all, deliveries, happen, settings, subscribe, worker},
};

/// A user, and documents that end in every way a mutation can end, in this order.
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
        // As many as the test lets a project have.
        probe(&subscription),
        add(&good),
        remove(&subscription),
    ]);
    all
}

/// Those of verification results.
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

/// Those of verification sessions.
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
        end(going, "pending"),
        end(going, "in_progress"),
        end(closed, "suspected"),
        end(nobody, "pending"),
    ]
}

/// A subscription to an endpoint, and what arrived there.
async fn webhooks(app: &TestApp, endpoint: &str) -> (Uuid, Uuid) {
    let subscribed = subscribe(app, &app.token, endpoint, "").await;
    happen(app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(app)).await;
    (subscribed.id, deliveries(app, subscribed.id).await[0].id)
}

const CREATED: &str = "{ __typename ... on Rejection { message }
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

fn document(name: &str, mutation: &str) -> String {
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
        "probeWebhookEndpoint" => PROBED,
        "createVerificationSession" => SESSION,
        "completeVerificationSession" => ENDED,
        "submitSessionDocument" => SUBMITTED,
        "runScenario" => RAN,
        name => {
            let fields = lifecycle::fields(name).unwrap_or_else(|| panic!("what does {name} answer?"));
            let about = format!("{{ __typename ... on Rejection {{ message }} {fields} }}");
            return format!("mutation {{ {mutation} {about} }}");
        }
    };
    format!("mutation {{ {mutation} {fields} }}")
}

/// The one permission that a mutation needs.
fn needed(name: &str) -> Permission {
    match policy::rule("Mutation", name).unwrap().need {
        Need::OrRejected(permission) => permission,
        need => panic!("{name}: {need:?}"),
    }
}

/// The fields that have a value in what a mutation answered.
fn told(name: &str, outcome: &Value) -> Vec<(String, String)> {
    let Value::Object(fields) = outcome else { return Vec::new() };
    let ty = outcome["__typename"].as_str().unwrap();
    let fields = fields.iter().filter(|(field, value)| *field != "__typename" && !value.is_null());
    let fields = fields.map(|(field, _)| (ty.to_owned(), field.clone()));
    // What is told by mutations alone, within what they tell.
    let within = outcome.as_object().into_iter().flat_map(|fields| fields.values());
    let within = within.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    let within = within.filter(|value| value["__typename"].is_string()).flat_map(|value| told(name, value));
    fields.chain(within).chain([("Mutation".to_owned(), name.to_owned())]).collect()
}

on_both! {
    async fn every_outcome_of_every_mutation_can_be_read(app: TestApp) {
        let (mut app, mut config) = (app, settings());
        (config.limits.webhook_subscriptions, config.limits.webhook_probes) = (2, 2);
        app.restart_with(config);
        let receiver = Receiver::start().await;
        let mut seen = BTreeSet::new();
        let nobody = app.token_with(&[]).await;
        let mut app = app;
        let mut all = outcomes(&app, &receiver.url).await;
        all.extend(lifecycle::outcomes(&app).await);
        for is_sandbox in [false, true] {
        if is_sandbox {
            lifecycle::to_sandbox(&app, app.project).await;
            app.restart_with(crate::webhooks::settings());
            all = lifecycle::in_sandbox(&app).await;
        }
        for (name, mutation) in &all {
            let name = *name;
            let document = document(name, mutation);
            let all_but = Permission::ALL.into_iter().filter(|it| needed(name) != *it).collect::<Permissions>();
            let all_but = app.token_for(app.project, all_but, None).await;
            for token in [&nobody, &all_but] {
                let outcome = &app.query_as(token, &document, json!({})).await[name];
                assert_eq!(outcome["__typename"], "ForbiddenRejection", "{document}");
                seen.extend(told(name, outcome));
            }
            seen.extend(told(name, &app.query_as(&app.token, &document, json!({})).await[name]));
        }
        }
        // Whoever comes while somebody else moves the clock, or with less than what it gives or ends.
        let turn = app.app.clocks.turn(app.project);
        let held = turn.lock().await;
        let (name, mutation) = ("advanceSandboxClock", "advanceSandboxClock(input: { by: \"PT1H\" })");
        seen.extend(told(name, &app.query(&document(name, mutation)).await[name]));
        drop(held);
        let few = app.token_with(&[Permission::CredentialsManage]).await;
        let mighty = app.credential(app.project, Permissions::all(), None).await.credential;
        let revoke = format!("revokeCredential(input: {{ credentialId: \"{mighty}\" }})");
        let make = "createCredential(input: { label: \"a\", permissions: [\"USERS:VIEW\"] })".to_owned();
        for (name, mutation) in [("revokeCredential", revoke), ("createCredential", make)] {
            seen.extend(told(name, &app.query_as(&few, &document(name, &mutation), json!({})).await[name]));
        }
        let tagged = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
        seen.extend(told("createUser", &app.query_as(&tagged, &document("createUser", "createUser(input: {})"), json!({})).await["createUser"]));
        // Whoever comes while a scenario is run under the key.
        app.restart_with(hasty(2));
        let (name, mutation) = ("runScenario", "runScenario(input: { scenario: \"forced\", idempotencyKey: \"busy\" })");
        seen.extend(told(name, &app.query(&document(name, mutation)).await[name]));
        forsake(&app, app.project, "busy", 60).await;
        seen.extend(told(name, &app.query(&document(name, mutation)).await[name]));
        let graph = Graph::served();
        let mut expected: BTreeSet<_> = graph.fields().difference(&graph.read_fields()).cloned().collect();
        // Those are tried in `subscriptions`.
        expected.retain(|(parent, _)| !["Subscription", "Event"].contains(&parent.as_str()));
        assert_eq!(seen, expected);
    }

    async fn a_mutation_is_refused_exactly_without_its_permission(app: TestApp) {
        let credential = app.credential(app.project, Permissions::all(), None).await.credential;
        let user = app.user(NewUser::default()).await;
        let mut levels = [app.level(None, "Level 0", 0).await, app.level(None, "Level 1", 1).await];
        for (place, permissions) in every_permissions().into_iter().enumerate() {
            let token = app.token_of(credential, permissions, 3600).await;
            levels.reverse();
            let document = format!(
                "mutation {{
                    createVerificationLevel(input: {{ name: \"new {place}\" }}) {CREATED}
                    grantVerificationLevel(input: {{
                        userId: \"{user}\", levelId: \"{}\", reason: \"why\" }}) {{ __typename }} }}",
                levels[0],
            );
            let answer = app.run_as(&token, &document, json!({})).await;
            let held = |name: &str| permissions.holds(needed(name));
            for name in ["createVerificationLevel", "grantVerificationLevel"] {
                let ended = answer["data"][name]["__typename"].as_str().unwrap_or_else(|| panic!("{answer}"));
                if !held(name) {
                    assert_eq!(ended, "ForbiddenRejection", "[{permissions}] {answer}");
                } else if name == "createVerificationLevel" {
                    assert_eq!(ended, "CreateVerificationLevelSuccessPayload", "[{permissions}] {answer}");
                } else {
                    // Whether the user is there already depends on who was let in before.
                    let ends = ["GrantVerificationLevelSuccessPayload", "AlreadyAtVerificationLevelRejection"];
                    assert!(ends.contains(&ended), "[{permissions}] {answer}");
                }
            }
            // What was made is shown to whoever may read it only.
            let shown = !answer["data"]["createVerificationLevel"]["verificationLevel"].is_null();
            let may_read = permissions.holds(Permission::VerificationsView);
            assert_eq!(shown, may_read && held("createVerificationLevel"), "[{permissions}] {answer}");
        }
    }

    async fn a_link_changes_nothing(app: TestApp) {
        let bearer = format!("Bearer {}", app.token);
        let document = "mutation%20%7B%20createVerificationLevel(input%3A%20%7B%20name%3A%20%22a%22%20%7D)%20%7B%20__typename%20%7D%20%7D";
        let answer =
            app.get(&format!("/graphql?query={document}"), &[("authorization", bearer.as_str())]).await;
        assert_eq!(answer.status, 405);
        assert_eq!(app.query("{ verificationLevels { id } }").await, json!({ "verificationLevels": [] }));
    }
}

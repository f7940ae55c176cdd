//! Every mutation and every REST path that writes, with a restricted user and with an erased one.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request},
};
use entity::credential;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::{Person, erase, put, rest_writes, sandbox};
use crate::{
    authorization::graph::Graph,
    encryption::dump,
    harness::{Db, TestApp},
    lifecycle::mutate,
    sessions::{get, key, send},
};

/// Mutations that refer to no existing user.
const ABOUT_NOBODY: [&str; 32] = [
    "createUser",
    "createVerificationLevel",
    "setGrantPolicy",
    "addWebhookSubscription",
    "updateWebhookSubscription",
    "removeWebhookSubscription",
    "probeWebhookEndpoint",
    "replayWebhookEvent",
    "replayFailedWebhookEvents",
    "setRetentionPolicy",
    "setProjectSettings",
    "setNameSearch",
    "createCredential",
    "rotateCredential",
    "revokeCredential",
    "setLevelValidity",
    "createSandboxUser",
    "advanceSandboxClock",
    "runScenario",
    "inviteMember",
    "changeMembership",
    "endMembership",
    "signOutMember",
    "suspendMember",
    "eraseMember",
    "revokeInvitation",
    "createRole",
    "updateRole",
    "deleteRole",
    "saveView",
    "deleteView",
    // An erased user has no `refId`; a restricted one is tested below.
    "createVerificationSession",
];
/// Mutations that erase or prevent an erasure, which remain allowed.
const ERASING: [&str; 4] = ["eraseUser", "placeLegalHold", "releaseLegalHold", "deleteSandboxUser"];

/// The input of each of the other mutations, and its expected rejection.
fn requests(it: &Person) -> Vec<(&'static str, String, &'static str)> {
    let Person {
        user, identification, pending, session, proofing, pictured, result, level, integration, ..
    } = it;
    let (erased, unknown) = ("UserErasedRejection", "UserNotFoundRejection");
    let report = |id: &str| format!("identificationId: \"{id}\"");
    vec![
        ("createProofingRequest", format!("userId: \"{user}\""), unknown),
        ("generateProofingImageUploadUrl", format!("requestId: \"{proofing}\", side: FRONT"), erased),
        (
            "completeProofingRequest",
            format!("requestId: \"{pictured}\", documentAuthenticationResult: PASSED, faceMatchScore: 90"),
            erased,
        ),
        (
            "grantVerificationLevel",
            format!("userId: \"{user}\", levelId: \"{level}\", reason: \"word\""),
            unknown,
        ),
        ("requestVerification", format!("userId: \"{user}\", integrationId: \"{integration}\""), unknown),
        ("recordVerificationOutcome", format!("verificationResultId: \"{result}\", outcome: FAILED"), erased),
        ("updateIdentification", format!("{}, levels: {{ expert: Pending }}", report(pending)), erased),
        ("cancelIdentification", format!("{}, reason: \"word\"", report(pending)), erased),
        ("revokeIdentification", format!("{}, reason: \"word\"", report(identification)), erased),
        (
            "updateSandboxIdentification",
            format!("{}, levels: {{ expert: Pending }}", report(pending)),
            erased,
        ),
        ("completeVerificationSession", format!("sessionId: \"{session}\", status: Pending"), erased),
        (
            "submitSessionDocument",
            format!("sessionId: \"{session}\", step: ID_DOCUMENT, fields: {{ firstName: \"word\" }}"),
            erased,
        ),
        ("updateUser", format!("userId: \"{user}\", firstName: \"word\""), erased),
        ("deactivateUser", format!("userId: \"{user}\""), erased),
        ("updateSandboxUser", format!("id: \"{user}\", firstName: \"word\", autoConsent: true"), unknown),
        ("endorseSandboxUser", format!("id: \"{user}\""), unknown),
        ("startIdentification", format!("userId: \"{user}\", process: Expert"), "User"),
        ("createSandboxIdentification", format!("userId: \"{user}\", process: Expert, levels: {{}}"), "User"),
        (
            "addExternalIdentification",
            format!(
                "userId: \"{user}\", process: Expert, provider: \"p\", reference: \"word\", levels: {{ expert: Valid }}"
            ),
            "User",
        ),
    ]
}

/// Asserts that no mutation changes anything about the user.
async fn assert_mutations_rejected(app: &TestApp, it: &Person) {
    let requests = requests(it);
    let covered =
        requests.iter().map(|(name, ..)| *name).chain(ABOUT_NOBODY).chain(ERASING).chain(["expireLevels"]);
    let served =
        Graph::served().parents["Mutation"].iter().map(|field| field.name.node.to_string()).collect();
    assert_eq!(
        covered.map(str::to_owned).collect::<BTreeSet<_>>(),
        served,
        "say what a mutation does to an erased user"
    );
    let before = dump(app).await;
    for (name, input, refused) in requests {
        let answer = mutate(app, name, &input, "").await;
        let ended = answer["__typename"].as_str().unwrap();
        assert!(ended.starts_with(refused) && ended.ends_with("Rejection"), "{name}: {answer}");
    }
    let filter = format!("filter: {{ levels: [expert], userIds: [\"{}\"] }}, reason: \"word\"", it.user);
    let expired = "... on ExpireLevelsSuccessPayload { matched expired }";
    let expired = mutate(app, "expireLevels", &filter, expired).await;
    assert_eq!((&expired["matched"], &expired["expired"]), (&json!(0), &json!(0)), "{expired}");
    assert_eq!(dump(app).await, before, "a mutation was refused and changed something");
    assert_rest_writes_rejected(app, it).await;
}

async fn rest(app: &TestApp, method: &str, path: &str, body: Body) -> (u16, Value) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("authorization", format!("Bearer {}", app.token)).body(body).unwrap();
    let answer = app.send(request).await;
    (answer.status.as_u16(), answer.json())
}

/// An API key whose use in this hour is recorded: a rejected request adds nothing to it.
async fn used_key(app: &TestApp) -> String {
    let used = async || {
        let used = credential::Entity::find().filter(credential::Column::LastUsedAt.is_not_null());
        used.count(app.store.write()).await.unwrap()
    };
    let (before, key) = (used().await, key(app).await);
    get(app, &key, "/v2/sessions/none").await;
    while used().await == before {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    key
}

async fn assert_rest_writes_rejected(app: &TestApp, it: &Person) {
    let covered = [
        ("POST", "/api/web/v1/idproofing/init"),
        ("PUT", "/api/web/v1/idproofing/{requestId}/image/{side}"),
        ("PUT", "/api/web/v1/idproofing/{requestId}/complete"),
        ("PUT", "/uploads/{token}"),
        ("PUT", "/images/{ticket}"),
        ("POST", "/v2/sessions"),
        // A search, and paths that issue tokens.
        ("POST", "/api/web/v1/idproofing"),
        ("POST", "/oauth2/token"),
        ("POST", "/v1/integration/authorize/server"),
        ("POST", "/api/web/v1/adminapi/authenticate"),
        // Exports only read.
        ("POST", "/export/auditEvents"),
        ("POST", "/export/identifications"),
        ("POST", "/export/proofingRequests"),
        ("POST", "/export/users"),
        ("POST", "/export/verificationResults"),
        ("POST", "/export/verificationSessions"),
        ("POST", "/export/verifications"),
        ("POST", "/export/webhookEventLogs"),
    ];
    let covered = covered.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned()));
    assert_eq!(covered.collect::<BTreeSet<_>>(), rest_writes());
    let credential = used_key(app).await;
    let before = dump(app).await;
    let base = "/api/web/v1/idproofing";
    let user = json!({ "userId": it.user }).to_string();
    let (status, answer) = rest(app, "POST", &format!("{base}/init"), user.into()).await;
    assert_eq!((status, &answer["errorCode"]), (404, &json!("user_not_found")), "{answer}");
    for request in [&it.proofing, &it.pictured] {
        let picture = crate::harness::picture();
        let (status, answer) = rest(app, "PUT", &format!("{base}/{request}/image/0"), picture.into()).await;
        assert_eq!((status, &answer["errorCode"]), (409, &json!("user_erased")), "{answer}");
    }
    let (status, answer) = rest(app, "PUT", &format!("{base}/{}/complete", it.pictured), Body::empty()).await;
    assert_eq!((status, &answer["errorCode"]), (409, &json!("user_erased")), "{answer}");
    let [proofing, document] = &it.uploads;
    assert_eq!((put(app, proofing).await, put(app, document).await), (409, 404));
    assert_eq!(dump(app).await, before, "a path refused and changed something");
    let found = app.query(&format!("{{ user(id: \"{}\") {{ refId }} }}", it.user)).await;
    if let Some(ref_id) = found["user"]["refId"].as_str() {
        let body = json!({ "refId": ref_id, "forceCreation": true }).to_string();
        assert_eq!(send(app, Method::POST, "/v2/sessions", &credential, body).await.status, 404);
        let input = format!("refId: \"{ref_id}\", forceCreation: true");
        let answer = mutate(app, "createVerificationSession", &input, "").await;
        assert_eq!(answer["__typename"], "UserNotFoundRejection", "{answer}");
        assert_eq!(dump(app).await, before, "a session was refused and changed something");
    }
}

#[rstest]
#[tokio::test]
async fn restricted_and_erased_users_accept_no_new_records(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    sandbox(&mut app).await;
    let level = app.level(None, "Level 0", 0).await;
    app.level(None, "Level 1", 1).await;
    let person = Person::new(&app, "ada", level).await;
    mutate(&app, "placeLegalHold", &format!("userId: \"{}\", reason: \"law\"", person.user), "").await;
    erase(&app, person.user).await;
    assert_mutations_rejected(&app, &person).await;
    mutate(&app, "releaseLegalHold", &format!("userId: \"{}\"", person.user), "").await;
    assert_mutations_rejected(&app, &person).await;
    let answer =
        mutate(&app, "placeLegalHold", &format!("userId: \"{}\", reason: \"word\"", person.user), "").await;
    assert_eq!(answer["__typename"], "UserErasedRejection");
}

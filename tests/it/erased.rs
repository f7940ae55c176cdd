//! No text remains of an erased user, and an erased or restricted user accepts no new records.

mod doors;
mod ledger;
mod projects;
mod words;

use serde_json::json;
use uuid::Uuid;

use crate::{
    authorization::lifecycle::to_sandbox,
    harness::{NewSession, NewUser, TestApp, described::DOCUMENT},
    lifecycle::mutate,
};

/// A user of a Sandbox project with rows in every table that refers to users, created by mutations.
pub struct Person {
    pub user: Uuid,
    pub identification: String,
    pub pending: String,
    pub session: String,
    pub proofing: String,
    pub pictured: String,
    pub result: String,
    pub level: Uuid,
    pub integration: Uuid,
    /// Signed URLs: of a proofing request and of a document.
    pub uploads: [String; 2],
}

/// Changes the test's project to Sandbox mode.
pub async fn sandbox(app: &mut TestApp) {
    to_sandbox(app, app.project).await;
    app.restart();
}

impl Person {
    pub async fn new(app: &TestApp, ref_id: &str, level: Uuid) -> Self {
        let user = app.user(NewUser { ref_id: Some(ref_id), tags: &["vip"], ..NewUser::default() }).await;
        let integration = app.integration(app.project, &[verigraph::result::Scope::Name]).await.integration;
        let id = async |name: &str, input: String, fields: &str| {
            let answer = mutate(app, name, &input, fields).await;
            assert!(answer["__typename"].as_str().unwrap().ends_with("SuccessPayload"), "{name}: {answer}");
            answer
        };
        let started = "... on StartIdentificationSuccessPayload { identification { id } }";
        let start = async || {
            let answer =
                id("startIdentification", format!("userId: \"{user}\", process: Expert"), started).await;
            answer["identification"]["id"].as_str().unwrap().to_owned()
        };
        let (identification, pending) = (start().await, start().await);
        let report = format!("identificationId: \"{identification}\", levels: {{ expert: Valid }}");
        id("updateSandboxIdentification", report, "").await;
        let external =
            "process: Expert, provider: \"words of a provider\", levels: { expert: Valid }, reference";
        id("addExternalIdentification", format!("userId: \"{user}\", {external}: \"{ref_id}\""), "").await;
        let session = app.session(user, NewSession::default()).await.id.to_string();
        let submitted = "... on SubmitSessionDocumentSuccessPayload { uploads { url } }";
        let input = format!("sessionId: \"{session}\", step: ID_DOCUMENT, images: [FRONT]");
        let submitted = id("submitSessionDocument", input, submitted).await;
        let upload = submitted["uploads"][0]["url"].as_str().unwrap().to_owned();
        let proofing = async || {
            let begun = "... on CreateProofingRequestSuccessPayload { requestId }";
            let begun = id("createProofingRequest", format!("userId: \"{user}\""), begun).await;
            begun["requestId"].as_str().unwrap().to_owned()
        };
        let (proofing, pictured) = (proofing().await, proofing().await);
        let url = "... on GenerateProofingImageUploadUrlSuccessPayload { url }";
        let url =
            id("generateProofingImageUploadUrl", format!("requestId: \"{pictured}\", side: FRONT"), url)
                .await;
        let url = url["url"].as_str().unwrap().to_owned();
        assert_eq!((put(app, &url).await, put(app, &upload).await), (200, 200));
        let result = "... on RequestVerificationSuccessPayload { verificationResult { id } }";
        let input =
            format!("userId: \"{user}\", integrationId: \"{integration}\", correlationId: \"{ref_id}\"");
        let result = id("requestVerification", input, result).await["verificationResult"]["id"].clone();
        let grant = format!("userId: \"{user}\", levelId: \"{level}\", reason: \"{ref_id}\"");
        id("grantVerificationLevel", grant, "").await;
        id("updateSandboxUser", format!("id: \"{user}\", autoConsent: true"), "").await;
        id("endorseSandboxUser", format!("id: \"{user}\""), "").await;
        let result = result.as_str().unwrap().to_owned();
        let uploads = [url, upload];
        Self {
            user,
            identification,
            pending,
            session,
            proofing,
            pictured,
            result,
            level,
            integration,
            uploads,
        }
    }
}

/// Uploads an image to a signed URL and returns the status.
pub async fn put(app: &TestApp, address: &str) -> u16 {
    let body = axum::body::Body::from(crate::harness::picture());
    let request = axum::http::Request::put(address).body(body).unwrap();
    app.send(request).await.status.as_u16()
}

/// Erases a user.
pub async fn erase(app: &TestApp, user: Uuid) {
    let fields = "... on EraseUserSuccessPayload { erasedAt }";
    let erased = mutate(app, "eraseUser", &format!("userId: \"{user}\""), fields).await;
    assert!(erased["__typename"] == "EraseUserSuccessPayload", "{erased}");
}

/// The REST operations that write, as listed in `openapi.json`.
pub fn rest_writes() -> std::collections::BTreeSet<(String, String)> {
    let mut found = std::collections::BTreeSet::new();
    // Sign-in is about members, who are no users of a project: `members` tests it.
    let paths = DOCUMENT["paths"].as_object().unwrap().iter().filter(|(path, _)| !path.starts_with("/auth/"));
    for (path, item) in paths {
        for (method, _) in item.as_object().unwrap() {
            if !["get", "head"].contains(&method.as_str()) {
                found.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    assert!(found.len() > 5, "{}", json!(found));
    found
}

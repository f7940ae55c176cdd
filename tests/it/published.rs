//! Clients of the published API: their operations run unchanged, with their variables and type names.

use axum::http::{Method, StatusCode};
use entity::{document::Kind, document_image, project::Mode, verification_session::Step};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{auth::Permissions, document::Fields};

use crate::harness::{Db, NewDocument, NewIdentification, NewProofing, NewSession, NewUser, TestApp};

const CREATE_USER: &str = "mutation CreateSandboxUser($input: CreateSandboxUserInput) {
    createSandboxUser(input: $input) { __typename
        ... on CreateSandboxUserSuccessPayload { sandboxUser { id identificationLevels { expert PVID QES } } }
        ... on NationalityNotFoundRejection { identifier message } } }";

const CREATE: &str = "mutation Create($userId: String!, $process: IdentificationProcess!,
        $levels: IdentificationLevelStatusesInput!, $errorReasons: [IdentificationInvalidReason!]) {
    createSandboxIdentification(input: { userId: $userId, process: $process, levels: $levels, errorReasons: $errorReasons }) {
        __typename
        ... on CreateSandboxIdentificationSuccessPayload { sandboxIdentification { id } }
        ... on UserNotFoundRejection { id message } } }";

const UPDATE: &str = "mutation Update($identificationId: String!, $process: IdentificationProcess!,
        $levels: IdentificationLevelStatusesInput!) {
    updateSandboxIdentification(input: { identificationId: $identificationId, process: $process, levels: $levels }) {
        __typename
        ... on UpdateSandboxIdentificationSuccessPayload { sandboxIdentification { id } }
        ... on SandboxIdentificationNotFoundRejection { message } } }";

const LIST: &str = "query Identifications($userId: String!) { user(id: $userId) {
    preferred: identificationLevels { expert PVID QES }
    identifications { totalCount edges { node { process status levels { expert { ...level } qes { ...level } pvid { ...level } } } } } } }
    fragment level on IdentificationLevelStatusInfo {
        ... on InvalidIdentificationLevelStatusInfo { status reasons }
        ... on ExpiredIdentificationLevelStatusInfo { status expiredAt }
        ... on ValidIdentificationLevelStatusInfo { status } }";

const DOCUMENTS: &str = "query Documents($id: ID!) { identification(id: $id) { documents { __typename
    ... on IdCardDocument { type issueDate expiryDate mrz number files { __typename downloadUrl side } }
    ... on PassportDocument { type issueDate expiryDate mrz number files { __typename downloadUrl side } }
    ... on ResidencePermitDocument { type issueDate expiryDate mrz number files { __typename downloadUrl side } }
    ... on DriversLicenseDocument { type files { __typename downloadUrl side } }
    ... on FacePhotoDocument { type }
    ... on ReportDocument { type files { ...file } } } } }
    fragment file on DocumentFile { __typename downloadUrl }";

async fn sandbox(app: &TestApp) -> String {
    let project = app.project_of(Mode::Sandbox).await;
    app.token_for(project, Permissions::all(), None).await
}

async fn one(app: &TestApp, token: &str, query: &str, variables: Value) -> Value {
    let data = app.query_as(token, query, variables).await;
    data.as_object().unwrap().values().next().unwrap().clone()
}

#[rstest]
#[tokio::test]
async fn a_sandbox_user_passes_through_its_identifications(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = sandbox(&app).await;
    let made =
        one(&app, &token, CREATE_USER, json!({ "input": { "firstName": "Ada", "nationalityCCA3": "CHE" } }))
            .await;
    let none = json!({ "expert": false, "PVID": false, "QES": false });
    assert_eq!(made["sandboxUser"]["identificationLevels"], none);
    let user = &made["sandboxUser"]["id"];
    let levels = json!({ "expert": "Invalid", "qes": "Started" });
    let variables = json!({ "userId": user, "process": "QES", "levels": levels, "errorReasons": ["BadDocumentLighting"] });
    let made = one(&app, &token, CREATE, variables).await;
    let id = &made["sandboxIdentification"]["id"];
    assert!(id.is_string(), "{made}");
    let list = one(&app, &token, LIST, json!({ "userId": user })).await;
    let invalid = json!({ "status": "Invalid", "reasons": ["BadDocumentLighting"] });
    assert_eq!(list["identifications"]["edges"][0]["node"]["levels"]["expert"], invalid);

    // With another process, the levels are those that the process awards.
    let variables = json!({ "identificationId": id, "process": "PVID", "levels": { "expert": "Valid" } });
    let updated = one(&app, &token, UPDATE, variables).await;
    assert_eq!(&updated["sandboxIdentification"]["id"], id);
    let query = "query ($id: ID!) { identification(id: $id) { process status levels {
            expert { __typename } qes { __typename } pvid { __typename } } } }";
    let is = |level: &str| json!({ "__typename": format!("{level}IdentificationLevelStatusInfo") });
    let expected = json!({
        "process": "PVID", "status": "Started",
        "levels": { "expert": is("Valid"), "qes": is("NotSupported"), "pvid": is("Started") },
    });
    assert_eq!(one(&app, &token, query, json!({ "id": id })).await, expected);
    let variables = json!({ "identificationId": id, "process": "PVID", "levels": { "expert": "Expired" } });
    one(&app, &token, UPDATE, variables).await;
    let list = one(&app, &token, LIST, json!({ "userId": user })).await;
    let expired = &list["identifications"]["edges"][0]["node"]["levels"]["expert"];
    assert!(expired["expiredAt"].is_string(), "{expired}");
}

#[rstest]
#[tokio::test]
async fn rejections_name_the_requested_object_and_are_replayed_under_a_key(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let token = sandbox(&app).await;
    let unknown = "01933b5e-0000-7000-8000-000000000000";
    for id in ["x", unknown] {
        let variables = json!({ "userId": id, "process": "Expert", "levels": {} });
        let refused = one(&app, &token, CREATE, variables).await;
        let expected = json!({ "__typename": "UserNotFoundRejection", "id": id, "message": "the user does not exist or is not visible to the token" });
        assert_eq!(refused, expected);
    }
    let variables =
        json!({ "identificationId": unknown, "process": "PVID", "levels": { "expert": "Valid" } });
    assert_eq!(
        one(&app, &token, UPDATE, variables).await["__typename"],
        "SandboxIdentificationNotFoundRejection"
    );
    let input = json!({ "input": { "nationalityCCA3": "ZZZ", "idempotencyKey": "k" } });
    for _ in 0..2 {
        let refused = one(&app, &token, CREATE_USER, input.clone()).await;
        assert_eq!(
            (&refused["__typename"], &refused["identifier"]),
            (&json!("NationalityNotFoundRejection"), &json!("ZZZ"))
        );
    }
    let keyed = format!("mutation {{ startIdentification(input: {{ userId: \"{unknown}\", process: PVID, idempotencyKey: \"k\" }}) {{
            ... on UserNotFoundRejection {{ id }} }} }}");
    for _ in 0..2 {
        assert_eq!(app.query(&keyed).await, json!({ "startIdentification": { "id": unknown } }));
    }
}

#[rstest]
#[tokio::test]
async fn a_user_query_without_an_id_returns_null(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser::default()).await;
    assert_eq!(app.query("{ user { id } }").await, json!({ "user": null }));
    let query = "query ($id: String) { user(id: $id) { id } }";
    assert_eq!(app.query_as(&app.token, query, json!({ "id": null })).await, json!({ "user": null }));
}

#[rstest]
#[tokio::test]
async fn documents_show_the_published_fields_and_files(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let identification = app.identification(user, NewIdentification::default()).await;
    let session = app.session(user, NewSession::default()).await;
    let day = sea_orm::prelude::Date::from_ymd_opt;
    let fields = Fields {
        id_number: Some("X1".to_owned()),
        date_of_issue: day(2020, 7, 15),
        date_of_expiration: day(2030, 7, 15),
        mrz: vec!["P<".to_owned(), "X1".to_owned()],
        ..Fields::default()
    };
    let kinds = [
        (Kind::IdCard, "IdCard"),
        (Kind::Passport, "Passport"),
        (Kind::ResidencePermit, "ResidencePermit"),
        (Kind::DriversLicense, "DriversLicense"),
        (Kind::FacePhoto, "Face"),
        (Kind::Report, "Report"),
    ];
    let images = [
        (document_image::Kind::Front, "SideA"),
        (document_image::Kind::Back, "SideB"),
        (document_image::Kind::Photo, "Unknown"),
    ];
    for (kind, _) in kinds {
        let identification = Some(identification);
        let new =
            NewDocument { step: Step::IdDocument, kind: Some(kind), fields: fields.clone(), identification };
        let document = app.document(&session, new).await;
        for (image, _) in images {
            app.image(&document, image).await;
        }
    }
    let found = one(&app, &app.token, DOCUMENTS, json!({ "id": identification })).await;
    let documents = found["documents"].as_array().unwrap();
    assert_eq!(documents.len(), kinds.len());
    for (_, name) in kinds {
        let document = documents.iter().find(|document| document["type"] == name);
        let document = document.unwrap_or_else(|| panic!("no {name} in {found}"));
        if let Some(files) = document["files"].as_array() {
            let mut sides: Vec<Value> = files.iter().map(|file| file["side"].clone()).collect();
            sides.sort_by_key(Value::to_string);
            if name != "Report" {
                assert_eq!(sides, images.map(|(_, side)| side), "{name}");
            }
            for file in files {
                assert_eq!(file["__typename"], format!("{name}DocumentFile"));
                let url = file["downloadUrl"].as_str().unwrap();
                assert!(url.starts_with("/images/"), "{url}");
            }
        } else {
            assert_eq!(name, "Face");
        }
        if ["IdCard", "Passport", "ResidencePermit"].contains(&name) {
            let shown = ["issueDate", "expiryDate", "mrz", "number"].map(|field| document[field].clone());
            assert_eq!(json!(shown), json!(["2020-07-15", "2030-07-15", "P<\nX1", "X1"]), "{name}");
        }
    }
    assert_eq!(found["documents"].as_array().unwrap().len(), kinds.len());
}

/// With a cursor and no size, a page has the size of the page that the cursor is from.
#[rstest]
#[tokio::test]
async fn a_cursor_alone_keeps_the_page_size(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for _ in 0..7 {
        app.proofing(NewProofing::default()).await;
    }
    let page = async |body: Value| {
        let request = axum::http::Request::builder()
            .method(Method::POST)
            .uri("/api/web/v1/idproofing")
            .header("authorization", format!("Bearer {}", app.token))
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body.to_string()));
        let answer = app.send(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
        answer.json()
    };
    let page_size =
        |page: &Value| (page["paging"]["limit"].clone(), page["results"].as_array().unwrap().len());
    let first = page(json!({ "limit": 3 })).await;
    let second = page(json!({ "cursor": first["paging"]["nextCursor"] })).await;
    let third = page(json!({ "cursor": second["paging"]["nextCursor"] })).await;
    assert_eq!(
        [page_size(&first), page_size(&second), page_size(&third)],
        [(json!(3), 3), (json!(3), 3), (json!(3), 1)]
    );
    let back = page(json!({ "cursor": third["paging"]["prevCursor"] })).await;
    assert_eq!(back["results"], second["results"]);
    // An explicit limit takes precedence, and later pages keep it.
    let longer = page(json!({ "cursor": first["paging"]["nextCursor"], "limit": 2 })).await;
    let rest = page(json!({ "cursor": longer["paging"]["nextCursor"] })).await;
    assert_eq!([page_size(&longer), page_size(&rest)], [(json!(2), 2), (json!(2), 2)]);
}

#[rstest]
#[tokio::test]
async fn a_session_that_was_opened_without_a_flow_belongs_to_the_default_flow(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let key = app.credential(app.project, Permissions::all(), None).await.api_key.unwrap();
    let begin = async |body: Value| {
        let request = axum::http::Request::builder()
            .method(Method::POST)
            .uri("/v2/sessions")
            .header("x-api-key", key.as_str())
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body.to_string()));
        app.send(request.unwrap()).await.json()["sessionId"].clone()
    };
    let session = begin(json!({ "refId": "one" })).await;
    for path in ["/v2/users/one", "/v2/sessions/one", "/sessions/one"] {
        assert_eq!(app.get(path, &[("x-api-key", key.as_str())]).await.json()["flowId"], "default", "{path}");
    }
    assert_eq!(begin(json!({ "refId": "one", "flowId": "default" })).await, session);
    assert_ne!(begin(json!({ "refId": "one", "flowId": "other" })).await, session);
    let query = format!("{{ verificationSession(id: {session}) {{ flowId status }} }}");
    let expected = json!({ "flowId": "default", "status": "InProgress" });
    assert_eq!(app.query(&query).await, json!({ "verificationSession": expected }));
}

#[rstest]
#[tokio::test]
async fn a_user_without_any_attribute_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let create = async |input: &str| {
        let query = format!("mutation {{ createUser(input: {{ {input} }}) {{ __typename }} }}");
        app.query(&query).await["createUser"]["__typename"].take()
    };
    for nothing in ["", "tags: []", "verifiedEmails: []", "refId: null", "idempotencyKey: \"k\""] {
        assert_eq!(create(nothing).await, "InvalidUserRejection", "{nothing}");
    }
    for something in ["refId: \"one\"", "tags: [\"vip\"]", "lastName: \"Muster\""] {
        assert_eq!(create(something).await, "CreateUserSuccessPayload", "{something}");
    }
    assert_eq!(app.query("{ users { totalCount } }").await, json!({ "users": { "totalCount": 3 } }));
}

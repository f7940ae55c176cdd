//! Each API reports an unavailable database and a full disk in its own format.

use axum::{
    body::Body,
    http::{Method, Request},
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::{Permissions, credential::IssuedCredential},
    result::{Scope, integration::Keys},
};

use super::on_its_own_cluster;
use crate::{
    harness::{Answer, Db, NewProofing, NewSession, NewUser, TestApp, picture},
    results,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// The credentials for each API.
struct Callers {
    bearer: String,
    pair: IssuedCredential,
    integration: Keys,
    token: String,
    result: Uuid,
}

impl Callers {
    async fn of(app: &TestApp) -> Self {
        let user = app.user(NewUser { ref_id: Some("a"), ..NewUser::default() }).await;
        let integration = app.integration(app.project, &[Scope::Name]).await;
        let token = results::token(app, &integration).await;
        let result = app.verified(user, integration.integration, Some("VERIFIED")).await;
        let pair = app.credential(app.project, Permissions::all(), None).await;
        Self { bearer: format!("Bearer {}", app.token), pair, integration, token, result }
    }

    /// Requests that read stored data, one for each API, and where its errors have their code or message.
    fn reads(&self) -> Vec<(Request<Body>, &'static str)> {
        let get = |path: &str, header: &str, value: &str| {
            Request::get(path).header(header, value).header("accept", "application/json").body(Body::empty())
        };
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            self.pair.client_id, self.pair.client_secret
        );
        let authorize =
            json!({ "integrationId": self.integration.integration, "secret": self.integration.secret });
        let details = format!("/v1/verification/details/{}", self.result);
        let api_key = self.pair.api_key.as_deref().unwrap();
        let requests = [
            (
                get("/graphql?query=%7Busers%7BtotalCount%7D%7D", "authorization", &self.bearer),
                "/errors/0/extensions/code",
            ),
            (get("/api/v2/verifications", "authorization", &self.bearer), "/error/code"),
            (
                get(
                    "/api/web/v1/idproofing/0198c0de-0000-7000-8000-000000000000",
                    "authorization",
                    &self.bearer,
                ),
                "/errorCode",
            ),
            (get("/v2/users/a", "x-api-key", api_key), "/message"),
            (get("/v2/users/a/documents", "x-api-key", api_key), "/message"),
            (get("/v2/images/0198c0de-0000-7000-8000-000000000000", "x-api-key", api_key), "/message"),
            (get(&details, "x-auth-token", &self.token), "/message"),
            (
                Request::post("/v1/integration/authorize/server")
                    .header("x-api-key", &self.integration.api_key)
                    .body(Body::from(authorize.to_string())),
                "/message",
            ),
            (Request::post("/oauth2/token").header("content-type", FORM).body(Body::from(form)), "/error"),
        ];
        requests.into_iter().map(|(request, shape)| (request.unwrap(), shape)).collect()
    }
}

/// Asserts that an answer is a temporary error with one of these words in its code or message.
fn assert_refused(answer: &Answer, path: &str, shape: &str, words: &[&str]) {
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"), "{path}: {}", answer.text);
    let said = answer.json().pointer(shape).unwrap_or(&Value::Null).to_string().to_lowercase();
    assert!(words.iter().any(|word| said.contains(word)), "{path}: {}", answer.text);
}

#[tokio::test]
async fn every_api_reports_an_unavailable_database_in_its_own_format() {
    let (cluster, mut app) = on_its_own_cluster().await;
    let callers = Callers::of(&app).await;
    cluster.stop();
    app.restart();
    for (request, shape) in callers.reads() {
        let path = request.uri().path().to_owned();
        let answer = app.send(request).await;
        assert_refused(&answer, &path, shape, &["unavailable", "not available"]);
    }
}

/// A failing disk gives reads the same error code as a full one.
#[tokio::test]
async fn every_read_api_reports_a_storage_failure_in_its_own_format() {
    let mut app = TestApp::start(Db::Postgres).await;
    let callers = Callers::of(&app).await;
    let function = "CREATE FUNCTION is_whole() RETURNS boolean LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION 'could not read block' USING ERRCODE = '58030'; END$$";
    app.store.write().execute_unprepared(function).await.unwrap();
    for table in tables(&app).await {
        for sql in [
            format!("ALTER TABLE {table} RENAME TO {table}_disk"),
            format!("CREATE VIEW {table} AS SELECT * FROM {table}_disk WHERE is_whole()"),
            format!("INSERT INTO {table}_disk SELECT * FROM {table}_disk WHERE false"),
        ] {
            app.store.write().execute_unprepared(&sql).await.unwrap();
        }
    }
    app.restart();
    for (request, shape) in callers.reads() {
        let path = request.uri().path().to_owned();
        let answer = app.send(request).await;
        assert_refused(
            &answer,
            &path,
            shape,
            &["storage_full", "the database storage", "temporarily_unavailable"],
        );
    }
}

async fn tables(app: &TestApp) -> Vec<String> {
    let sql = match app.db {
        Db::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
        Db::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    };
    let statement = Statement::from_string(app.store.dialect().backend(), sql);
    let rows = app.store.read().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// From here on each write needs free space.
async fn need_room(app: &TestApp) {
    let mut statements = Vec::new();
    if app.db == Db::Postgres {
        let function = "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END$$";
        statements.push(function.to_owned());
    }
    for table in tables(app).await {
        for event in ["INSERT", "UPDATE"] {
            let body = match app.db {
                Db::Postgres => "FOR EACH ROW EXECUTE FUNCTION is_full()",
                Db::Sqlite => "BEGIN INSERT INTO filler VALUES (randomblob(1000000)); END",
            };
            statements.push(format!("CREATE TRIGGER full_{table}_{event} BEFORE {event} ON {table} {body}"));
        }
    }
    if app.db == Db::Sqlite {
        statements.insert(0, "CREATE TABLE filler (it BLOB)".to_owned());
    }
    for sql in statements {
        app.store.write().execute_unprepared(&sql).await.unwrap();
    }
}

/// The file cannot grow. A connection that found no space is replaced by one without this limit.
async fn fill(app: &TestApp) {
    if app.db == Db::Sqlite {
        let number = async |sql: &str| {
            let statement = Statement::from_string(app.store.dialect().backend(), sql);
            let row = app.store.write().query_one_raw(statement).await.unwrap().unwrap();
            row.try_get_by_index::<i64>(0).unwrap()
        };
        let pages = number("PRAGMA page_count").await;
        number(&format!("PRAGMA max_page_count = {pages}")).await;
    }
}

#[rstest]
#[tokio::test]
async fn every_write_api_reports_full_storage_in_its_own_format(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let callers = Callers::of(&app).await;
    let user = app.user(NewUser::default()).await;
    let session = app.session(user, NewSession::default()).await.id;
    let proofing = app.proofing(NewProofing::default()).await.id;
    let upload =
        "mutation ($id: ID!) { generateProofingImageUploadUrl(input: { requestId: $id, side: FRONT }) {
            ... on GenerateProofingImageUploadUrlSuccessPayload { url } } }";
    let upload = app.query_as(&app.token, upload, json!({ "id": proofing })).await;
    let upload = upload["generateProofingImageUploadUrl"]["url"].as_str().unwrap().to_owned();
    let submit = "mutation ($id: ID!) { submitSessionDocument(input: { sessionId: $id, step: ID_DOCUMENT, images: [FRONT] }) {
            ... on SubmitSessionDocumentSuccessPayload { uploads { url } } } }";
    let submit = app.query_as(&app.token, submit, json!({ "id": session })).await;
    let ticket = submit["submitSessionDocument"]["uploads"][0]["url"].as_str().unwrap().to_owned();
    let api_key = callers.pair.api_key.clone().unwrap();
    need_room(&app).await;
    let json_body = |body: Value| Body::from(body.to_string());
    let create = json!({ "query": "mutation { createUser(input: { firstName: \"A\" }) { __typename } }" });
    let (put, post) = (Method::PUT, Method::POST);
    let image = || Body::from(picture());
    let none = || ("x-nothing", "");
    let bearer = || ("authorization", callers.bearer.as_str());
    for (method, path, (header, value), body, shape) in [
        (&post, "/graphql".to_owned(), bearer(), json_body(create), "/errors/0/extensions/code"),
        (&post, "/api/web/v1/idproofing/init".to_owned(), bearer(), json_body(json!({})), "/errorCode"),
        (&put, format!("/api/web/v1/idproofing/{proofing}/image/0"), bearer(), image(), "/errorCode"),
        (&put, upload, none(), image(), "/errorCode"),
        (
            &post,
            "/v2/sessions".to_owned(),
            ("x-api-key", api_key.as_str()),
            json_body(json!({ "refId": "new" })),
            "/message",
        ),
        (&put, ticket, none(), image(), "/message"),
    ] {
        fill(&app).await;
        let content_type =
            if *method == Method::PUT { "application/octet-stream" } else { "application/json" };
        let request = Request::builder().method(method).uri(&path).header(header, value);
        let request = request.header("content-type", content_type).header("accept", "application/json");
        let answer = app.send(request.body(body).unwrap()).await;
        assert_refused(&answer, &path, shape, &["storage_full", "the database storage is full"]);
    }
    // Requests that only read still succeed, including tokens and results.
    for (request, _) in callers.reads() {
        let path = request.uri().path().to_owned();
        let answer = app.send(request).await;
        assert!(answer.status.as_u16() == 200 || answer.status.as_u16() == 404, "{path}: {}", answer.text);
    }
}

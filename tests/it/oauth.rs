//! `POST /oauth2/token`: client credentials by RFC 6749.

mod integrations;

use axum::{body::Body, http::Request};
use base64::{Engine, prelude::BASE64_STANDARD};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::auth::{Permission, Permissions, credential::IssuedCredential};

use crate::harness::{Answer, Db, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

async fn ask(app: &TestApp, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::post("/oauth2/token");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = app.send(request.body(Body::from(body.to_owned())).unwrap()).await;
    // Section 5.1: no response may be cached.
    assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
    assert_eq!(answer.header("pragma"), "no-cache", "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/json;charset=UTF-8", "{answer:?}");
    answer
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Client id and secret in the body.
fn in_form(pair: &IssuedCredential) -> String {
    let id = ("client_id", pair.client_id.as_str());
    form(&[("grant_type", "client_credentials"), id, ("client_secret", &pair.client_secret)])
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")))
}

/// The token has this scope and is accepted by GraphQL.
async fn assert_granted(app: &TestApp, answer: Answer, scope: &str) {
    assert_eq!(answer.status, 200, "{answer:?}");
    let mut body = answer.json();
    let Value::String(token) = body["access_token"].take() else { panic!("{answer:?}") };
    let expected =
        json!({ "access_token": null, "token_type": "bearer", "expires_in": 3600, "scope": scope });
    assert_eq!(body, expected);
    let names: Vec<&str> = scope.split(' ').filter(|name| !name.is_empty()).collect();
    let data = app.query_as(&token, "{ viewer { permissions } }", json!({})).await;
    assert_eq!(data, json!({ "viewer": { "permissions": names } }));
}

/// The error format of section 5.2.
fn assert_refused(answer: &Answer, error: &str, description: &str) {
    let unknown = error == "invalid_client";
    assert_eq!(answer.status, if unknown { 401 } else { 400 }, "{answer:?}");
    assert_eq!(answer.json(), json!({ "error": error, "error_description": description }));
    let challenge = if unknown { "Basic realm=\"verigraph\"" } else { "" };
    assert_eq!(answer.header("www-authenticate"), challenge, "{answer:?}");
}

/// The names of all permissions.
fn everything() -> String {
    Permissions::all().to_string()
}

#[rstest]
#[tokio::test]
async fn a_client_gets_a_token_by_form_and_by_basic_authentication(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let grant = "grant_type=client_credentials";
    let (id, secret) = (&pair.client_id, &pair.client_secret);
    assert_granted(&app, ask(&app, &[("content-type", FORM)], &in_form(&pair)).await, &everything()).await;
    let utf8 = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    assert_granted(&app, ask(&app, &[("content-type", utf8)], &in_form(&pair)).await, &everything()).await;
    for header in [basic(id, secret), basic(id, secret).replace("Basic", "basic")] {
        let headers = [("content-type", FORM), ("authorization", header.as_str())];
        assert_granted(&app, ask(&app, &headers, grant).await, &everything()).await;
        // A repeated client id is accepted, and unknown parameters are ignored.
        let more = format!("{grant}&client_id={id}&resource=x&x=1&x=2");
        assert_granted(&app, ask(&app, &headers, &more).await, &everything()).await;
    }
    // Section 2.3.1: both parts are form-encoded before they are joined.
    let encoded: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let header = basic(&encoded, secret);
    assert_granted(
        &app,
        ask(&app, &[("content-type", FORM), ("authorization", &header)], grant).await,
        &everything(),
    )
    .await;
}

#[rstest]
#[tokio::test]
async fn a_scope_limits_the_token(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let all = app.credential(app.project, Permissions::all(), None).await;
    let few = [Permission::UsersView, Permission::IdentificationsView].into_iter().collect();
    let few = app.credential(app.project, few, None).await;
    for (pair, scope, granted) in [
        (&all, "USERS:VIEW", "USERS:VIEW"),
        (&all, "IDENTIFICATIONS:VIEW  USERS:VIEW USERS:VIEW", "USERS:VIEW IDENTIFICATIONS:VIEW"),
        (&all, &everything(), &everything()),
        (&all, "", &everything()),
        (&all, "  ", &everything()),
        (&few, "USERS:VIEW", "USERS:VIEW"),
    ] {
        let body = format!("{}&{}", in_form(pair), form(&[("scope", scope)]));
        assert_granted(&app, ask(&app, &[("content-type", FORM)], &body).await, granted).await;
    }
    assert_granted(
        &app,
        ask(&app, &[("content-type", FORM)], &in_form(&few)).await,
        "USERS:VIEW IDENTIFICATIONS:VIEW",
    )
    .await;
    for scope in
        ["USERS:PERSONAL", "USERS:VIEW USERS:PERSONAL", "USERS:EVERYTHING", "users:view", "*", "USERS:VIEW,"]
    {
        let body = format!("{}&{}", in_form(&few), form(&[("scope", scope)]));
        let answer = ask(&app, &[("content-type", FORM)], &body).await;
        assert_refused(
            &answer,
            "invalid_scope",
            "the scope names a permission that the client does not hold",
        );
    }
}

#[rstest]
#[tokio::test]
async fn an_unauthenticated_client_gets_no_token(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    const MISMATCH: &str = "client id and secret do not match";
    const NOT_BASIC: &str = "the Authorization header is not HTTP Basic";
    const MISSING: &str = "client_id and client_secret are required, in the body or by HTTP Basic";

    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let other = app.credential(app.project, Permissions::all(), None).await;
    let revoked = app.credential(app.project, Permissions::all(), None).await;
    verigraph::auth::credential::revoke(&app.store, &app.clock, &revoked.client_id).await.unwrap();
    let (id, secret) = (pair.client_id.as_str(), pair.client_secret.as_str());
    for (id, secret, description) in [
        (id, "vgs_", MISMATCH),
        (id, &secret[..secret.len() - 1], MISMATCH),
        (id, &secret.to_lowercase(), MISMATCH),
        (id, &format!("{secret} "), MISMATCH),
        (id, &other.client_secret, MISMATCH),
        (id, id, MISMATCH),
        ("vgc_unknown", secret, MISMATCH),
        (&id.to_uppercase(), secret, MISMATCH),
        ("%", secret, MISMATCH),
        (&revoked.client_id, &revoked.client_secret, MISMATCH),
        (&pair.credential.to_string(), secret, MISMATCH),
    ] {
        let fields = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        assert_refused(
            &ask(&app, &[("content-type", FORM)], &form(&fields)).await,
            "invalid_client",
            description,
        );
        let header = basic(&form(&[("", id)])[1..], &form(&[("", secret)])[1..]);
        let answer =
            ask(&app, &[("content-type", FORM), ("authorization", &header)], &form(&fields[..1])).await;
        assert_refused(&answer, "invalid_client", description);
    }
    let grant = "grant_type=client_credentials";
    for (header, description) in [
        (app.token.clone(), NOT_BASIC),
        (format!("Bearer {}", app.token), NOT_BASIC),
        ("Basic".to_owned(), NOT_BASIC),
        ("Basic !!!".to_owned(), NOT_BASIC),
        (format!("Basic {}", BASE64_STANDARD.encode(id)), NOT_BASIC),
        (format!("Basic {}", BASE64_STANDARD.encode([0xff, b':', 0xff])), NOT_BASIC),
        (basic("", ""), MISMATCH),
        (basic(id, ""), MISMATCH),
        (basic("", secret), MISMATCH),
    ] {
        let answer = ask(&app, &[("content-type", FORM), ("authorization", &header)], grant).await;
        assert_refused(&answer, "invalid_client", description);
    }
    for fields in [
        vec![],
        vec![("client_id", id)],
        vec![("client_secret", secret)],
        vec![("client_id", id), ("client_secret", "")],
        vec![("client_id", ""), ("client_secret", secret)],
    ] {
        let body = form(&[vec![("grant_type", "client_credentials")], fields].concat());
        assert_refused(&ask(&app, &[("content-type", FORM)], &body).await, "invalid_client", MISSING);
    }
}

/// `PostgreSQL` rejects a text with a NUL.
#[rstest]
#[tokio::test]
async fn a_client_id_of_any_bytes_is_an_unknown_client(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for id in ["%00", "a%00b", "%FF", "%F0%9F%98%80", "'%20OR%20''%3D'"] {
        let body = format!("grant_type=client_credentials&client_id={id}&client_secret=x");
        let answer = ask(&app, &[("content-type", FORM)], &body).await;
        assert_refused(&answer, "invalid_client", "client id and secret do not match");
    }
}

#[rstest]
#[tokio::test]
async fn a_malformed_request_is_an_invalid_request(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let good = in_form(&pair);
    let json = json!({ "grant_type": "client_credentials", "client_id": pair.client_id }).to_string();
    let as_form = "send the request as application/x-www-form-urlencoded";
    for (content_type, body) in
        [("application/json", &json), ("application/json", &good), ("text/plain", &good), ("", &good)]
    {
        assert_refused(&ask(&app, &[("content-type", content_type)], body).await, "invalid_request", as_form);
    }
    assert_refused(&ask(&app, &[], &good).await, "invalid_request", as_form);
    for (body, error, description) in [
        ("", "invalid_request", "grant_type is missing"),
        ("Grant_Type=client_credentials", "invalid_request", "grant_type is missing"),
        ("grant_type=", "invalid_request", "grant_type is missing"),
        (
            "grant_type=password&username=a&password=b",
            "unsupported_grant_type",
            "only client_credentials is supported",
        ),
        ("grant_type=refresh_token", "unsupported_grant_type", "only client_credentials is supported"),
        ("grant_type=CLIENT_CREDENTIALS", "unsupported_grant_type", "only client_credentials is supported"),
    ] {
        assert_refused(&ask(&app, &[("content-type", FORM)], body).await, error, description);
    }
    for field in [
        "grant_type=client_credentials",
        "client_id=x",
        "client_secret=x",
        "scope=USERS:VIEW&scope=USERS:VIEW",
    ] {
        let answer = ask(&app, &[("content-type", FORM)], &format!("{good}&{field}")).await;
        assert_refused(&answer, "invalid_request", "a parameter is repeated");
    }
    // Section 2.3: a client must use one authentication method only.
    let header = basic(&pair.client_id, &pair.client_secret);
    let headers = [("content-type", FORM), ("authorization", header.as_str())];
    let both = "authenticate in the header or in the body, not in both";
    assert_refused(&ask(&app, &headers, &good).await, "invalid_request", both);
    let other = "grant_type=client_credentials&client_id=another";
    assert_refused(&ask(&app, &headers, other).await, "invalid_request", both);
}

/// RFC 6749, section 3.2. Postman and several libraries send all known parameters, with or without a value.
#[rstest]
#[tokio::test]
async fn a_parameter_without_a_value_counts_as_omitted(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let grant = "grant_type=client_credentials";
    let header = basic(&pair.client_id, &pair.client_secret);
    let with_header = [("content-type", FORM), ("authorization", header.as_str())];
    let with_body = [("content-type", FORM)];
    let named = format!("client_id={}", pair.client_id);
    for empty in
        ["scope=", "client_secret=", "client_id=", "scope", "resource=", "scope=&client_secret=&client_id="]
    {
        for body in [
            format!("{grant}&{empty}"),
            format!("{empty}&{grant}"),
            format!("{grant}&{named}&{empty}"),
            format!("{grant}&{empty}&{empty}"),
            format!("grant_type=&{grant}&{empty}"),
        ] {
            assert_granted(&app, ask(&app, &with_header, &body).await, &everything()).await;
        }
        for body in [format!("{}&{empty}", in_form(&pair)), format!("{empty}&{}", in_form(&pair))] {
            assert_granted(&app, ask(&app, &with_body, &body).await, &everything()).await;
        }
    }
    let fewer = format!("{grant}&scope=&scope=USERS%3AVIEW");
    assert_granted(&app, ask(&app, &with_header, &fewer).await, "USERS:VIEW").await;
}

#[rstest]
#[tokio::test]
async fn the_token_endpoint_accepts_post_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let answer = app.get(&format!("/oauth2/token?{}", in_form(&pair)), &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "POST"));
    // Section 2.3.1: secrets are not accepted in the URL.
    let request = Request::post(format!("/oauth2/token?{}", in_form(&pair))).header("content-type", FORM);
    assert_eq!(app.send(request.body(Body::empty()).unwrap()).await.status, 400);
}

//! `openapi.json` describes every REST path of the server and nothing else. `harness::described` compares every
//! response of every test with it.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request},
};
use entity::webhook_subscription::BodyKind;
use serde_json::{Value, json};
use verigraph::{auth::policy::rule::Requirement, config::Config, schema::POLICY, webhook::body::body};

use crate::harness::{
    Db, TestApp,
    described::{DOCUMENT, fits},
};

/// Every operation: path, method in capitals, and its description.
fn operations() -> Vec<(&'static str, String, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, item)| {
            let item = item.as_object().unwrap().iter();
            item.map(move |(method, operation)| (path.as_str(), method.to_ascii_uppercase(), operation))
        })
        .collect()
}

/// `make schema` writes it.
#[test]
fn the_checked_in_document_is_current() {
    let checked_in = include_str!("../../openapi.json");
    let printed = verigraph::http::openapi::text();
    assert!(checked_in.trim_end() == printed.trim_end(), "openapi.json is not current: run `make schema`");
}

/// Asks the router itself, so that a route without a description is found.
#[tokio::test]
async fn every_rest_route_is_described_and_every_described_route_exists() {
    let app = TestApp::start(Db::Sqlite).await;
    // The router prints its paths only in its `Debug` output: `RouteId(7): "/readyz"`.
    let routes = format!("{:?}", app.router);
    let routed: BTreeSet<&str> = routes
        .split("RouteId(")
        .filter_map(|part| part.split_once("): \"")?.1.split_once('"'))
        .map(|(path, _)| path)
        .filter(|path| {
            !(*path == "/"
                || *path == "/graphql"
                || path.starts_with("/explorer")
                || path.starts_with("/dashboard")
                || path.contains("axum_fallback"))
        })
        .collect();
    let described: BTreeSet<&str> = operations().iter().map(|(path, ..)| *path).collect();
    assert_eq!(routed, described);
    for path in described {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let real = path.replace("{side}", "0").replace("{id}", "1");
            let request = Request::builder().method(method).uri(real.replace(['{', '}'], "x"));
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            let is_described = operations().iter().any(|(at, by, _)| *at == path && by == method);
            assert_eq!(answer.status != 405, is_described, "{method} {path}: {}", answer.status);
        }
    }
}

#[test]
fn every_operation_states_its_permission_or_that_it_needs_none() {
    let mut needing = BTreeSet::new();
    for (path, method, operation) in operations() {
        let needed: Vec<&str> = POLICY
            .needs_of(&method, path)
            .map(|need| match need {
                Requirement::One(permission) => permission.name(),
                need => panic!("{path} needs {need:?}"),
            })
            .collect();
        if needed.is_empty() {
            assert_eq!(operation["x-permission"], Value::Null, "{method} {path}");
            // A client that requests a token there sends an API key.
            let open = if path.starts_with("/v1/integration") { json!({ "apiKey": [] }) } else { json!({}) };
            assert_eq!(operation["security"][0], open, "{method} {path}");
            continue;
        }
        needing.insert((method.clone(), path));
        assert_eq!(operation["x-permission"], needed.join(" "));
        let words = match needed.as_slice() {
            [one] => format!("permission `{one}`."),
            several => format!("permissions `{}`.", several.join("` and `")),
        };
        assert!(operation["description"].as_str().unwrap().ends_with(&words), "{path}");
        let bearer = json!({ "oauth2": needed });
        let expected = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["", "api", "web", ..] => json!([bearer, { "bare": needed }]),
            ["", "v2", "users" | "sessions" | "images", ..] | ["", "sessions", ..] => {
                json!([bearer, { "key": needed }])
            }
            ["", "v1", "verification", ..] => json!([{ "serverToken": needed }]),
            _ => json!([bearer]),
        };
        assert_eq!(operation["security"], expected, "{method} {path}");
        for status in ["401", "403"] {
            assert!(operation["responses"][status]["content"].is_object(), "{status} of {method} {path}");
        }
    }
    let ruled: BTreeSet<_> =
        POLICY.routes().iter().map(|(method, path, _)| ((*method).to_owned(), *path)).collect();
    assert_eq!(needing, ruled);
}

/// Servers with a replica have the header; `harness::described` looks for it in their answers.
#[test]
fn reads_with_a_token_accept_a_position_and_writes_return_one() {
    for (path, method, operation) in operations() {
        let is_read = method == "GET" || path == "/api/web/v1/idproofing";
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        let is_accepted =
            parameters.any(|one| one["name"] == "x-verigraph-position" && one["in"] == "header");
        assert_eq!(is_accepted, is_read && operation["x-permission"].is_string(), "{method} {path}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            let is_returned = response["headers"]["x-verigraph-position"].is_object();
            assert_eq!(is_returned, !is_read && status.starts_with('2'), "{status} of {method} {path}");
        }
    }
}

#[test]
fn every_required_security_scheme_is_defined_with_its_scopes() {
    let schemes = &DOCUMENT["components"]["securitySchemes"];
    for (path, _, operation) in operations() {
        for way in operation["security"].as_array().unwrap() {
            for (scheme, scopes) in way.as_object().unwrap() {
                assert!(schemes[scheme].is_object(), "{scheme} of {path}");
                for scope in scopes.as_array().unwrap().iter().filter(|_| scheme == "oauth2") {
                    let known = &schemes["oauth2"]["flows"]["clientCredentials"]["scopes"];
                    assert!(known[scope.as_str().unwrap()].is_string(), "{scope} of {path}");
                }
            }
        }
    }
}

#[test]
fn every_operation_and_parameter_has_a_description_and_every_error_its_schema() {
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations() {
        let what = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{what}");
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{what}: the id of another one");
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        assert!(parameters.iter().all(|it| it["description"].is_string()), "{what}");
        let in_path = parameters.iter().filter(|it| it["in"] == "path").count();
        assert_eq!(in_path, path.matches('{').count(), "{what}");
        let schema = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["", "api", "web", ..] | ["", "uploads", ..] => "IdProofingError",
            ["", "v2", "users" | "sessions" | "images", ..] | ["", "sessions" | "images", ..] => {
                "SessionError"
            }
            ["", "api", "v2", ..] | ["", "v2", ..] => "VerificationError",
            ["", "v1", ..] => "VerificationResultError",
            ["", "oauth2", ..] => "TokenError",
            ["", "auth", ..] => "AuthError",
            _ => "Errors",
        };
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(
                response["description"].as_str().is_some_and(|text| !text.is_empty()),
                "{what}: {status}"
            );
            // These are read by a person or a probe, not by a program.
            if status == "200" || (path == "/readyz" && status == "503") {
                continue;
            }
            let found = &response["content"]["application/json"]["schema"]["$ref"];
            assert_eq!(*found, format!("#/components/schemas/{schema}"), "{what}: {status}");
        }
    }
}

#[test]
fn every_example_matches_its_schema() {
    let mut seen = 0;
    for (path, method, operation) in operations() {
        let responses = operation["responses"].as_object().unwrap().values();
        for body in responses.chain([&operation["requestBody"]]) {
            for content in body["content"].as_object().into_iter().flat_map(|it| it.values()) {
                let Some(example) = content.get("example") else { continue };
                seen += 1;
                assert_eq!(fits(&content["schema"], example, ""), Ok(()), "{method} {path}");
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn binary_bodies_are_described_as_binary() {
    let mut seen = 0;
    for (path, method, operation) in operations() {
        let responses = operation["responses"].as_object().unwrap().values();
        for body in responses.chain([&operation["requestBody"]]) {
            for (kind, content) in body["content"].as_object().into_iter().flatten() {
                assert!(content["schema"].is_object(), "{method} {path}: {kind} has no schema");
                if kind == "application/octet-stream" || kind.starts_with("image/") {
                    seen += 1;
                    assert_eq!(
                        content["schema"],
                        json!({ "type": "string", "format": "binary" }),
                        "{method} {path}"
                    );
                }
            }
        }
        let body = &operation["requestBody"];
        assert!(body.is_null() || body["required"] == true, "{method} {path}");
    }
    assert_eq!(seen, 3 + 2 * 4);
}

/// The payloads that the worker writes.
#[test]
fn webhook_deliveries_match_their_schemas() {
    let event = entity::event::Model {
        id: uuid::Uuid::from_u128(1),
        sequence: 1,
        project_id: uuid::Uuid::from_u128(2),
        kind: "VerificationResult.Succeeded".to_owned(),
        resource_id: uuid::Uuid::from_u128(3),
        user_id: None,
        detail: Some(json!({ "status": "successful", "refId": "a", "verificationId": "v", "traceId": "t" })),
        created_at: entity::Timestamp(1_701_249_325_978),
        version: Some(3),
    };
    let older = entity::event::Model { version: None, ..event.clone() };
    for (name, kind) in
        [("event", BodyKind::Event), ("session", BodyKind::Session), ("result", BodyKind::Result)]
    {
        let delivery = &DOCUMENT["webhooks"][name]["post"];
        let schema = &delivery["requestBody"]["content"]["application/json"]["schema"];
        assert!(schema["$ref"].is_string(), "{delivery}");
        for event in [&event, &older] {
            assert_eq!(fits(schema, &body(kind, event), name), Ok(()));
        }
    }
    let fields = DOCUMENT["components"]["schemas"]["WebhookEvent"]["properties"].as_object().unwrap();
    let mut names: Vec<_> = fields.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["eventDate", "eventId", "eventType", "projectId", "resourceId", "version"]);
}

#[tokio::test]
async fn the_document_names_the_public_url() {
    assert_eq!(DOCUMENT["servers"], json!([{ "url": "/" }]));
    let public_url = "https://id.example.org/verigraph".to_owned().try_into().ok();
    let app = TestApp::start_with(Db::Sqlite, Config { public_url, ..Config::default() }).await;
    for _ in 0..2 {
        let mut document = app.get("/openapi.json", &[]).await.json();
        assert_eq!(document["servers"].take(), json!([{ "url": "https://id.example.org/verigraph" }]));
        document["servers"] = json!([{ "url": "/" }]);
        assert_eq!(document, *DOCUMENT);
    }
}

#[test]
fn the_verification_examples_are_the_documented_ones() {
    let example = |path: &str| {
        &DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    };
    let list: Value = serde_json::from_str(include_str!("seed/verifications.json")).unwrap();
    let one: Value = serde_json::from_str(include_str!("seed/verification.json")).unwrap();
    assert_eq!(*example("/api/v2/verifications"), list);
    assert_eq!(*example("/api/v2/verifications/{id}"), one);
}

#[tokio::test]
async fn the_document_is_served_without_a_token_within_the_limits() {
    let mut app = TestApp::start(Db::Sqlite).await;
    let answer = app.get("/openapi.json", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.text, verigraph::http::openapi::text());
    assert_eq!(answer.json()["openapi"], "3.1.0");
    let request =
        Request::builder().method(Method::GET).uri("/openapi.json").body(Body::from(vec![b' '; 70_000]));
    assert_eq!(app.send(request.unwrap()).await.status, 413);
    let mut full = Config::default();
    full.limits.in_flight = 0;
    app.restart_with(full);
    assert_eq!(app.get("/openapi.json", &[]).await.status, 503);
}

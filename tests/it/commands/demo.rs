//! The demo: the documented examples, the same after a restart.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    Place,
    servers::{Server, ask, send, token},
};

#[tokio::test]
async fn a_demo_has_the_documented_examples_after_a_restart() {
    let place = Place::new();
    let mut ids = Vec::new();
    for run in 0..2 {
        let started = Instant::now();
        let mut server = Server::start(&place, &["demo"]);
        let mut said = BufReader::new(server.process.stdout.take().unwrap()).lines();
        let welcome: Vec<_> = said.by_ref().take(8).map(Result::unwrap).collect();
        assert_eq!(welcome[0], "verigraph demo");
        assert!(welcome.iter().all(|line| line.len() < 250), "{welcome:?}");
        // A debug build; a release build starts in a fraction of a second.
        assert!(run == 0 || started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        let facts: Value =
            serde_json::from_slice(&fs::read(place.path("data/demo/demo.json")).unwrap()).unwrap();
        let keys: Vec<_> = facts.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = [
            "url",
            "graphql",
            "explorer",
            "pid",
            "clientId",
            "clientSecret",
            "token",
            "tokens",
            "seedUserId",
            "taggedUserId",
            "integrations",
            "idproofing",
            "apiKey",
            "refId",
        ];
        assert_eq!(keys, expected);
        assert_eq!(facts["pid"], server.process.id());
        let field = |name: &str| facts[name].as_str().unwrap();
        let address: SocketAddr = field("url").strip_prefix("http://").unwrap().parse().unwrap();

        let documented = include_str!("../seed/identifications.graphql");
        let payload: Value = serde_json::from_str(include_str!("../seed/identifications.json")).unwrap();
        assert_eq!(ask(address, field("token"), documented).await, payload);
        let history =
            "/api/v2/verifications?limit=10&offset=0&sort_order=desc&sort_by=createTime&filter[clientId]=222";
        for (path, documented) in [
            (history, include_str!("../seed/verifications.json")),
            ("/api/v2/verifications/18", include_str!("../seed/verification.json")),
        ] {
            let documented: Value = serde_json::from_str(documented).unwrap();
            let head =
                format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}", field("token"));
            assert_eq!(send(address, format!("{head}\r\n\r\n")).await.text, documented.to_string());
        }
        let keys = &facts["integrations"][0];
        let literal = [
            "4115e33314e12c0effe540c74bac55937b65a448",
            "621cda6e-c7de-4ebd-9219-a137a84a5211",
            "supersecret",
        ];
        assert_eq!(["apiKey", "integrationId", "secret"].map(|name| keys[name].as_str().unwrap()), literal);
        let documented: Value =
            serde_json::from_str(include_str!("../seed/verification-result.json")).unwrap();
        assert_eq!(released(address, keys).await, documented.to_string());
        // A project of another tenant, where every scope is released.
        let whole: Value = serde_json::from_str(&released(address, &facts["integrations"][1]).await).unwrap();
        let names: Vec<_> = whole["data"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["identityId", "name", "dateOfBirth", "phone"]);
        let documents = format!("GET /v2/users/{}/documents HTTP/1.1\r\nHost: localhost\r\n", field("refId"));
        let documents = send(address, format!("{documents}x-api-key: {}\r\n\r\n", field("apiKey"))).await;
        assert_eq!(documents.json()["documents"][1]["idNumber"], "DL987654321", "{}", documents.text);
        let fresh = token(address, field("clientId"), field("clientSecret")).await.json();
        let fresh = fresh["access_token"].as_str().unwrap();
        let query = format!("{{ user(id: \"{}\") {{ id }} }}", field("seedUserId"));
        let seed_user = json!({ "data": { "user": { "id": field("seedUserId") } } });
        assert_eq!(ask(address, fresh, &query).await, seed_user);
        let nobody = json!({ "data": { "user": null } });
        for other in ["tagged", "otherProject"] {
            assert_eq!(
                ask(address, facts["tokens"][other].as_str().unwrap(), &query).await,
                nobody,
                "{other}"
            );
        }
        let expired = ask(address, facts["tokens"]["expired"].as_str().unwrap(), &query).await;
        assert_eq!(expired["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        let begin = "mutation { createProofingRequest(input: {}) {
            ... on CreateProofingRequestSuccessPayload { requestId } } }";
        let begun = ask(address, fresh, begin).await;
        let url = format!(
            "mutation {{ generateProofingImageUploadUrl(input: {{ requestId: {}, side: FRONT }}) {{
            ... on GenerateProofingImageUploadUrlSuccessPayload {{ url }} }} }}",
            begun["data"]["createProofingRequest"]["requestId"]
        );
        let url = ask(address, fresh, &url).await["data"]["generateProofingImageUploadUrl"]["url"].take();
        let base = format!("{}/uploads/", field("url"));
        assert!(url.as_str().unwrap().starts_with(&base), "{url}");
        ids.push((facts["seedUserId"].clone(), facts["taggedUserId"].clone()));
        assert_eq!(server.end("-INT").0.code(), Some(0));
    }
    assert_eq!(ids[0], ids[1]);
}

/// The data that an integration of the demo receives, requested as documented.
async fn released(address: SocketAddr, keys: &Value) -> String {
    let body = json!({ "integrationId": keys["integrationId"], "secret": keys["secret"] }).to_string();
    let head = format!(
        "POST /v1/integration/authorize/server HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         x-api-key: {}\r\nContent-Length: {}\r\n\r\n{body}",
        keys["apiKey"].as_str().unwrap(),
        body.len(),
    );
    let token = send(address, head).await.json();
    let (id, token) = (keys["verificationId"].as_str().unwrap(), token["token"].as_str().unwrap());
    let head = format!(
        "GET /v1/verification/details/{id} HTTP/1.1\r\nHost: localhost\r\nx-auth-token: {token}\r\n\r\n"
    );
    send(address, head).await.text
}

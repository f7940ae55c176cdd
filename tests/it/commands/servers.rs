//! Servers that run: from the first command to the first answer, and to an end in good order.

use std::{
    fs,
    io::{BufRead, BufReader, Lines},
    net::SocketAddr,
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{Place, after};
use crate::harness::{Answer, Wire};

/// A server that is killed if its test fails.
struct Server {
    process: Child,
    log: Lines<BufReader<ChildStderr>>,
}

impl Server {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(arguments);
        command.args(["--listen", "127.0.0.1:0", "--log-format", "json", "--log-level", "info"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(process.stderr.take().unwrap()).lines();
        Self { process, log }
    }

    /// The next line of the log, which has to be JSON; `None` at its end.
    fn line(&mut self) -> Option<Value> {
        let line = self.log.next()?.unwrap();
        Some(serde_json::from_str(&line).unwrap_or_else(|_| panic!("not JSON: {line}")))
    }

    /// Where `serve` listens, once it does.
    fn address(&mut self) -> SocketAddr {
        loop {
            let line = self.line().expect("a server that starts");
            if line["message"] == "serving" {
                return line["address"].as_str().unwrap().parse().unwrap();
            }
        }
    }

    /// Ends it by a signal. Gives the rest of the log too.
    fn end(mut self, signal: &str) -> (ExitStatus, Vec<Value>) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let log = std::iter::from_fn(|| self.line()).collect();
        (self.process.wait().unwrap(), log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already unless a test failed.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

async fn send(address: SocketAddr, request: String) -> Answer {
    let mut wire = Wire::open(address).await;
    wire.send(request).await;
    wire.answer().await.unwrap()
}

async fn ask(address: SocketAddr, token: &str, query: &str) -> Value {
    let mut wire = Wire::open(address).await;
    wire.ask(token, &json!({ "query": query }).to_string()).await;
    wire.answer().await.unwrap().json()
}

/// An access token, as a backend gets it.
async fn token(address: SocketAddr, id: &str, secret: &str) -> Answer {
    let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let head = "POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded";
    send(address, format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await
}

/// A server on the data of a place, and a token of a new credential of a project.
async fn serve(place: &Place, project: &str) -> (Server, SocketAddr, String) {
    let created = place.says(&["credential", "create", "--project", project, "--label", "Backend"]);
    let mut server = Server::start(place, &["serve"]);
    let address = server.address();
    let answer = token(address, after(&created, "client id:"), after(&created, "client secret:")).await;
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    (server, address, token)
}

/// The people of the project `seed`, in the order of their numbers; ids belong to the project, so they are left out.
pub async fn people(place: &Place) -> Vec<Value> {
    let query = "{ users(first: 100, orderBy: { field: number, direction: Asc }) { edges { node {
        number refId tags fullName birthDate birthCity identifications { edges { node { process status updatedAt } } } } } } }";
    let mut data = asked(place, query).await;
    let Value::Array(edges) = data["users"]["edges"].take() else { panic!("{data}") };
    edges.into_iter().map(|mut edge| edge["node"].take()).collect()
}

/// What a server of the project `seed` answers.
pub async fn asked(place: &Place, query: &str) -> Value {
    let (server, address, token) = serve(place, "seed").await;
    let mut body = ask(address, &token, query).await;
    assert_eq!(body.get("errors"), None);
    server.end("-TERM");
    body["data"].take()
}

/// Of every user as many as of every other, each grant following the one before it, over two runs too.
#[tokio::test]
async fn made_up_histories_are_chains() {
    let place = Place::new();
    let said = place.says(&["seed", "--users", "0", "--verifications", "0"]);
    assert_eq!(said.split_whitespace().next(), Some("0"), "{said}");
    let refused = place.run(&["seed", "--users", "0", "--verifications", "1"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = place.says(&["seed", "--users", "10", "--identifications-per-user", "0"]);
    let people: u32 = said.split_whitespace().next().unwrap().parse().unwrap();
    assert!(people >= 10);
    for rows in ["44", "40"] {
        let said = place.says(&["seed", "--users", "0", "--verifications", "40"]);
        assert_eq!(said.split_whitespace().next(), Some(rows), "{said}");
    }
    let (server, address, token) = serve(&place, "seed").await;
    let query = "{ verifications { totalCount } users { edges { node { currentVerificationLevel { name }
        verifications(orderBy: { field: number, direction: Asc }) { edges { node {
            number createdAt currentLevel { name } previousLevel { name } } } } } } } }";
    let body = ask(address, &token, query).await;
    assert_eq!(body["data"]["verifications"]["totalCount"], 80, "{body}");
    for user in body["data"]["users"]["edges"].as_array().unwrap() {
        let (mut level, mut at) = (Value::Null, String::new());
        let edges = user["node"]["verifications"]["edges"].as_array().unwrap();
        assert_eq!(edges.len(), 8);
        for grant in edges.iter().map(|edge| &edge["node"]) {
            let created_at = grant["createdAt"].as_str().unwrap();
            assert!(grant["previousLevel"] == level && created_at > at.as_str(), "{user}");
            (level, at) = (grant["currentLevel"].clone(), created_at.to_owned());
        }
        assert_eq!(user["node"]["currentVerificationLevel"], level);
    }
    server.end("-TERM");
}

/// With documents, each of a person of the project.
#[tokio::test]
async fn made_up_sessions_have_documents_and_owners() {
    let place = Place::new();
    let refused = place.run(&["seed", "--users", "0", "--sessions", "1"]);
    assert_eq!(refused.status.code(), Some(1), "nobody could have one");
    place.says(&["seed", "--users", "5", "--identifications-per-user", "0", "--sessions", "30"]);
    let (server, address, token) = serve(&place, "seed").await;
    let query = "{ verificationSessions(first: 100) { edges { node { status steps metadata refId documents {
            ... on PassportDocument { lastName } ... on IdCardDocument { lastName } ... on DriversLicenseDocument { lastName } }
            user { lastName } } } } }";
    let body = ask(address, &token, query).await;
    let edges = body["data"]["verificationSessions"]["edges"].as_array().unwrap_or_else(|| panic!("{body}"));
    assert_eq!(edges.len(), 30);
    let mut documents = 0;
    for session in edges.iter().map(|edge| &edge["node"]) {
        let count =
            if session["status"] == "in_progress" { 0 } else { session["steps"].as_array().unwrap().len() };
        let captured = session["documents"].as_array().unwrap();
        assert_eq!(captured.len(), count, "{session}");
        assert!(captured.iter().all(|document| document["lastName"] == session["user"]["lastName"]));
        assert_eq!(session["metadata"].as_array().unwrap().len(), 1);
        documents += count;
    }
    assert!(documents > 20, "{documents}");
    server.end("-TERM");
}

#[tokio::test]
async fn from_nothing_to_the_first_answer() {
    let place = Place::new();
    place.says(&["project", "create", "Bank"]);
    let (mut server, address, token) = serve(&place, "Bank").await;
    let body = ask(address, &token, "{ viewer { project { name } } }").await;
    assert_eq!(body, json!({ "data": { "viewer": { "project": { "name": "Bank" } } } }));
    let ready =
        send(address, "GET /readyz HTTP/1.1\r\nHost: x\r\nX-Request-Id: my-own\r\n\r\n".to_owned()).await;
    assert_eq!((ready.status.as_u16(), ready.header("x-request-id")), (200, "my-own"));
    loop {
        let line = server.line().unwrap();
        if line["request_id"] == "my-own" {
            let facts = [&line["message"], &line["method"], &line["path"], &line["status"]];
            assert_eq!(facts, [&json!("answered"), &json!("GET"), &json!("/readyz"), &json!(200)]);
            break;
        }
    }
    let (status, log) = server.end("-TERM");
    assert_eq!(status.code(), Some(0));
    assert!(log.iter().all(|line| !line.to_string().contains(&token)));
}

#[tokio::test]
async fn what_the_command_line_revokes_a_running_server_refuses() {
    let place = Place::new();
    place.says(&["project", "create", "Bank"]);
    let (server, address, good) = serve(&place, "Bank").await;
    let id = place
        .says(&["credential", "list", "--project", "Bank"])
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    place.says(&["credential", "revoke", &id]);
    let started = Instant::now();
    while ask(address, &good, "{ viewer { permissions } }").await.get("errors").is_none() {
        assert!(started.elapsed() < Duration::from_secs(10));
    }
    assert_eq!(token(address, &id, "whatever").await.status, 401);
    assert_eq!(server.end("-INT").0.code(), Some(0));
}

#[tokio::test]
async fn a_demo_has_the_documented_examples_and_keeps_them() {
    let place = Place::new();
    let mut ids = Vec::new();
    for run in 0..2 {
        let started = Instant::now();
        let mut server = Server::start(&place, &["demo"]);
        let mut said = BufReader::new(server.process.stdout.take().unwrap()).lines();
        assert_eq!(said.next().unwrap().unwrap(), "verigraph demo");
        // A debug build; what is deployed starts in a fraction of a second.
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
            let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}", field("token"));
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
        // Somebody else's project, where every scope is released.
        let whole: Value = serde_json::from_str(&released(address, &facts["integrations"][1]).await).unwrap();
        let names: Vec<_> = whole["data"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["identityId", "name", "dateOfBirth", "phone"]);
        let documents = format!("GET /v2/users/{}/documents HTTP/1.1\r\nHost: x\r\n", field("refId"));
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

/// What an integration of the demo is told, by the documented way.
async fn released(address: SocketAddr, keys: &Value) -> String {
    let body = json!({ "integrationId": keys["integrationId"], "secret": keys["secret"] }).to_string();
    let head = format!(
        "POST /v1/integration/authorize/server HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         x-api-key: {}\r\nContent-Length: {}\r\n\r\n{body}",
        keys["apiKey"].as_str().unwrap(),
        body.len(),
    );
    let token = send(address, head).await.json();
    let (id, token) = (keys["verificationId"].as_str().unwrap(), token["token"].as_str().unwrap());
    let head =
        format!("GET /v1/verification/details/{id} HTTP/1.1\r\nHost: x\r\nx-auth-token: {token}\r\n\r\n");
    send(address, head).await.text
}

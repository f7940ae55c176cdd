//! Running servers: from the first command to the first answer, and to a graceful stop.

use std::{
    io::{BufRead, BufReader, Lines},
    net::SocketAddr,
    process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{Place, word_after};
use crate::harness::{Answer, Cluster, Network, Proxy, Wire};

/// A server process that is killed if its test fails.
pub(super) struct Server {
    pub(super) process: Child,
    log: Lines<BufReader<ChildStderr>>,
    said: Option<BufReader<ChildStdout>>,
}

impl Server {
    pub(super) fn start(place: &Place, arguments: &[&str]) -> Self {
        Self::start_at(place, arguments, "127.0.0.1:0")
    }

    pub(super) fn start_at(place: &Place, arguments: &[&str], listen: &str) -> Self {
        let mut command = place.command(arguments);
        command.args(["--listen", listen, "--log-format", "json", "--log-level", "info"]);
        Self::of(command)
    }

    /// Starts the server of a command.
    pub(super) fn of(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(process.stderr.take().unwrap()).lines();
        Self { process, log, said: None }
    }

    /// The next line of the log, which must be JSON; `None` at its end.
    pub(super) fn line(&mut self) -> Option<Value> {
        let line = self.log.next()?.unwrap();
        Some(serde_json::from_str(&line).unwrap_or_else(|_| panic!("not JSON: {line}")))
    }

    /// The lines of the log up to the one with the address of `serve`.
    pub(super) fn until_serving(&mut self) -> Vec<Value> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().expect("a server that starts");
            let is_last = line["message"] == "serving";
            lines.push(line);
            if is_last {
                return lines;
            }
        }
    }

    /// The address of `serve`, once it listens.
    pub(super) fn address(&mut self) -> SocketAddr {
        let lines = self.until_serving();
        lines[lines.len() - 1]["address"].as_str().unwrap().parse().unwrap()
    }

    /// Reads standard output up to a line with this beginning.
    pub(super) fn read_until(&mut self, beginning: &str) -> String {
        let mut said = String::new();
        let output = self.said.get_or_insert_with(|| BufReader::new(self.process.stdout.take().unwrap()));
        while output.read_line(&mut said).unwrap() > 0 {
            if said.lines().next_back().is_some_and(|line| line.starts_with(beginning)) {
                return said;
            }
        }
        panic!("no `{beginning}` in {said}");
    }

    /// Stops it with a signal. Returns the rest of the log too.
    pub(super) fn end(mut self, signal: &str) -> (ExitStatus, Vec<Value>) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let log = std::iter::from_fn(|| self.line()).collect();
        (self.process.wait().unwrap(), log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has already stopped unless a test failed.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

pub(super) async fn send(address: SocketAddr, request: String) -> Answer {
    let mut wire = Wire::open(address).await;
    wire.send(request).await;
    wire.answer().await.unwrap()
}

pub(super) async fn ask(address: SocketAddr, token: &str, query: &str) -> Value {
    let mut wire = Wire::open(address).await;
    wire.ask(token, &json!({ "query": query }).to_string()).await;
    wire.answer().await.unwrap().json()
}

/// Requests an access token, as a backend does.
pub(super) async fn token(address: SocketAddr, id: &str, secret: &str) -> Answer {
    let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let head =
        "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded";
    send(address, format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await
}

/// A server on the data of a directory, and a token of a new credential of a project.
pub(super) async fn serve(place: &Place, project: &str) -> (Server, SocketAddr, String) {
    let url = format!("sqlite://{}", place.path("data/verigraph.db").display());
    serve_on(place, project, &url).await
}

/// The same on a given database.
pub(super) async fn serve_on(place: &Place, project: &str, url: &str) -> (Server, SocketAddr, String) {
    let create = ["credential", "create", "--project", project, "--label", "Backend", "--database-url", url];
    let created = place.run_ok(&create);
    let mut server = Server::start(place, &["serve", "--database-url", url]);
    let address = server.address();
    let answer =
        token(address, word_after(&created, "client id:"), word_after(&created, "client secret:")).await;
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    (server, address, token)
}

/// The users of the project `seed` by number, without ids, which differ between projects.
pub async fn people(place: &Place) -> Vec<Value> {
    let query = "{ users(first: 100, orderBy: { field: number, direction: Asc }) { edges { node {
        number refId tags fullName birthDate birthCity identifications { edges { node { process status updatedAt } } } } } } }";
    let mut data = query_seed(place, query).await;
    let Value::Array(edges) = data["users"]["edges"].take() else { panic!("{data}") };
    edges.into_iter().map(|mut edge| edge["node"].take()).collect()
}

/// The answer of a server of the project `seed`.
pub async fn query_seed(place: &Place, query: &str) -> Value {
    let (server, address, token) = serve(place, "seed").await;
    let mut body = ask(address, &token, query).await;
    assert_eq!(body.get("errors"), None);
    server.end("-TERM");
    body["data"].take()
}

/// Every user has the same number of grants, each after the previous one, also over two runs.
#[tokio::test]
async fn seeded_histories_are_chains() {
    let place = Place::new();
    let said = place.run_ok(&["seed", "--users", "0", "--verifications", "0"]);
    assert_eq!(said.split_whitespace().next(), Some("0"), "{said}");
    let refused = place.run(&["seed", "--users", "0", "--verifications", "1"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = place.run_ok(&["seed", "--users", "10", "--identifications-per-user", "0"]);
    let people: u32 = said.split_whitespace().next().unwrap().parse().unwrap();
    assert!(people >= 10);
    for rows in ["44", "40"] {
        let said = place.run_ok(&["seed", "--users", "0", "--verifications", "40"]);
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

/// Sessions have documents, each of a user of the project.
#[tokio::test]
async fn seeded_sessions_have_documents_and_users() {
    let place = Place::new();
    let refused = place.run(&["seed", "--users", "0", "--sessions", "1"]);
    assert_eq!(refused.status.code(), Some(1), "nobody could have one");
    place.run_ok(&["seed", "--users", "5", "--identifications-per-user", "0", "--sessions", "30"]);
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
            if session["status"] == "InProgress" { 0 } else { session["steps"].as_array().unwrap().len() };
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
async fn an_empty_directory_serves_a_first_answer() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    let (mut server, address, token) = serve(&place, "Bank").await;
    let body = ask(address, &token, "{ viewer { project { name } } }").await;
    assert_eq!(body, json!({ "data": { "viewer": { "project": { "name": "Bank" } } } }));
    let ready =
        send(address, "GET /readyz HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: my-own\r\n\r\n".to_owned())
            .await;
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
async fn a_running_server_rejects_a_credential_revoked_by_command() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    let (server, address, good) = serve(&place, "Bank").await;
    let id = place
        .run_ok(&["credential", "list", "--project", "Bank"])
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    place.run_ok(&["credential", "revoke", &id]);
    let started = Instant::now();
    while ask(address, &good, "{ viewer { permissions } }").await.get("errors").is_none() {
        assert!(started.elapsed() < Duration::from_secs(10));
    }
    assert_eq!(token(address, &id, "whatever").await.status, 401);
    assert_eq!(server.end("-INT").0.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_an_unresponsive_database_stops_in_time() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let (proxy, url) = Proxy::to(&cluster.database("ending").await).await;
    let started = tokio::task::spawn_blocking(move || {
        let place = Place::new();
        let arguments = ["serve", "--database-url", &url, "--set", "shutdown_seconds=2"];
        let mut server = Server::start(&place, &arguments);
        server.address();
        (place, server)
    });
    let (place, server) = started.await.unwrap();
    proxy.set(Network::Stall);
    // By then the timer and the worker wait for an answer.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let signaled = Instant::now();
    let (status, log) = tokio::task::spawn_blocking(move || server.end("-TERM")).await.unwrap();
    assert!(signaled.elapsed() < Duration::from_secs(6), "{:?}: {log:?}", signaled.elapsed());
    assert!(status.success(), "{log:?}");
    drop(place);
}

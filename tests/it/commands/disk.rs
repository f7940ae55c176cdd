//! A failing disk below a server: confirmed writes are stored, and writes succeed again afterwards.

use std::{
    net::SocketAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    Place,
    servers::{Server, ask, send, token},
    word_after,
};
use crate::harness::{Answer, Wire};

async fn create(address: SocketAddr, token: &str, ref_id: &str) -> Answer {
    let query = "mutation($input: CreateUserInput!) { createUser(input: $input) {
        ... on CreateUserSuccessPayload { user { id } } } }";
    let input = json!({ "refId": ref_id, "firstName": "x".repeat(200) });
    let mut wire = Wire::open(address).await;
    wire.ask(token, &json!({ "query": query, "variables": { "input": input } }).to_string()).await;
    wire.answer().await.unwrap()
}

async fn ready(address: SocketAddr) -> Answer {
    send(address, "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()).await
}

/// Limits the size of files of a process. A write beyond it fails as on a broken disk.
fn limit(process: u32, size: &str) {
    let mut command = Command::new("prlimit");
    command.args(["--pid", &process.to_string(), &format!("--fsize={size}:")]);
    assert!(command.status().unwrap().success());
}

async fn count(address: SocketAddr, token: &str) -> Value {
    ask(address, token, "{ users { totalCount } }").await["data"]["users"]["totalCount"].take()
}

#[tokio::test]
async fn a_failing_disk_is_reported_and_loses_no_confirmed_write() {
    let place = Place::new();
    place.run_ok(&["project", "create", "Bank"]);
    let created = place.run_ok(&[
        "credential",
        "create",
        "--project",
        "Bank",
        "--label",
        "x",
        "--permissions",
        "USERS:VIEW,USERS:EDIT,USERS:PERSONAL",
    ]);
    let (id, secret) = (word_after(&created, "client id:"), word_after(&created, "client secret:"));
    let mut command = Command::new("sh");
    // A write beyond the limit then returns an error instead of a signal that ends the process.
    command.args(["-c", "trap '' XFSZ; exec \"$0\" serve --listen 127.0.0.1:0 --log-format json"]);
    command
        .arg(env!("CARGO_BIN_EXE_verigraph"))
        .current_dir(place.path(""))
        .env_clear()
        .stdout(Stdio::piped());
    let mut server = Server::of(command);
    let address = server.address();
    let token = token(address, id, secret).await.json()["access_token"].as_str().unwrap().to_owned();

    let mut made = 0;
    for round in 0..3 {
        assert_eq!(create(address, &token, &format!("{round}-first")).await.status, 200);
        made += 1;
        let log = std::fs::metadata(place.path("data/verigraph.db-wal")).unwrap().len();
        limit(server.process.id(), &(log + 100_000).to_string());
        let failed = loop {
            let answer = create(address, &token, &format!("{round}-{made}")).await;
            if answer.status != 200 {
                break answer;
            }
            made += 1;
            assert!(made < 2_000, "the disk never fails");
        };
        assert_eq!((failed.status.as_u16(), failed.header("retry-after")), (503, "1"));
        assert_eq!(failed.code(), "STORAGE_FULL");
        let ready_now = ready(address).await;
        assert_eq!(ready_now.status, 503);
        assert!(ready_now.text.contains("the database storage is full"), "{}", ready_now.text);
        assert_eq!(count(address, &token).await, made);

        limit(server.process.id(), "unlimited");
        let started = Instant::now();
        while create(address, &token, &format!("{round}-again")).await.status != 200 {
            assert!(started.elapsed() < Duration::from_secs(10), "writes did not come back");
        }
        made += 1;
        while ready(address).await.status != 200 {
            assert!(started.elapsed() < Duration::from_secs(10), "the server is not ready again");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert_eq!(count(address, &token).await, made);
    }
    let (status, log) = server.end("-TERM");
    assert!(status.success());
    for line in ["database storage full", "database storage has space again"] {
        let said = log.iter().filter(|entry| entry["message"].as_str().unwrap_or_default().starts_with(line));
        assert_eq!(said.count(), 3, "{line}: {log:?}");
    }
    let mut server = Server::start(&place, &["serve"]);
    assert_eq!(count(server.address(), &token).await, made);
}

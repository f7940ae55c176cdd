//! Clients that do not read, clients that hold connections, and concurrent request bodies.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{USERS, VIEWER, ask, error, is_full_until_released, lock_users, start};
use crate::harness::{Answer, Db, NewProofing, Served, TestApp, Wire, picture};

/// A large response that needs no token.
const LARGE: &str = "/openapi.json";

/// A client that sends requests and reads none of the responses.
async fn silent(served: &Served) -> Wire {
    let mut wire = Wire::open(served.address).await;
    wire.send(format!("GET {LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(60)).await;
    wire
}

async fn get(served: &Served, path: &str) -> Answer {
    let mut wire = Wire::open(served.address).await;
    wire.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
    wire.answer().await.unwrap()
}

#[tokio::test]
async fn closes_a_client_that_does_not_read_its_answers() {
    let (app, served) = start(Db::Sqlite, |limits| {
        limits.write_seconds = 1;
        limits.connections = 3;
    })
    .await;
    let silent = join_all((0..3).map(|_| silent(&served))).await;
    // They hold every connection until the server closes them because they do not read.
    assert_eq!(ask(&served, &app.token, VIEWER).await.status, 503);
    let started = Instant::now();
    while ask(&served, &app.token, VIEWER).await.status != 200 {
        assert!(
            started.elapsed() < Duration::from_secs(15),
            "clients that do not read keep their connections"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(silent);
}

#[tokio::test]
async fn a_client_that_reads_slowly_gets_its_whole_answer() {
    let (_app, served) = start(Db::Sqlite, |limits| limits.write_seconds = 1).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let request = format!("GET {LARGE} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(19)
        + &format!("GET {LARGE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let (mut read, mut buffer) = (Vec::new(), vec![0; 64 * 1024]);
    while let Ok(size @ 1..) = stream.read(&mut buffer).await {
        read.extend_from_slice(&buffer[..size]);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let answers = read.windows(12).filter(|window| window == b"HTTP/1.1 200").count();
    assert_eq!(answers, 20);
    assert!(read.ends_with(b"}"), "{} bytes", read.len());
}

#[tokio::test]
async fn health_answers_while_every_connection_is_taken() {
    let (_app, served) = start(Db::Sqlite, |limits| limits.connections = 4).await;
    // More than the server accepts plus those it keeps over the limit; none of them sends anything.
    let idle = join_all((0..200).map(|_| Wire::open(served.address))).await;
    for path in ["/healthz", "/readyz"] {
        let started = Instant::now();
        let answer = get(&served, path).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, "ok\n"), "{path}");
        assert!(started.elapsed() < Duration::from_secs(1));
    }
    let refused = get(&served, "/graphql?query=%7B__typename%7D").await;
    let message = "too many connections are open: the limit is 4 (`limits.connections`)";
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
    assert_eq!(refused.json(), error("OVERLOADED", message));
    // In the format of the path's own API.
    let refused = get(&served, "/v2/users/someone").await;
    assert_eq!(refused.json()["message"], json!(message));
    drop(idle);
}

#[tokio::test]
async fn one_address_cannot_hold_every_connection() {
    let (_app, served) = start(Db::Sqlite, |limits| limits.connections_per_address = 3).await;
    let mut idle = join_all((0..3).map(|_| Wire::open(served.address))).await;
    let refused = get(&served, "/graphql?query=%7B__typename%7D").await;
    let message = "too many connections are open: the limit is 3 (`limits.connections_per_address`)";
    assert_eq!(refused.json(), error("OVERLOADED", message));
    idle.pop();
    let started = Instant::now();
    while get(&served, "/graphql?query=%7B__typename%7D").await.status == StatusCode::SERVICE_UNAVAILABLE {
        assert!(started.elapsed() < Duration::from_secs(5), "a closed connection still counts");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A signed URL for an image of a new proofing request, and the path that accepts the same image with a
/// token.
async fn upload_paths(app: &TestApp) -> [String; 2] {
    let id = app.proofing(NewProofing::default()).await.id;
    let query = format!(
        "mutation {{ generateProofingImageUploadUrl(input: {{ requestId: \"{id}\", side: FRONT }}) {{
        ... on GenerateProofingImageUploadUrlSuccessPayload {{ url }} }} }}"
    );
    let data = app.query(&query).await;
    let signed = data["generateProofingImageUploadUrl"]["url"].as_str().unwrap().to_owned();
    [signed, format!("/api/web/v1/idproofing/{id}/image/0")]
}

/// Sends the head of an upload and the first bytes of its body.
async fn put(served: &Served, token: &str, path: &str, body: &[u8], sent: usize) -> Wire {
    let mut wire = Wire::open(served.address).await;
    let length = body.len();
    wire.send(format!(
        "PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n"
    ))
    .await;
    wire.send(&body[..sent]).await;
    wire
}

/// Retries until an upload is not rejected as overloaded.
async fn put_until_taken(served: &Served, token: &str, path: &str) -> Answer {
    let (started, image) = (Instant::now(), picture());
    loop {
        let answer = put(served, token, path, &image, image.len()).await.answer().await.unwrap();
        if answer.status != StatusCode::SERVICE_UNAVAILABLE {
            return answer;
        }
        assert!(started.elapsed() < Duration::from_secs(10), "{}", answer.text);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[rstest]
#[tokio::test]
async fn one_signed_url_accepts_one_upload_at_a_time(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let (app, served) = start(db, |_| {}).await;
    let [signed, _] = upload_paths(&app).await;
    let image = picture();
    let first = put(&served, &app.token, &signed, &image, 10).await;
    // The first upload has its permit once a second one is rejected.
    let started = Instant::now();
    let refused = loop {
        let answer = put(&served, &app.token, &signed, &[], 0).await.answer().await.unwrap();
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            break answer;
        }
        assert!(started.elapsed() < Duration::from_secs(10), "{}", answer.text);
    };
    let message = "another upload to this URL is in progress: wait until it has ended";
    let expected = json!({ "errorCode": "overloaded", "errorMessage": message, "parameters": {} });
    assert_eq!((refused.json(), refused.header("retry-after")), (expected, "1"));
    drop(first);
    assert_eq!(put_until_taken(&served, &app.token, &signed).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn concurrent_image_uploads_of_a_project_are_limited(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let (app, served) = start(db, |limits| limits.uploads_per_project = 2).await;
    let image = picture();
    let (mut held, mut paths) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        let [signed, _] = upload_paths(&app).await;
        held.push(put(&served, &app.token, &signed, &image, 10).await);
    }
    for _ in 0..2 {
        paths.extend(upload_paths(&app).await);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    for path in [&paths[0], &paths[3]] {
        let refused = put(&served, &app.token, path, &image, image.len()).await.answer().await.unwrap();
        let message = "too many concurrent image uploads of this project: the limit is 2 (`limits.uploads_per_project`)";
        assert_eq!(
            (refused.status, &refused.json()["errorMessage"]),
            (StatusCode::SERVICE_UNAVAILABLE, &json!(message))
        );
    }
    drop(held);
    for path in [&paths[0], &paths[3]] {
        assert_eq!(put_until_taken(&served, &app.token, path).await.status, 200);
    }
}

#[rstest]
#[tokio::test]
async fn request_bodies_share_a_limit_of_bytes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let (app, served) = start(db, |limits| limits.bodies = 100_000).await;
    let body = vec![7; 200_000];
    let message = "too many request bodies in memory: the limit is 100000 bytes (`limits.bodies`)";
    let [signed, with_token] = upload_paths(&app).await;
    for path in [signed.as_str(), &with_token] {
        let refused = put(&served, &app.token, path, &body, body.len()).await.answer().await.unwrap();
        assert_eq!(
            (refused.status, &refused.json()["errorMessage"]),
            (StatusCode::SERVICE_UNAVAILABLE, &json!(message))
        );
    }
    // Waiting bodies hold the bytes that they have sent; an ordinary request is still answered.
    let waiting = put(&served, &app.token, &signed, &body, 110_000).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let refused = put(&served, &app.token, &with_token, &body, 40_000).await.answer().await.unwrap();
    assert_eq!(&refused.json()["errorMessage"], &json!(message));
    assert_eq!(ask(&served, &app.token, VIEWER).await.status, 200);
    drop(waiting);
    let image = picture();
    assert_eq!(put_until_taken(&served, &app.token, &with_token).await.status, 200, "{} bytes", image.len());
}

#[tokio::test]
async fn a_request_is_in_flight_until_its_work_ends_even_if_the_client_disconnects() {
    let (app, served) = start(Db::Postgres, |limits| limits.in_flight = 1).await;
    let lock = lock_users(&app).await;
    let mut gone = Wire::open(served.address).await;
    gone.ask(&app.token, USERS).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(gone);
    tokio::time::sleep(Duration::from_millis(300)).await;
    is_full_until_released(&app, &served, lock).await;
}

//! Sending to receivers on this machine.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use std::time::Duration;

use egress::{Bounds, EgressPolicy, Failure, Fetched, Sender, Sent};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const TIMEOUT: Duration = Duration::from_secs(5);

/// A receiver that answers one request with these bytes and returns the request. Also returns its port.
async fn receiver(answer: &'static str) -> (u16, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut text = String::new();
        while !text.ends_with("{}") {
            let mut bytes = [0; 1024];
            let read = socket.read(&mut bytes).await.unwrap();
            text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
        }
        socket.write_all(answer.as_bytes()).await.unwrap();
        text
    });
    (port, task)
}

async fn send(policy: EgressPolicy, url: &str, timeout: Duration) -> Sent {
    let sender = Sender::new(policy, "egress-test", Vec::new()).unwrap();
    sender.post_json(url, &[("x-id", "7")], "{}".to_owned(), timeout).await
}

#[tokio::test]
async fn posts_json_with_headers_and_follows_no_redirect() {
    let answer = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let (port, received) = receiver(answer).await;
    let sent = send(EgressPolicy::Everywhere, &format!("http://127.0.0.1:{port}/hook"), TIMEOUT).await;
    assert_eq!(sent.outcome, Ok(302));
    let request = received.await.unwrap().to_ascii_lowercase();
    for expected in
        ["post /hook http/1.1", "content-type: application/json", "user-agent: egress-test", "x-id: 7"]
    {
        assert!(request.contains(expected), "{expected}: {request}");
    }
}

#[tokio::test]
async fn sends_nothing_to_an_address_that_is_not_public() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // The second is an ordinary name: only its resolution shows that it is not allowed.
    for host in ["127.0.0.1", "localhost"] {
        let sent = send(EgressPolicy::Internet, &format!("https://{host}:{port}/"), TIMEOUT).await;
        assert_eq!(sent.outcome, Err(Failure::AddressNotAllowed), "{host}");
    }
    assert!(tokio::time::timeout(Duration::from_millis(50), listener.accept()).await.is_err());
}

#[tokio::test]
async fn reports_why_there_was_no_response() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let sent = send(EgressPolicy::Everywhere, &url, Duration::from_millis(50)).await;
    assert_eq!(sent.outcome, Err(Failure::Timeout));
    drop(listener);
    assert_eq!(send(EgressPolicy::Everywhere, &url, TIMEOUT).await.outcome, Err(Failure::NotConnected));

    let (port, _received) = receiver("220 mail.example.org\r\n").await;
    let sent = send(EgressPolicy::Everywhere, &format!("http://127.0.0.1:{port}/"), TIMEOUT).await;
    assert_eq!(sent.outcome, Err(Failure::NoAnswer));
}

#[tokio::test]
async fn reads_a_response_up_to_its_bound_and_only_of_addresses_that_are_allowed() {
    let answer = "HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nhello";
    let bounds = |bytes| Bounds { timeout: TIMEOUT, bytes };
    let sender = Sender::new(EgressPolicy::Everywhere, "egress-test", Vec::new()).unwrap();
    let form = || "a=1&b={}".to_owned();
    let (port, task) = receiver(answer).await;
    let url = format!("http://127.0.0.1:{port}/token");
    let sent = sender.post_form(&url, &[("authorization", "Basic abc")], form(), bounds(5)).await;
    assert_eq!(sent, Ok(Fetched { status: 404, body: b"hello".to_vec() }));
    let request = task.await.unwrap().to_lowercase();
    for part in ["post /token", "authorization: basic abc", "content-type: application/x-www-form-urlencoded"]
    {
        assert!(request.contains(part), "{request}");
    }
    let (port, _) = receiver(answer).await;
    let url = format!("http://127.0.0.1:{port}/token");
    assert_eq!(sender.post_form(&url, &[], form(), bounds(4)).await, Err(Failure::TooLong));
    let sender = Sender::new(EgressPolicy::Internet, "egress-test", Vec::new()).unwrap();
    assert_eq!(sender.get(&url, &[], bounds(5)).await, Err(Failure::AddressNotAllowed));
    assert_eq!(sender.post_form(&url, &[], form(), bounds(5)).await, Err(Failure::AddressNotAllowed));
}

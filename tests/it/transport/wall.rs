//! The headers of every response, and which origins may read it.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use verigraph::config::{Config, PublicUrl};

use super::{error, send, start};
use crate::harness::{Db, TestApp};

#[tokio::test]
async fn other_paths_are_not_found() {
    let app = start().await;
    for path in ["/graphql/", "/admin", "/graphql/../etc/passwd", "/.env"] {
        let answer = app.get(path, &[]).await;
        let expected = (StatusCode::NOT_FOUND, error("BAD_REQUEST", "there is no such path"));
        assert_eq!((answer.status, answer.json()), expected, "{path}");
    }
}

#[tokio::test]
async fn no_answer_may_be_sniffed_as_another_media_type() {
    let app = start().await;
    for path in
        ["/graphql", "/healthz", "/readyz", "/metrics", "/explorer/", "/explorer/config.json", "/nowhere"]
    {
        assert_eq!(app.get(path, &[]).await.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_keeps_a_valid_one_of_the_caller() {
    let app = start().await;
    let longest = "x".repeat(64);
    for plain in ["7f3a-B", &longest] {
        assert_eq!(app.get("/healthz", &[("x-request-id", plain)]).await.header("x-request-id"), plain);
    }
    for other in ["", "a b", "a\"b", "a_b", "é", "{}", &"x".repeat(65)] {
        let answer = app.get("/nowhere", &[("x-request-id", other)]).await;
        let id = answer.header("x-request-id");
        assert!(id != other && uuid::Uuid::try_parse(id).is_ok(), "{other}: {id}");
    }
}

#[tokio::test]
async fn only_pages_of_configured_origins_may_read_answers() {
    let ours = "https://app.example.com";
    let app = TestApp::start_with(
        Db::Sqlite,
        Config {
            cors_origins: vec![ours.to_owned()],
            cors_headers: vec!["x-app-version".to_owned()],
            ..Config::default()
        },
    )
    .await;
    let preflight = async |origin: &str| {
        let headers = [("origin", origin), ("access-control-request-method", "POST")];
        send(&app, Method::OPTIONS, "/graphql", &headers, Body::empty()).await
    };
    let answer = preflight(ours).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (StatusCode::OK, ours));
    assert_eq!(answer.header("access-control-allow-methods"), "GET,POST,PUT");
    // The headers that tracing libraries add to each request, and those from the settings.
    let allowed = "authorization,content-type,idempotency-key,x-request-id,x-verigraph-position,x-api-key,x-auth-token,traceparent,tracestate,baggage,sentry-trace,x-app-version";
    assert_eq!(answer.header("access-control-allow-headers"), allowed);
    assert_eq!(answer.header("access-control-max-age"), "7200");
    let exposed = app.get("/healthz", &[("origin", ours)]).await;
    assert_eq!(
        exposed.header("access-control-expose-headers"),
        "x-request-id,x-verigraph-position,retry-after"
    );
    for other in
        ["https://evil.example", "https://app.example.com.evil.example", "http://app.example.com", "null"]
    {
        assert_eq!(preflight(other).await.header("access-control-allow-origin"), "", "{other}");
        let answer = app.get("/healthz", &[("origin", other)]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{other}");
    }
    // The token is in a header, so cookies of a browser give no access.
    assert_eq!(app.get("/healthz", &[("origin", ours)]).await.header("access-control-allow-credentials"), "");
    let closed = start().await;
    assert_eq!(closed.get("/healthz", &[("origin", ours)]).await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_demo_answers_only_to_its_own_host_names() {
    let mut app = start().await;
    app.restart_with(Config {
        public_url: Some(PublicUrl::try_from("https://demo.example.org".to_owned()).unwrap()),
        ..Config::default()
    });
    let paths = ["/explorer/config.json", "/explorer/", "/graphql?query=%7B__typename%7D"];
    for is_demo in [false, true] {
        if is_demo {
            app.restart_as_demo("demo-token");
        }
        for (host, is_own) in [
            ("localhost:8080", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("192.168.1.7:8080", true),
            ("LOCALHOST", true),
            ("demo.example.org", true),
            ("rebound.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("@", false),
        ] {
            for path in paths {
                let answer = app.get(path, &[("host", host)]).await;
                let is_refused = answer.status == StatusCode::MISDIRECTED_REQUEST;
                assert_eq!(is_refused, is_demo && !is_own, "{host} {path}");
                assert!(is_own || !answer.text.contains("demo-token"));
            }
        }
    }
}

#[tokio::test]
async fn the_explorer_can_be_disabled() {
    let app = TestApp::start_with(Db::Sqlite, Config { explorer: false, ..Config::default() }).await;
    // Instead of to the explorer, the root leads to the dashboard.
    assert_eq!(app.get("/", &[]).await.header("location"), "/dashboard/");
    for path in ["/explorer", "/explorer/", "/explorer/config.json", "/explorer/index.html"] {
        assert_eq!(app.get(path, &[("accept", "text/html")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // A browser gets a GraphQL answer, and no redirect to the disabled explorer.
    assert_eq!(app.get("/graphql", &[("accept", "text/html")]).await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn explorer_files_are_sent_compressed_as_built() {
    let app = start().await;
    let page = app.get("/explorer/", &[]).await;
    let asset =
        page.text.split('"').find(|part| part.starts_with("/explorer/assets/") && part.contains(".js"));
    // Without Node the explorer is not built in, and there are no compressed files.
    let Some(asset) = asset else {
        assert!(page.text.contains("make web"));
        return;
    };
    let plain = app.get(asset, &[]).await;
    let mut sizes = vec![plain.text.len()];
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    for (accepted, encoding) in
        [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"), ("identity", "")]
    {
        let head = app
            .send(Request::head(asset).header("accept-encoding", accepted).body(Body::empty()).unwrap())
            .await;
        assert_eq!((head.status, head.header("content-encoding")), (StatusCode::OK, encoding), "{accepted}");
        assert_eq!(head.header("cache-control"), "public, max-age=31536000, immutable");
        sizes.push(head.header("content-length").parse().unwrap());
        let known = [("accept-encoding", accepted), ("if-none-match", head.header("etag"))];
        assert_eq!(app.get(asset, &known).await.status, StatusCode::NOT_MODIFIED, "{accepted}");
    }
    let [plain, gzip, brotli, ..] = sizes[..] else { panic!("{sizes:?}") };
    assert!(brotli < gzip && gzip < plain / 2, "{sizes:?}");
}

/// Clients that look up `Content-Type` case-sensitively, as Python's `gql` 4 does, find it.
#[tokio::test]
async fn response_header_names_are_in_title_case() {
    let app = start().await;
    let served = app.serve(&Config::default()).await;
    for path in ["/healthz", "/graphql?query=%7B__typename%7D", "/v2/users/a", "/openapi.json"] {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).await.unwrap();
        let text = String::from_utf8_lossy(&raw);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head.lines().skip(1).map(|line| line.split_once(':').unwrap().0).collect();
        for expected in ["Content-Type", "X-Request-Id", "X-Content-Type-Options"] {
            assert!(names.contains(&expected), "{path}: {names:?}");
        }
        for name in names {
            let is_titled = |part: &str| part.starts_with(|first: char| first.is_ascii_uppercase());
            assert!(name.split('-').all(is_titled), "{path}: {name}");
        }
    }
}

//! Each setting is validated when it is read, and its error describes the format.

use std::fs;

use super::{
    Place,
    servers::{Server, send},
    text,
};

fn refused(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    text(&output.stderr)
}

#[test]
fn rejects_origins_that_can_never_match() {
    let place = Place::new();
    for (origins, reason) in [
        (
            "[\"https://app.example.com/login\"]",
            "has a path, which browsers do not send: write https://app.example.com",
        ),
        ("https://app.example.com/", "has a path, which browsers do not send: write https://app.example.com"),
        ("app.example.com", "has no scheme: write it as browsers send it, such as https://app.example.com"),
        (
            "https://*.example.com",
            "has a wildcard, which browsers do not send: write each origin, or `*` for all of them",
        ),
    ] {
        let said = refused(&place, &["serve", "--set", &format!("cors_origins={origins}")]);
        assert!(
            said.starts_with("verigraph: the setting `cors_origins` is invalid: `") && said.contains(reason),
            "{said}"
        );
    }
    assert!(!place.path("data").exists());
}

/// A page without a token learns nothing, and with one it may have any origin.
#[tokio::test]
async fn a_star_allows_every_origin_and_a_text_only_itself() {
    let place = Place::new();
    for (file, admitted, refused) in [
        ("cors_origins = [\"*\"]", "*", None),
        ("cors_origins = \"*\"", "*", None),
        (
            "cors_origins = \"https://app.example.com\"",
            "https://app.example.com",
            Some("https://other.example.com"),
        ),
    ] {
        fs::write(place.path("verigraph.toml"), file).unwrap();
        let mut server = Server::start(&place, &["serve"]);
        let address = server.address();
        let from = async |origin: &str| {
            send(address, format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n\r\n"))
                .await
        };
        let answer = from("https://app.example.com").await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("access-control-allow-origin")),
            (200, admitted),
            "{file}"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{file}");
        if let Some(refused) = refused {
            assert_eq!(from(refused).await.header("access-control-allow-origin"), "", "{file}");
        }
        assert_eq!(server.end("-TERM").0.code(), Some(0));
    }
}

#[tokio::test]
async fn accepts_a_host_name_or_a_port_alone_to_listen_on() {
    let place = Place::new();
    for listen in ["localhost:0", ":0", "0", "[::1]:0"] {
        let mut server = Server::start_at(&place, &["serve"], listen);
        let address = server.address();
        assert!(address.ip().is_loopback(), "{listen}: {address}");
        let answer = send(address, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()).await;
        assert_eq!(answer.status, 200, "{listen}");
        server.end("-TERM");
    }
    for listen in ["localhost", "http://localhost:8080", "127.0.0.1"] {
        let said = refused(&place, &["serve", "--listen", listen]);
        assert!(
            said.contains("such as 127.0.0.1:8080, localhost:8080 or 0.0.0.0:8080, or a port such as 8080"),
            "{said}"
        );
    }
    let said = refused(&place, &["serve", "--listen", "no-such-host.invalid:8080"]);
    assert!(said.contains("host name `no-such-host.invalid` cannot be resolved"), "{said}");
}

#[test]
fn every_invalid_setting_is_reported_before_anything_is_written() {
    let place = Place::new();
    let said =
        refused(&place, &["serve", "--log-level", "verbose", "--listen", "x", "--set", "connections=0"]);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "verigraph: the setting `connections` is invalid: write a whole number from 1 to 10000, such as 16",
            "verigraph: the setting `log.level` is invalid: write off, error, warn, info, debug or trace, or a filter such \
             as info,sqlx=warn",
            "verigraph: the setting `listen` is invalid: write ADDRESS:PORT, such as 127.0.0.1:8080, localhost:8080 or \
             0.0.0.0:8080, or a port such as 8080",
        ]
    );
    assert!(!place.path("data").exists());
}

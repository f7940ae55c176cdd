//! Delivery over TLS: only to endpoints with a valid certificate for their name.

use std::sync::{Arc, Mutex};

use egress::Certificate;
use entity::webhook_delivery::Status;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rstest::rstest;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use verigraph::{
    event::Kind,
    services::Services,
    webhook::{EgressPolicy, Sender, Worker},
};

use super::{deliver_all, deliveries, record_event, settings, subscribe, with_receivers};
use crate::harness::{Db, TestApp};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A TLS endpoint on this machine that answers 204 and records the heads and bodies that it receives.
struct Secured {
    port: u16,
    received: Arc<Mutex<Vec<String>>>,
    served: JoinHandle<()>,
}

impl Secured {
    /// Starts an endpoint with a certificate of an authority for these names.
    async fn start(authority: &Authority, names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(names).unwrap().signed_by(&key, authority).unwrap();
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], private);
        let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let seen = received.clone();
        let served = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // A client that rejects the certificate disconnects before it sends a request.
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut text = String::new();
                let mut bytes = [0; 4096];
                // The body is JSON and ends the request.
                while !text.ends_with('}') {
                    match stream.read(&mut bytes).await {
                        Ok(0) | Err(_) => break,
                        Ok(count) => text.push_str(&String::from_utf8_lossy(&bytes[..count])),
                    }
                }
                seen.lock().unwrap().push(text);
                let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
                let _ = stream.write_all(answer).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { port, received, served }
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.received.lock().unwrap())
    }
}

impl Drop for Secured {
    fn drop(&mut self) {
        self.served.abort();
    }
}

/// A worker of the server that trusts an authority.
fn worker(app: &TestApp, authority: &Authority) -> Worker {
    let trusted = Certificate::from_der(authority.der()).unwrap();
    let sender = Sender::trusting(EgressPolicy::Everywhere, vec![trusted]);
    Worker::new(&Services { sender, ..Services::clone(&app.app.services) }, &settings().webhooks)
}

#[rstest]
#[tokio::test]
async fn a_delivery_is_sent_over_tls_to_an_endpoint_with_a_valid_certificate(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let authority = authority("ours");
    let endpoint = Secured::start(&authority, &["localhost", "127.0.0.1"]).await;
    for host in ["localhost", "127.0.0.1"] {
        let url = format!("https://{host}:{}/hook?a=b", endpoint.port);
        let subscribed = subscribe(&app, &app.token, &url, "").await;
        let resource = app.clock.new_id();
        record_event(&app, app.project, Kind::UserCreated, resource, None).await;
        deliver_all(&worker(&app, &authority)).await;
        let log = &deliveries(&app, subscribed.id).await[0];
        assert_eq!(
            (log.status, log.last_status_code, &log.last_error),
            (Status::Delivered, Some(204), &None),
            "{host}"
        );
        let received = endpoint.take();
        let received = received.iter().find(|text| text.contains(&format!("host: {host}"))).unwrap();
        assert!(received.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{received}");
        assert!(
            received.contains("webhook-signature: v1,") && received.contains(&resource.to_string()),
            "{received}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn an_endpoint_with_a_wrong_name_or_authority_receives_nothing_and_the_log_shows_why(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let app = with_receivers(app);
    let (ours, theirs) = (authority("ours"), authority("theirs"));
    let other_name = Secured::start(&ours, &["example.org"]).await;
    let other_authority = Secured::start(&theirs, &["localhost"]).await;
    let mut subscribed = Vec::new();
    for endpoint in [&other_name, &other_authority] {
        let url = format!("https://localhost:{}/hook", endpoint.port);
        subscribed.push(subscribe(&app, &app.token, &url, "").await.id);
    }
    record_event(&app, app.project, Kind::UserCreated, app.clock.new_id(), None).await;
    deliver_all(&worker(&app, &ours)).await;
    for id in subscribed {
        let log = &deliveries(&app, id).await[0];
        assert_eq!((log.status, log.last_status_code), (Status::Pending, None));
        assert_eq!(log.last_error.as_deref(), Some("certificate_refused"));
        // A probe returns the same: the machine trusts neither authority.
        let probe = format!(
            "mutation {{ probeWebhookEndpoint(input: {{ id: \"{id}\" }}) {{
                    ... on ProbeWebhookEndpointSuccessPayload {{ statusCode failure }} }} }}"
        );
        let probed = &app.query(&probe).await["probeWebhookEndpoint"];
        assert_eq!(probed, &json!({ "statusCode": null, "failure": "certificate_refused" }));
    }
    assert_eq!((other_name.take().len(), other_authority.take().len()), (0, 0));
}

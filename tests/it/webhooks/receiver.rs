use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};
use uuid::Uuid;

/// An endpoint on this machine that records the requests it receives.
pub struct Receiver {
    pub url: String,
    status: Arc<AtomicU16>,
    received: Arc<Mutex<Vec<Received>>>,
    served: JoinHandle<()>,
}

/// A received request.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: String,
    /// The status of the response.
    pub status: u16,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn id(&self) -> Uuid {
        self.headers["webhook-id"].to_str().unwrap().parse().unwrap()
    }

    pub fn resource(&self) -> Uuid {
        self.json()["resourceId"].as_str().unwrap().parse().unwrap()
    }
}

impl Receiver {
    /// Answers every POST with 204 until another status is set.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let (status, received) = (Arc::new(AtomicU16::new(204)), Arc::new(Mutex::new(Vec::new())));
        let (answer, seen) = (status.clone(), received.clone());
        let handler = move |headers: HeaderMap, body: Bytes| {
            let status = answer.load(Ordering::SeqCst);
            let body = String::from_utf8(body.to_vec()).unwrap();
            seen.lock().unwrap().push(Received { headers, body, status });
            // The target of a redirect: the endpoint itself, which would record it.
            let location = [(header::LOCATION, "/elsewhere")];
            async move { (StatusCode::from_u16(status).unwrap(), location).into_response() }
        };
        let router = Router::new().fallback(handler);
        let served = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, status, received, served }
    }

    /// Sets the status of all further responses.
    pub fn answer(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// The requests received since the last call.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.received.lock().unwrap())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.served.abort();
    }
}

//! The listening server: slow clients, connection limits, and a shutdown that loses no started request.

use std::{future::Future, io, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::watch};
use tower::util::MapRequest;

use super::{
    connection::{self, ConnectionLimitError, ConnectionLimits, ReservedConnections},
    error_format::RejectedRequest,
    formats::error_format,
    health::HEALTH_PATHS,
    peer::PeerAddress,
};
use crate::{
    Code,
    config::{Config, Limits},
};

/// Timeout for the request head on a connection above the limits.
const HEALTH: Duration = Duration::from_secs(2);

/// Serves until `stop` completes, then lets requests in flight finish.
///
/// `axum::serve` sets no timeout for a request's head, so this function drives hyper directly.
pub async fn serve(listener: TcpListener, router: Router, config: &Config, stop: impl Future<Output = ()>) {
    let limits = &config.limits;
    let http = http1(limits, Duration::from_secs(limits.head_seconds));
    let mut reserve = http1(limits, HEALTH);
    reserve.keep_alive(false);
    let (connections, mut reserved) = (ConnectionLimits::new(limits), ReservedConnections::default());
    // Closed for the sender once every connection has dropped its receiver.
    let stops = watch::Sender::new(());
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (socket, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        let socket = TokioIo::new(connection::prepared(socket, limits));
        let permit = match connections.acquire(peer.ip(), limits) {
            Ok(permit) => permit,
            Err(reached) => {
                let service = TowerToHyperService::new(health_only(router.clone(), reached));
                let connection = reserve.serve_connection(socket, service);
                let answered = tokio::spawn(async move {
                    let _ = tokio::time::timeout(2 * HEALTH, connection).await;
                });
                reserved.insert(answered.abort_handle());
                continue;
            }
        };
        let peer = PeerAddress(peer.ip());
        let with_peer = move |mut request: hyper::Request<_>| {
            request.extensions_mut().insert(peer);
            request
        };
        let service = TowerToHyperService::new(MapRequest::new(router.clone(), with_peer));
        let connection = http.serve_connection(socket, service).with_upgrades();
        let mut stopping = stops.subscribe();
        tokio::spawn(async move {
            let mut connection = std::pin::pin!(connection);
            // A connection error is the client's concern and not worth a log line.
            let _ = tokio::select! {
                done = connection.as_mut() => done,
                _ = stopping.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            drop(permit);
        });
    }
    drop(listener);
    let grace = Duration::from_secs(config.shutdown_seconds);
    tracing::info!(seconds = grace.as_secs(), "stopping: requests in flight may finish");
    stops.send_replace(());
    if tokio::time::timeout(grace, stops.closed()).await.is_err() {
        tracing::warn!("stopped before all requests had finished");
    }
}

fn http1(limits: &Limits, head: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head)
        // Some HTTP/1.1 clients look up headers as `Content-Type`, in no other case.
        .title_case_headers(true)
        .max_buf_size(usize::try_from(limits.head).unwrap_or(usize::MAX).max(8 * 1024));
    http
}

/// Handles a connection above the limits. Health paths work as usual, so that monitoring does not restart a
/// busy server; all other requests are rejected.
fn health_only(router: Router, reached: ConnectionLimitError) -> Router {
    router.layer(middleware::from_fn(move |request: Request, next: Next| async move {
        let path = request.uri().path();
        if HEALTH_PATHS.contains(&path) {
            return next.run(request).await;
        }
        let ConnectionLimitError { setting, limit } = reached;
        let message = format!("too many connections are open: the limit is {limit} (`{setting}`)");
        let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded);
        RejectedRequest { status, code, message: &message, id: "", path }.answer(error_format)
    }))
}

/// Pauses after an error of the listener, such as too many open files. A disconnected client needs no pause.
async fn pause_after(error: &io::Error) {
    let is_clients = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
    );
    if !is_clients {
        tracing::warn!(%error, "failed to accept connection");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

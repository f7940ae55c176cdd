//! Sockets: slow clients, too many of them, and an end in which nothing that was begun is lost.

use std::{future::Future, io, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
};

use crate::config::Config;

/// Serves until `stop` is done, then lets requests in flight finish.
///
/// `axum::serve` sets no time for a request's head, so this drives hyper itself.
pub async fn serve(listener: TcpListener, router: Router, config: &Config, stop: impl Future<Output = ()>) {
    let limits = &config.limits;
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.head_seconds))
        .max_buf_size(usize::try_from(limits.head).unwrap_or(usize::MAX).max(8 * 1024));
    let connections = usize::try_from(limits.connections).unwrap_or(Semaphore::MAX_PERMITS);
    let places = Arc::new(Semaphore::new(connections));
    // Closed for the sender once every connection has dropped its receiver.
    let stops = watch::Sender::new(());
    let mut stop = std::pin::pin!(stop);
    loop {
        let accept = async {
            // Past the limit, clients wait to be accepted rather than being accepted and left waiting.
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (socket, place) = tokio::select! {
            accepted = accept => accepted,
            () = &mut stop => break,
        };
        let socket = match socket {
            Ok((socket, _)) => socket,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        // Answers are written whole; waiting to fill a packet would only delay their ends.
        let _ = socket.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(socket), service).with_upgrades();
        let mut stopping = stops.subscribe();
        tokio::spawn(async move {
            let mut connection = std::pin::pin!(connection);
            // What breaks a connection is the client's affair, and is no news.
            let _ = tokio::select! {
                done = connection.as_mut() => done,
                _ = stopping.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            drop(place);
        });
    }
    drop(listener);
    let grace = Duration::from_secs(config.shutdown_seconds);
    tracing::info!(seconds = grace.as_secs(), "stopping: requests in flight may finish");
    stops.send_replace(());
    if tokio::time::timeout(grace, stops.closed()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

/// A client that went away is no reason to wait; having no file handles left is.
async fn pause_after(error: &io::Error) {
    let is_clients = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
    );
    if !is_clients {
        tracing::warn!(%error, "a connection could not be accepted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

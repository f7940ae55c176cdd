use std::{net::SocketAddr, time::Duration};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};
use verigraph::{config::Config, http::server};

use super::{Answer, TestApp};

/// A server on a socket of its own.
pub struct Served {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: JoinHandle<()>,
}

impl TestApp {
    /// Serves on a free port, with the settings that the server was started with.
    pub async fn serve(&self, config: &Config) -> Served {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let (app, router, config) = (self.app.clone(), self.router.clone(), config.clone());
        let done = tokio::spawn(async move {
            let hub = app.hub.clone();
            let stop = async move {
                // Dropping the sender stops the server as well.
                drop(stopped.await);
                hub.stop();
            };
            server::serve(listener, router, &config, stop).await;
            app.close_sockets(Duration::from_secs(config.shutdown_seconds)).await;
        });
        Served { address, stop: Some(stop), done }
    }
}

impl Served {
    /// Requests a graceful stop, as a signal does.
    pub fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until the server has stopped.
    pub async fn stopped(self) {
        self.done.await.unwrap();
    }
}

/// A raw client connection that can violate the protocol in every way.
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Wire {
    /// Opens a connection.
    pub async fn open(address: SocketAddr) -> Self {
        Self { stream: TcpStream::connect(address).await.unwrap(), read: Vec::new() }
    }

    /// Sends bytes as they are. Errors are ignored: the server may have closed the connection.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        drop(self.stream.write_all(bytes.as_ref()).await);
    }

    /// Sends a GraphQL request.
    pub async fn ask(&mut self, token: &str, body: &str) {
        let length = body.len();
        let head = graphql_head(token);
        self.send(format!("{head}Content-Length: {length}\r\n\r\n{body}")).await;
    }

    /// The next response; `None` if the server closed the connection without one.
    pub async fn answer(&mut self) -> Option<Answer> {
        let end = loop {
            if let Some(end) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let head = String::from_utf8(self.read.drain(..end + 4).collect()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse::<StatusCode>().unwrap();
        let fields = lines.filter_map(|line| line.split_once(": "));
        let headers: HeaderMap = fields
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap()))
            .collect();
        let length: usize =
            headers.get("content-length").map_or(0, |length| length.to_str().unwrap().parse().unwrap());
        while self.read.len() < length {
            self.more().await.expect("the whole body");
        }
        let text = String::from_utf8(self.read.drain(..length).collect()).unwrap();
        Some(Answer { status, headers, text })
    }

    async fn more(&mut self) -> Option<()> {
        let mut buffer = [0; 4096];
        match self.stream.read(&mut buffer).await {
            Ok(0) | Err(_) => None,
            Ok(size) => {
                self.read.extend(&buffer[..size]);
                Some(())
            }
        }
    }
}

/// The head of a GraphQL request, without the length of its body.
pub fn graphql_head(token: &str) -> String {
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Accept: application/graphql-response+json\r\nAuthorization: Bearer {token}\r\n"
    )
}

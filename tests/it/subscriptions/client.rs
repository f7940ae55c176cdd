use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

/// Maximum time until a message arrives.
const PATIENCE: Duration = Duration::from_secs(20);

/// A client that can violate the protocol in every way.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    /// Opens a socket with additional headers; the error is the status of the rejection.
    pub async fn connect(address: SocketAddr, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, response)) => {
                assert_eq!(response.headers()["sec-websocket-protocol"], "graphql-transport-ws");
                Ok(Self { socket })
            }
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens a socket and authenticates.
    pub async fn open(address: SocketAddr, token: &str) -> Self {
        let mut client = Self::connect(address, &[]).await.unwrap();
        client.init(json!({ "Authorization": format!("Bearer {token}") })).await;
        assert_eq!(client.next().await, json!({ "type": "connection_ack" }));
        client
    }

    pub async fn init(&mut self, payload: Value) {
        self.send(json!({ "type": "connection_init", "payload": payload })).await;
    }

    pub async fn send(&mut self, message: Value) {
        self.raw(Message::text(message.to_string())).await;
    }

    /// Sends a frame as it is. Errors are ignored: the server may have closed the connection.
    pub async fn raw(&mut self, message: Message) {
        drop(self.socket.send(message).await);
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.send(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// Subscribes, and waits until the subscription is active.
    pub async fn listen(&mut self, id: &str, query: &str) {
        self.subscribe(id, query).await;
        self.settle().await;
    }

    /// Waits until the server has processed all messages so far. No other message may arrive meanwhile.
    pub async fn settle(&mut self) {
        self.send(json!({ "type": "ping", "payload": { "a": 1 } })).await;
        assert_eq!(self.next().await, json!({ "type": "pong", "payload": { "a": 1 } }));
    }

    /// The next message.
    pub async fn next(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            frame => panic!("not a text: {frame:?}"),
        }
    }

    /// The data of the next message of a subscription, which must have no errors.
    pub async fn next_data(&mut self, id: &str) -> Value {
        let mut next = self.next().await;
        assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!(id)), "{next}");
        assert!(next["payload"].get("errors").is_none(), "{next}");
        next["payload"]["data"].take()
    }

    /// The code and message of the error that ends a subscription.
    pub async fn refused(&mut self, id: &str) -> (String, String) {
        let next = self.next().await;
        assert_eq!((&next["type"], &next["id"]), (&json!("error"), &json!(id)), "{next}");
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{next}")).to_owned();
        (text(&next["payload"][0]["extensions"]["code"]), text(&next["payload"][0]["message"]))
    }

    /// Asserts that no message arrives for a while.
    pub async fn receives_nothing(&mut self) {
        self.receives_nothing_for(Duration::from_millis(500)).await;
    }

    /// Asserts that no message arrives for this time. Pings are answered.
    pub async fn receives_nothing_for(&mut self, long: Duration) {
        let until = tokio::time::Instant::now() + long;
        while let Ok(heard) = tokio::time::timeout_at(until, self.socket.next()).await {
            assert!(matches!(heard, Some(Ok(Message::Ping(_)))), "{heard:?}");
        }
    }

    /// The code and reason with which the server closes the socket. Earlier messages are skipped.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.frame().await {
                let frame = frame.unwrap();
                return (frame.code.into(), frame.reason.to_string());
            }
        }
    }

    /// Asserts that the server closes the socket, for this reason if it can be read: a client that does not
    /// read may find the connection broken.
    pub async fn is_disconnected(&mut self, for_reason: (u16, &str)) {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("nothing came") {
                Some(Ok(Message::Close(Some(frame)))) => {
                    assert_eq!(
                        (u16::from(frame.code), frame.reason.contains(for_reason.1)),
                        (for_reason.0, true)
                    );
                    return;
                }
                Some(Err(_)) | None => return,
                Some(Ok(_)) => {}
            }
        }
    }

    async fn frame(&mut self) -> Message {
        loop {
            let frame = timeout(PATIENCE, self.socket.next()).await.expect("nothing came");
            match frame.expect("the socket ended without a word").unwrap() {
                Message::Ping(_) | Message::Pong(_) => {}
                frame => return frame,
            }
        }
    }
}

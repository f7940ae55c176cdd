use std::{pin::pin, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt, stream::SplitSink};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, timeout},
};

use super::protocol::Close;

/// Timeout for the last frame, because the client may have stopped reading.
const FAREWELL: Duration = Duration::from_secs(1);

/// Sends queued messages, pings the client, and sends the close reason once the queue is closed.
///
/// Ends when the client reads nothing for twice the ping interval.
pub async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut queue: mpsc::Receiver<String>,
    mut closing: oneshot::Receiver<Close>,
    ping_every: Duration,
) {
    let close = {
        let mut sending = pin!(send(&mut sink, &mut queue, ping_every));
        tokio::select! {
            close = &mut closing => {
                // Pending messages. Do not wait for a client that does not read them.
                let _ = timeout(FAREWELL, sending).await;
                close
            }
            sent = &mut sending => match sent {
                Ok(()) => closing.await,
                Err(Broken) => return,
            },
        }
    };
    let close = close.unwrap_or(Close::GONE);
    let farewell = async {
        let _ = sink.send(Message::Close(Some(close.frame()))).await;
        let _ = sink.close().await;
    };
    // A client that does not read this has disconnected already.
    let _ = timeout(FAREWELL, farewell).await;
}

/// The client is gone or no longer reads.
struct Broken;

/// Sends until no sender is left.
async fn send(
    sink: &mut SplitSink<WebSocket, Message>,
    queue: &mut mpsc::Receiver<String>,
    ping_every: Duration,
) -> Result<(), Broken> {
    let mut pings = tokio::time::interval_at(Instant::now() + ping_every, ping_every);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            text = queue.recv() => match text {
                Some(text) => Message::text(text),
                None => return Ok(()),
            },
            _ = pings.tick() => Message::Ping(Vec::new().into()),
        };
        match timeout(ping_every * 2, sink.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return Err(Broken),
        }
    }
}

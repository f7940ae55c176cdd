use std::{pin::pin, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt, stream::SplitSink};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, MissedTickBehavior, timeout},
};

use super::protocol::Close;

/// How long the last frame may take, to a reader that may have stopped reading.
const FAREWELL: Duration = Duration::from_secs(1);

/// Sends what there is to send, asks for signs of life, and says why it is over once there is nothing left to send.
///
/// Ends by itself when the reader takes nothing for twice the time between two pings.
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
                // Answers of before. A reader that does not read them is not waited for.
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
    // Whoever does not read this has gone already.
    let _ = timeout(FAREWELL, farewell).await;
}

/// The reader is gone, or takes nothing any more.
struct Broken;

/// Until nobody is left who could send something.
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

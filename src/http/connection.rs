//! Client connections: their number is limited, and a connection whose client does not read is closed.

use std::{
    collections::VecDeque,
    io,
    net::{IpAddr, Ipv6Addr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::AbortHandle,
    time::{Instant, Sleep},
};

use super::count::{CountPermit, Counts};
use crate::config::Limits;

/// Bytes that the kernel buffers for a client before sending. Progress is visible in steps of half of this,
/// so a client that reads a few kilobytes per second still shows it in time.
const UNSENT: u32 = 64 * 1024;
/// Connections above the limits that may be open at once, for health checks and rejections.
const RESERVED: usize = 64;

/// A stream whose writes must make progress: a write that waits longer than the limit for the peer to read
/// fails.
///
/// The limit applies to everything written: responses, images and socket messages.
pub struct ProgressStream<S> {
    stream: S,
    limit: Duration,
    /// Timer that runs while a write waits for the peer.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<S> ProgressStream<S> {
    /// Creates a stream whose peer may block a write for at most `limit`.
    pub const fn new(stream: S, limit: Duration) -> Self {
        Self { stream, limit, stalled: None }
    }

    fn progress<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let limit = self.limit;
        let stalled =
            self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + limit)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read its response")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for ProgressStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for ProgressStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.progress(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.progress(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    // A TCP socket buffers nothing that a flush would send, so a successful flush is no sign of progress by
    // the peer.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Configures a client's socket for serving.
pub fn prepared(socket: TcpStream, limits: &Limits) -> ProgressStream<TcpStream> {
    // Responses are written whole. Waiting to fill a packet would only delay their last part.
    let _ = socket.set_nodelay(true);
    // Without this, the kernel buffers megabytes for a client that reads nothing, and shows no progress of a
    // slow one.
    let _ = SockRef::from(&socket).set_tcp_notsent_lowat(UNSENT);
    ProgressStream::new(socket, Duration::from_secs(limits.write_seconds))
}

/// Key of the limit per client: an IPv4 address, or an IPv6 /64 network, which one customer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Peer(IpAddr);

impl From<IpAddr> for Peer {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.into()),
            IpAddr::V6(address) => Self(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into()),
        }
    }
}

/// The permits of an open connection.
#[derive(Debug)]
pub struct ConnectionPermit {
    _connection: OwnedSemaphorePermit,
    _peer: Option<CountPermit<Peer>>,
}

/// The limits of open connections: in total and per peer.
#[derive(Debug)]
pub struct ConnectionLimits {
    together: Arc<Semaphore>,
    peers: Counts<Peer>,
    per_peer: u64,
}

/// The reached connection limit: the setting's key and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimitError {
    pub setting: &'static str,
    pub limit: u64,
}

impl ConnectionLimits {
    /// Creates the limits from the settings.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let together = usize::try_from(limits.connections).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            together: Arc::new(Semaphore::new(together.min(Semaphore::MAX_PERMITS))),
            peers: Counts::default(),
            per_peer: limits.connections_per_address,
        }
    }

    /// Acquires a permit for one more connection.
    ///
    /// # Errors
    ///
    /// The limit that is reached.
    pub fn acquire(&self, peer: IpAddr, limits: &Limits) -> Result<ConnectionPermit, ConnectionLimitError> {
        let reached = |setting, limit| ConnectionLimitError { setting, limit };
        let peer = match self.per_peer {
            0 => None,
            limit => {
                let permit = self.peers.acquire(peer.into(), limit);
                Some(permit.ok_or_else(|| reached("limits.connections_per_address", limit))?)
            }
        };
        let connection = self.together.clone().try_acquire_owned();
        let connection = connection.map_err(|_| reached("limits.connections", limits.connections))?;
        Ok(ConnectionPermit { _connection: connection, _peer: peer })
    }
}

/// Connections above the limits, each open for one request. A new one replaces the oldest, so that idle
/// clients cannot keep health probes out.
#[derive(Debug, Default)]
pub struct ReservedConnections(VecDeque<AbortHandle>);

impl ReservedConnections {
    /// Adds a connection, and closes the oldest one if the limit is exceeded.
    pub fn insert(&mut self, connection: AbortHandle) {
        self.0.retain(|other| !other.is_finished());
        if self.0.len() >= RESERVED
            && let Some(oldest) = self.0.pop_front()
        {
            oldest.abort();
        }
        self.0.push_back(connection);
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn a_write_fails_once_the_peer_has_read_nothing_for_the_limit() {
        let (near, mut far) = tokio::io::duplex(16);
        let mut near = ProgressStream::new(near, Duration::from_millis(200));
        let started = Instant::now();
        let written = near.write_all(&[0; 64]).await;
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(started.elapsed() >= Duration::from_millis(200));
        let mut read = [0; 16];
        far.read_exact(&mut read).await.unwrap();
    }

    #[tokio::test]
    async fn a_slow_reader_receives_the_whole_response() {
        let (near, mut far) = tokio::io::duplex(16);
        let mut near = ProgressStream::new(near, Duration::from_millis(500));
        let reader = tokio::spawn(async move {
            let mut sum = 0;
            let mut read = [0; 4];
            while let Ok(size @ 1..) = far.read(&mut read).await {
                sum += size;
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
            sum
        });
        near.write_all(&[0; 160]).await.unwrap();
        drop(near);
        assert_eq!(reader.await.unwrap(), 160);
    }

    #[test]
    fn addresses_of_one_subnet_are_one_peer() {
        let peer = |text: &str| Peer::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(peer("2001:db8:1:2::1"), peer("2001:db8:1:2:ffff::9"));
        assert_ne!(peer("2001:db8:1:2::1"), peer("2001:db8:1:3::1"));
        assert_eq!(peer("::ffff:192.0.2.1"), peer("192.0.2.1"));
        assert_ne!(peer("192.0.2.2"), peer("192.0.2.1"));
    }
}

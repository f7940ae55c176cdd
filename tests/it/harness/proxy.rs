use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    time::{Duration, sleep},
};

/// The behavior of the network between a server and its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Pass,
    /// Each direction is delayed by this time.
    Latency(Duration),
    /// All data is dropped in both directions, without an error.
    Stall,
    /// Requests reach the database, and its answers are dropped.
    Silence,
    /// Connections are closed, including new ones.
    Reset,
    /// The database is gone, and the server's side of each connection stays open.
    HalfOpen,
}

/// A TCP proxy between a server and a database that can fail in each of these ways.
pub struct Proxy {
    network: watch::Sender<Network>,
}

impl Proxy {
    /// Starts a working proxy to a database. Returns the database's URL through the proxy too.
    pub async fn to(url: &str) -> (Self, String) {
        let (head, rest) = url.split_once('@').unwrap();
        let (database, path) = rest.split_once('/').unwrap();
        let database = database.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (network, state) = watch::channel(Network::Pass);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, database.clone(), state.clone()));
            }
        });
        (Self { network }, format!("{head}@{address}/{path}"))
    }

    pub fn set(&self, network: Network) {
        self.network.send_replace(network);
    }
}

async fn carry(client: TcpStream, database: String, mut state: watch::Receiver<Network>) {
    loop {
        let network = *state.borrow_and_update();
        match network {
            Network::Pass | Network::Latency(_) => break,
            Network::Reset => return,
            Network::Stall | Network::Silence | Network::HalfOpen => {
                if state.changed().await.is_err() {
                    return;
                }
            }
        }
    }
    let Ok(server) = TcpStream::connect(&database).await else { return };
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let mut state_of_both = state.clone();
    let broken = async { drop(state_of_both.wait_for(|network| *network == Network::Reset).await) };
    let (client_state, server_state) = (state.clone(), state.clone());
    let carried = async {
        tokio::select! {
            () = pump(from_client, to_server, client_state, false) => {}
            () = pump(from_server, to_client, server_state, true) => {}
        }
    };
    tokio::select! {
        () = carried => {}
        () = broken => {}
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut state: watch::Receiver<Network>,
    is_answer: bool,
) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).await;
        let network = *state.borrow_and_update();
        let size = match read {
            Ok(size) if size > 0 => size,
            _ if network == Network::HalfOpen => return std::future::pending().await,
            _ => return,
        };
        match network {
            Network::Pass | Network::Reset => {}
            Network::Latency(time) => sleep(time).await,
            Network::Silence if !is_answer => {}
            // Dropped permanently: later data on the same connection would be out of sequence.
            Network::Stall | Network::Silence | Network::HalfOpen => return std::future::pending().await,
        }
        if to.write_all(&buffer[..size]).await.is_err() {
            return;
        }
    }
}

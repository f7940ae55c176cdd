use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
    time::Duration,
};

use document_guard::Documents;
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{
    body::Bodies,
    count::{CountPermit, Counts},
};
use crate::{
    Code, Error, Result,
    auth::{Authenticator, Caller, Signer},
    blob::Images,
    clock::Clock,
    config::Config,
    crypto::{RootKey, Vault},
    db::{ChangeNotifier, Store},
    graphql::{
        Services,
        document::{Persisted, documents},
    },
    heartbeat::Heartbeat,
    project::Clocks,
    schema::Graph,
    subscription::{Hub, TokenWatcher},
    user::ledger::Ledger,
    webhook::{EgressPolicy, Sender},
};

/// State shared by all requests. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// The parts of an [`App`].
pub struct Shared {
    pub services: Services,
    pub signer: Signer,
    pub callers: Authenticator,
    pub graph: Graph,
    pub documents: Documents,
    pub(super) persisted: Persisted,
    pub cors_origins: Vec<String>,
    pub cors_headers: Vec<String>,
    /// `None` if the explorer is disabled in the settings.
    pub explorer: Option<Explorer>,
    pub metrics: PrometheusHandle,
    /// The `OpenAPI` document with the server's URL, created on the first request if `public_url` is set.
    pub(super) openapi: OnceLock<String>,
    /// Notifies subscriptions of events.
    pub hub: Hub,
    pub(super) standings: TokenWatcher,
    pub(super) in_flight: Arc<Semaphore>,
    pub(super) sockets: Arc<Semaphore>,
    pub(super) sockets_per_credential: Counts<Uuid>,
    pub(crate) per_credential: Counts<Uuid>,
    pub(crate) bodies: Bodies,
}

/// Initial content of the explorer's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explorer {
    /// An access token to fill in. Set only in a demo, whose tokens give access to generated users only.
    pub token: Option<String>,
    pub tabs: Vec<ExplorerTab>,
}

/// A query shown in the explorer.
#[derive(Clone, Debug, Serialize)]
pub struct ExplorerTab {
    pub title: String,
    pub query: String,
    pub variables: Option<String>,
}

impl App {
    /// Creates the shared state.
    #[must_use]
    pub fn new(
        store: Store,
        root: RootKey,
        clock: Clock,
        config: &Config,
        metrics: PrometheusHandle,
        explorer: Explorer,
        images: Images,
    ) -> Self {
        let limits = Arc::new(config.limits.clone());
        let signer = Signer::new(store.clone(), root.clone());
        let graph = Graph::build();
        let documents = documents(&graph.sdl(), &limits);
        let in_flight = usize::try_from(limits.in_flight).unwrap_or(Semaphore::MAX_PERMITS);
        let callers = Authenticator::new(store.clone(), signer.clone(), root.clone());
        let sockets = usize::try_from(limits.sockets).unwrap_or(Semaphore::MAX_PERMITS);
        let news = ChangeNotifier::new(store.clone());
        let hub = Hub::new(store.clone(), news.clone(), &limits);
        let standings = TokenWatcher::new(callers.clone(), clock.clone());
        let policy =
            if config.webhooks.allow_private { EgressPolicy::Everywhere } else { EgressPolicy::Internet };
        let bodies = Bodies::new(limits.clone());
        let services = Services {
            vault: Vault::new(store.clone(), root.clone(), clock.clone()),
            store,
            root,
            clocks: Clocks::new(clock.clone()),
            webhooks: Arc::new(config.webhooks.clone()),
            clock,
            limits,
            images,
            ledger: Ledger::at(&config.erasure_ledger_url()),
            sender: Sender::new(policy),
            news,
            pulse: Heartbeat::default(),
            public_url: config.public_url.clone(),
        };
        Self(Arc::new(Shared {
            services,
            signer,
            callers,
            graph,
            documents,
            persisted: Persisted::default(),
            cors_origins: config.cors_origins.clone(),
            cors_headers: config.cors_headers.clone(),
            explorer: config.explorer.then_some(explorer),
            metrics,
            openapi: OnceLock::new(),
            hub,
            standings,
            in_flight: Arc::new(Semaphore::new(in_flight)),
            sockets: Arc::new(Semaphore::new(sockets.min(Semaphore::MAX_PERMITS))),
            sockets_per_credential: Counts::default(),
            per_credential: Counts::default(),
            bodies,
        }))
    }

    /// Asks every socket to close and waits until all are closed, at most for `grace`.
    pub async fn close_sockets(&self, grace: Duration) {
        self.hub.stop();
        let all = u32::try_from(self.limits.sockets).unwrap_or(u32::MAX);
        // A closed socket releases its permit.
        let _ = tokio::time::timeout(grace, self.sockets.acquire_many(all)).await;
    }

    /// Acquires a permit for one more request of a caller. Dropping it releases it.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] while the caller's credential is at its limit of requests in flight.
    pub fn place_for(&self, caller: &Caller) -> Result<CountPermit<Uuid>> {
        let limit = self.limits.in_flight_per_credential;
        self.per_credential.acquire(caller.credential.id, limit).ok_or_else(|| Error::Limit {
            what: "this credential has too many requests in flight".to_owned(),
            limit,
            setting: "in_flight_per_credential",
            code: Code::Overloaded,
        })
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Deref for Shared {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

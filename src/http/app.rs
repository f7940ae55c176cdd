use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::extract::FromRef;
use document_guard::Documents;
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{count::Counts, dashboard, formats::error_format, state::ApiState};
use crate::{
    auth::{Signer, authenticator::Authenticator},
    blob::Images,
    clock::Clock,
    config::Config,
    crypto::{RootKey, Vault},
    db::{ChangeNotifier, Store},
    graphql::document::{Persisted, documents, required},
    heartbeat::Heartbeat,
    member::{oidc::client::Providers, password::Passwords},
    project::Clocks,
    scenario,
    schema::{Graph, POLICY, erasure::ERASE_STEPS},
    services::Services,
    subscription::{Hub, TokenWatcher},
    user::{ledger::Ledger, search_limits::Searches},
    verification::known_levels::KnownLevels,
    webhook::{EgressPolicy, Sender},
};

/// State shared by all requests. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// The parts of an [`App`].
pub struct Shared {
    pub api: ApiState,
    pub graph: &'static Graph,
    pub documents: Documents,
    pub(super) persisted: Persisted,
    /// The documents that a request by cookie may run.
    pub dashboard_documents: dashboard::Documents,
    pub cors_origins: Vec<String>,
    pub cors_headers: Vec<String>,
    /// `None` if the explorer is disabled in the settings.
    pub explorer: Option<Explorer>,
    pub metrics: PrometheusHandle,
    /// The `OpenAPI` document with the server's URL, created on the first request if `public_url` is set.
    pub(super) openapi: OnceLock<String>,
    /// Notifies subscriptions of events.
    pub hub: Hub,
    pub(super) token_watcher: TokenWatcher,
    pub(super) sockets: Arc<Semaphore>,
    pub(super) sockets_per_credential: Counts<Uuid>,
    /// Exports that run, by caller; those of the server under the nil id.
    pub(super) exports: Counts<Uuid>,
}

/// Initial content of the explorer's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explorer {
    /// An access token to fill in. Set only in a demo, whose tokens give access to generated users only.
    pub token: Option<String>,
    pub tabs: Vec<ExplorerTab>,
    /// Documents that a request by cookie may run, by hash, beside those of the built dashboard.
    #[serde(skip)]
    pub documents: HashMap<String, String>,
    /// The accounts of a demo, by name: they sign in by one click.
    #[serde(skip)]
    pub demo_members: Arc<[(String, Uuid)]>,
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
        let graph = Graph::of_process();
        let documents =
            documents(graph.shape(), &limits, |type_name, field| required(&POLICY, type_name, field));
        let callers = Authenticator::new(store.clone(), signer.clone(), root.clone());
        let sockets = usize::try_from(limits.sockets).unwrap_or(Semaphore::MAX_PERMITS);
        let notifier = ChangeNotifier::new(store.clone());
        let hub = Hub::new(store.clone(), notifier.clone(), &limits);
        let token_watcher = TokenWatcher::new(callers.clone(), clock.clone());
        let policy =
            if config.webhooks.allow_private { EgressPolicy::Everywhere } else { EgressPolicy::Internet };
        let services = Services {
            vault: Vault::new(store.clone(), root.clone(), clock.clone()),
            store,
            root: root.clone(),
            clocks: Clocks::new(clock.clone()),
            webhooks: Arc::new(config.webhooks.clone()),
            clock,
            limits,
            images,
            ledger: Ledger::at(&config.erasure_ledger_url()),
            erase_steps: ERASE_STEPS,
            policy: &POLICY,
            sender: Sender::new(policy),
            notifier,
            heartbeat: Heartbeat::default(),
            uploads: Arc::new(scenario::upload::Uploads),
            demo_members: explorer.demo_members.clone(),
            levels: KnownLevels::default(),
            searches: Searches::default(),
            passwords: Passwords::new(root),
            providers: Providers::new(&config.oidc),
            public_url: config.public_url.clone(),
            trusted_proxies: config.trusted_proxies.clone().into(),
        };
        Self(Arc::new(Shared {
            api: ApiState::new(services, signer, callers, error_format),
            graph,
            documents,
            persisted: Persisted::default(),
            dashboard_documents: dashboard::documents()
                .into_iter()
                .chain(explorer.documents.clone())
                .collect(),
            cors_origins: config.cors_origins.clone(),
            cors_headers: config.cors_headers.clone(),
            explorer: config.explorer.then_some(explorer),
            metrics,
            openapi: OnceLock::new(),
            hub,
            token_watcher,
            sockets: Arc::new(Semaphore::new(sockets.min(Semaphore::MAX_PERMITS))),
            sockets_per_credential: Counts::default(),
            exports: Counts::default(),
        }))
    }

    /// Asks every socket to close and waits until all are closed, at most for `grace`.
    pub async fn close_sockets(&self, grace: Duration) {
        self.hub.stop();
        let all = u32::try_from(self.limits.sockets).unwrap_or(u32::MAX);
        // A closed socket releases its permit.
        let _ = tokio::time::timeout(grace, self.sockets.acquire_many(all)).await;
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Deref for Shared {
    type Target = ApiState;

    fn deref(&self) -> &ApiState {
        &self.api
    }
}

impl FromRef<App> for ApiState {
    fn from_ref(app: &App) -> Self {
        app.api.clone()
    }
}

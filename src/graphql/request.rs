use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use async_graphql::Context;
use document_guard::{Document, FieldErrors};

use super::loader::Loaders;
use crate::{
    Error, Result,
    auth::Caller,
    blob::Images,
    clock::Clock,
    config::{Limits, PublicUrl, Webhooks},
    crypto::{RootKey, Vault},
    db::{ChangeNotifier, Store},
    heartbeat::Heartbeat,
    project::Clocks,
    user::{ledger::Ledger, store::erase::Eraser},
    webhook::Sender,
};

/// Services of the server that requests use.
#[derive(Clone, Debug)]
pub struct Services {
    /// The machine's clock. Times in a project are those of the project's clock: [`Services::clocks`].
    pub clock: Clock,
    pub clocks: Clocks,
    pub webhooks: Arc<Webhooks>,
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub limits: Arc<Limits>,
    pub images: Images,
    /// Ledger of erased users, outside of the database.
    pub ledger: Ledger,
    pub sender: Sender,
    /// Notified of changes outside of requests. A request sends its own notification when it completes.
    pub news: ChangeNotifier,
    /// Heartbeats of the background workers.
    pub pulse: Heartbeat,
    /// URL at which clients reach the server, if it is configured.
    pub public_url: Option<PublicUrl>,
}

impl Services {
    /// Returns what is needed to erase a user.
    #[must_use]
    pub const fn eraser(&self) -> Eraser<'_> {
        Eraser { store: &self.store, vault: &self.vault, images: &self.images, ledger: &self.ledger }
    }

    /// Returns the URL of a path of this server: absolute if the public URL is known, otherwise the path.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.public_url.as_ref().map_or_else(|| path.to_owned(), |server| server.of(path))
    }
}

/// Data of one GraphQL request, for its resolvers.
pub struct Request {
    pub caller: Caller,
    /// Clock of the caller's project.
    pub clock: Clock,
    pub document: Arc<Document>,
    begun: Instant,
    services: Services,
    pub(super) loaders: Loaders,
    started: AtomicBool,
    pub(super) field_errors: FieldErrors,
}

impl Deref for Request {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

impl Request {
    /// Creates a request that has not started.
    #[must_use]
    pub fn new(caller: Caller, document: Arc<Document>, services: Services) -> Self {
        let (started, field_errors) = (AtomicBool::new(false), FieldErrors::default());
        let clock = services.clocks.of(&caller.project);
        let begun = Instant::now();
        let loaders = Loaders::default();
        Self { caller, clock, document, begun, services, loaders, started, field_errors }
    }

    /// Time at which the client's request arrived.
    #[must_use]
    pub const fn begun(&self) -> Instant {
        self.begun
    }

    /// The machine's clock, for times that the outside world checks, such as the expiry of a URL that is
    /// valid for a minute.
    #[must_use]
    pub const fn machine_clock(&self) -> &Clock {
        &self.services.clock
    }

    /// Clears the values that were loaded before a mutation changed them. Mutations run one after the other,
    /// each with all fields of its result, so no load is pending.
    pub fn invalidate_loaders(&self) {
        self.loaders.clear();
    }

    /// Marks the start of the document's execution.
    pub(crate) fn start(&self) {
        self.started.store(true, Ordering::Relaxed);
    }

    /// Whether the document passed validation and its execution started. Errors before that are returned
    /// without `data`.
    #[must_use]
    pub fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }
}

/// Access to the request's data from a resolver's context.
pub trait ContextExt<'a> {
    /// Returns the data of the request.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn request(&self) -> Result<&'a Request>;

    /// Returns the caller of the request.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn caller(&self) -> Result<&'a Caller> {
        Ok(&self.request()?.caller)
    }

    /// Returns the store.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn store(&self) -> Result<&'a Store> {
        Ok(&self.request()?.store)
    }
}

impl<'a> ContextExt<'a> for Context<'a> {
    fn request(&self) -> Result<&'a Request> {
        let request = self.data_opt::<Arc<Request>>().map(AsRef::as_ref);
        request.ok_or(Error::Fault("a resolver ran outside of a request"))
    }
}

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

/// What requests need of the server that runs them.
#[derive(Clone, Debug)]
pub struct Services {
    /// The machine's time. What happens in a project happens at the project's: [`Services::clocks`].
    pub clock: Clock,
    pub clocks: Clocks,
    pub webhooks: Arc<Webhooks>,
    pub store: Store,
    pub vault: Vault,
    pub root: RootKey,
    pub limits: Arc<Limits>,
    pub images: Images,
    /// Which users were erased, kept outside of the database.
    pub ledger: Ledger,
    pub sender: Sender,
    /// Told of what changes outside of requests; of what a request changed, its end tells.
    pub news: ChangeNotifier,
    /// Signs of life of what works by itself.
    pub pulse: Heartbeat,
    /// Where clients reach the server, if it was told.
    pub public_url: Option<PublicUrl>,
}

impl Services {
    /// What erasing a user works with.
    #[must_use]
    pub const fn eraser(&self) -> Eraser<'_> {
        Eraser { store: &self.store, vault: &self.vault, images: &self.images, ledger: &self.ledger }
    }

    /// A path of this server as an address: whole, if the server knows by which one it is reached.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.public_url.as_ref().map_or_else(|| path.to_owned(), |server| server.of(path))
    }
}

/// What one GraphQL request carries to its resolvers.
pub struct Request {
    pub caller: Caller,
    /// What time it is in the caller's project.
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
    /// A request that has not begun.
    #[must_use]
    pub fn new(caller: Caller, document: Arc<Document>, services: Services) -> Self {
        let (started, field_errors) = (AtomicBool::new(false), FieldErrors::default());
        let clock = services.clocks.of(&caller.project);
        let begun = Instant::now();
        let loaders = Loaders::default();
        Self { caller, clock, document, begun, services, loaders, started, field_errors }
    }

    /// Since when somebody waits for it.
    #[must_use]
    pub const fn begun(&self) -> Instant {
        self.begun
    }

    /// What time it is on the machine: for what the outside world checks, such as addresses that are good for a minute.
    #[must_use]
    pub const fn machine_clock(&self) -> &Clock {
        &self.services.clock
    }

    /// Forgets what was found before a mutation changed it. Mutations run one after the other, each with all that is
    /// asked about its outcome, so nobody is still waiting for what is forgotten.
    pub fn invalidate_loaders(&self) {
        self.loaders.clear();
    }

    /// The document begins to run.
    pub(crate) fn start(&self) {
        self.started.store(true, Ordering::Relaxed);
    }

    /// Whether the document passed validation and began to run; errors before that answer without `data`.
    #[must_use]
    pub fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }
}

/// What resolvers ask their context for.
pub trait ContextExt<'a> {
    /// What the request carries.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn request(&self) -> Result<&'a Request>;

    /// Who makes the request.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] outside of a request.
    fn caller(&self) -> Result<&'a Caller> {
        Ok(&self.request()?.caller)
    }

    /// The database.
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

use std::{
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use async_graphql::{Context, PathSegment, ServerError};

use super::{document::Prepared, loader::Loaders};
use crate::{
    Error, Result,
    auth::Caller,
    blob::Images,
    clock::Clock,
    config::{Limits, PublicUrl, Webhooks},
    crypto::{RootKey, Vault},
    db::{News, Store},
    project::Clocks,
    pulse::Pulse,
    user::{ledger::Ledger, store::erase::Tools},
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
    pub news: News,
    /// Signs of life of what works by itself.
    pub pulse: Pulse,
    /// Where clients reach the server, if it was told.
    pub public_url: Option<PublicUrl>,
}

impl Services {
    /// What erasing a user works with.
    #[must_use]
    pub const fn eraser(&self) -> Tools<'_> {
        Tools { store: &self.store, vault: &self.vault, images: &self.images, ledger: &self.ledger }
    }

    /// A path of this server as an address: whole, if the server knows by which one it is reached.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.public_url.as_ref().map_or_else(|| path.to_owned(), |server| server.of(path))
    }
}

/// The paths of fields that failed and cannot be null, while the objects around them are not settled.
#[derive(Default)]
struct Nulls {
    /// Whether there are any: asked about each field.
    some: AtomicBool,
    paths: Mutex<Vec<Vec<PathSegment>>>,
}

/// What one GraphQL request carries to its resolvers.
pub struct Request {
    pub caller: Caller,
    /// What time it is in the caller's project.
    pub clock: Clock,
    pub document: Arc<Prepared>,
    begun: Instant,
    services: Services,
    pub(super) loaders: Loaders,
    started: AtomicBool,
    errors: Mutex<Vec<ServerError>>,
    nulls: Nulls,
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
    pub fn new(caller: Caller, document: Arc<Prepared>, services: Services) -> Self {
        let (started, errors, nulls) = (AtomicBool::new(false), Mutex::default(), Nulls::default());
        let clock = services.clocks.of(&caller.project);
        let begun = Instant::now();
        let loaders = Loaders::default();
        Self { caller, clock, document, begun, services, loaders, started, errors, nulls }
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
    pub fn changed(&self) {
        self.loaders.clear();
    }

    /// Keeps the error of a field that answers `null`.
    pub(super) fn note(&self, error: ServerError) {
        self.errors.lock().unwrap_or_else(PoisonError::into_inner).push(error);
    }

    /// A field that cannot be null failed: the object around it is null, or what is around that.
    pub(super) fn empty(&self, path: Vec<PathSegment>) {
        self.nulls.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path);
        self.nulls.some.store(true, Ordering::Relaxed);
    }

    /// Whether a field has failed that cannot be null, and the object around it was not asked yet.
    pub(super) fn has_nulls(&self) -> bool {
        self.nulls.some.load(Ordering::Relaxed)
    }

    /// Whether a field in the value of this one has failed that cannot be null, so that the value is null. That it has is
    /// settled then.
    pub(super) fn take_nulls_in(&self, path: &[PathSegment]) -> bool {
        let mut paths = self.nulls.paths.lock().unwrap_or_else(PoisonError::into_inner);
        let before = paths.len();
        paths.retain(|failed| !(failed.len() > path.len() && failed.starts_with(path)));
        let is_null = paths.len() < before;
        self.nulls.some.store(!paths.is_empty(), Ordering::Relaxed);
        is_null
    }

    /// Whether a root field failed that cannot be null, so that the answer has no data.
    pub(super) fn is_emptied(&self) -> bool {
        self.has_nulls()
            && self
                .nulls
                .paths
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .iter()
                .any(|path| path.len() == 1)
    }

    /// The document begins to run.
    pub(super) fn start(&self) {
        self.started.store(true, Ordering::Relaxed);
    }

    /// Whether the document passed validation and began to run; errors before that answer without `data`.
    #[must_use]
    pub fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }

    /// The errors of fields that answered `null`.
    pub(super) fn take_errors(&self) -> Vec<ServerError> {
        std::mem::take(&mut self.errors.lock().unwrap_or_else(PoisonError::into_inner))
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

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
    clock::Clock,
    db::Store,
    services::{OpContext, Services},
};

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

    /// The services of the server.
    #[must_use]
    pub const fn services(&self) -> &Services {
        &self.services
    }

    /// What an operation of the store works with.
    #[must_use]
    pub fn op(&self) -> OpContext<'_> {
        OpContext { store: &self.store, vault: &self.vault, caller: &self.caller, clock: &self.clock }
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
